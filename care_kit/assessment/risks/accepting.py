"""A risk being accepted: what is refused, and the event that says it."""

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from care_kit.dossier.journal.events import RiskAccepted
from care_kit.model.facts.finding import Finding
from care_kit.model.formats.pseudonym import digest
from care_kit.model.words.errors import InputError
from care_kit.model.words.vocabulary import Verdict


def acceptance(
    findings: Sequence[Finding],
    key: bytes,
    check: str,
    reason: str,
    until: date,
    today: date,
    name: str = "",
) -> RiskAccepted:
    """The event for a check that fails today, or for one object of it when `name` is given.

    `key` is the dossier's: the event holds the object's digest, never its name. InputError when
    nothing fails there, without a reason, or for a date already past.
    """
    if not reason.strip():
        raise InputError("Le motif est vide.", "Écrivez une phrase (option --reason).")
    if until < today:
        raise InputError(f"La date de fin {until:%d/%m/%Y} est passée.", "Donnez une date à venir.")
    found = _failing(findings, check, name)
    mark = digest(key, name) if name else ""
    return RiskAccepted(str(uuid4()), found, mark, reason.strip(), until)


def _failing(findings: Sequence[Finding], check: str, name: str) -> str:
    """The id of a check that fails today, on that object if one is named."""
    wanted = check.strip().upper()
    failing = [
        one for one in findings if one.verdict is Verdict.FAIL and one.check.upper() == wanted
    ]
    if not failing:
        raise InputError(
            f"Le contrôle « {check} » n'est pas en échec dans les derniers relevés.",
            "« care findings » liste les constats.",
        )
    if name and not any(name in one.objects for one in failing):
        raise InputError(
            f"« {name} » n'est pas un objet de ce constat.",
            f"« care findings --check {failing[0].check} » liste ses objets.",
        )
    return failing[0].check
