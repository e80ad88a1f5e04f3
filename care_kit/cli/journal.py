"""`care journal`: who did what, and when."""

from typing import TYPE_CHECKING

from care_kit.cli.terminal import options, output
from care_kit.model.words.french import counted

if TYPE_CHECKING:
    from care_kit.model.dossier.state import DossierState


def journal(dossier: options.DossierPath = None, author: options.Author = None) -> None:
    """Affiche le journal, chaîne vérifiée."""
    from care_kit.dossier.journal.graph import backwards, told_backwards
    from care_kit.dossier.journal.labels import LABELS

    with options.open_dossier(dossier, author) as opened:
        records, state = opened.records, opened.state
    rows = [
        (str(rank), one.at[:19].replace("T", " "), one.author, LABELS[one.kind])
        for rank, one in enumerate(records, 1)
    ]
    output.table(("N°", "Moment (UTC)", "Auteur", "Événement"), rows)
    if told := told_backwards(backwards(records)):
        output.say(told)
    output.say(f"Chaîne intègre : {counted(len(rows), 'événement')}, {_ends(state)}.")


def _ends(state: "DossierState") -> str:
    if len(state.heads) == 1:
        return f"dernière empreinte {state.head}"
    return f"{len(state.heads)} copies réunies, dernières empreintes {', '.join(state.heads)}"
