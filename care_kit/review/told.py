"""A verification in words, line by line: the command line and the card print the same."""

from collections.abc import Iterator

from care_kit.model.words.french import counted
from care_kit.review.verification import Summary, Verification

WRONG, DOUBT, SAID, SOUND, ITEM = "[X]", "[!]", "[i]", "[v]", "-"


def lines(found: Verification) -> Iterator[tuple[str, str]]:
    """Mark and sentence of each line; an empty mark begins a paragraph."""
    yield (SOUND if found.ok else WRONG), found.sentence
    for problem in found.problems:
        yield WRONG, f"{problem.file} : {problem.sentence}"
    for mend in dict.fromkeys(one.code.mend for one in found.problems):
        yield "→", mend
    for reserve in found.reserves:
        yield DOUBT, reserve
    for note in found.notes:
        yield SAID, note
    for sentence in found.signed:
        yield SAID, sentence
    if found.recomputed:
        yield "", "Ce qui est recalculé à partir du journal :"
        for label, value in found.recomputed:
            yield ITEM, f"{label} : {value}"
    yield "", "Ce que le paquet dit de lui-même :"
    for label, value in _said(found.summary):
        yield ITEM, f"{label} : {value or 'non dit'}"
    if found.ok and found.summary.sha512:
        yield (
            SAID,
            "Rien de cela ne dit qui l'a envoyé : demandez à l'établissement, par un autre canal, "
            "le SHA-512 du zip.",
        )


def _said(said: Summary) -> Iterator[tuple[str, str]]:
    yield "Établissement", f"{said.organisation} ({said.finess})" if said.organisation else ""
    yield "Profil", f"{said.profile} · {said.tlp}" if said.profile else ""
    yield "Fait le", f"{_french(said.made_on)} par {said.agent}" if said.made_on else ""
    yield "Journal", counted(said.events, "événement")
    yield "Pièces au journal", str(said.pieces)
    yield "Relevés au journal", str(said.readings)
    yield "Tête du journal", said.head
    if said.sha512:
        yield "SHA-512 du zip", said.sha512


def _french(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))
