"""What a verification says, as the parts of a text."""

from collections.abc import Iterator

from care_kit.model.words.french import counted
from care_kit.review.verification import Summary, Verification
from care_kit.tui.wording import Part


def verification_card(found: Verification) -> Iterator[Part]:
    """The outcome, what is wrong, what could not be checked, what the package says of itself."""
    mark = "[v]" if found.ok else "[X]"
    yield "", f"{mark} {found.sentence}", "bold"
    for problem in found.problems:
        yield "[X] ", f"{problem.file} : {problem.sentence}", ""
    for note in found.notes:
        yield "[i] ", note, ""
    yield "", "", ""
    yield from _told(found.summary)


def _told(said: Summary) -> Iterator[Part]:
    """Claims of the package, which only its seal backs."""
    yield "", "Ce que le paquet dit de lui-même :", ""
    rows = (
        ("Établissement", f"{said.organisation} ({said.finess})" if said.organisation else ""),
        ("Profil", f"{said.profile} · {said.tlp}" if said.profile else ""),
        ("Fait le", f"{_french(said.made_on)} par {said.agent}" if said.made_on else ""),
        ("Journal", counted(said.events, "événement")),
        ("Dernière empreinte", said.head),
    )
    for label, value in rows:
        yield "- ", f"{label} : {value or 'non dit'}", ""


def _french(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))
