"""The texts about copies: what one would bring, a conflict between two."""

from collections.abc import Iterator

from care_kit.dossier.entry.merging import Coming
from care_kit.model.dossier.state import Dispute
from care_kit.model.words.french import counted
from care_kit.tui.wording import Part


def dispute_card(dispute: Dispute) -> Iterator[Part]:
    """Each word with its author and date, and which counts meanwhile."""
    yield "", dispute.title, "bold"
    for number, one in enumerate(dispute.candidates, 1):
        yield f"{number}  ", one.told, ""
        yield "   ", f"par {one.author} le {one.at:%d/%m/%Y à %H:%M} UTC", ""
        if one.record == dispute.standing:
            yield "   ", "compte en attendant : c'est celui qui aide le moins", ""
    if dispute.family == "migration":
        yield "", "Relisez ces réponses depuis l'accueil : rien n'est à choisir ici.", ""


def coming_card(coming: Coming) -> Iterator[Part]:
    """Events by kind and author, contents, conflicts, and what the copy does not know."""
    if not coming.records:
        yield "", "Cette copie n'apporte rien de nouveau.", "bold"
    else:
        yield "", f"{counted(len(coming.records), 'événement')} à prendre :", "bold"
    for one in coming.kinds:
        yield "- ", f"{one.kind} : {one.number} ({', '.join(one.authors)})", ""
    if coming.blobs:
        yield "", f"Contenus à reprendre : {counted(len(coming.blobs), 'fichier')}.", ""
    if coming.ahead:
        told = counted(coming.ahead, "événement")
        yield "", f"La copie ne connaît pas {told} de ce dossier-ci.", ""
    for dispute in coming.conflicts:
        yield "", f"Conflit, {dispute.title} :", "bold"
        for word in dispute.candidates:
            yield "- ", f"{word.told}, par {word.author} le {word.at:%d/%m/%Y}", ""
