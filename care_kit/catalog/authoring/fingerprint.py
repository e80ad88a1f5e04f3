"""Which wording was asked: one short proof per questionnaire."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from care_kit.model.content.questionnaire import Questionnaire
from care_kit.model.formats.codec import canonical


@dataclass(frozen=True)
class Fingerprint:
    """Identity of a questionnaire, and the SHA-256 of its canonical JSON."""

    id: str
    version: int
    sha256: str


def fingerprints(questionnaires: Iterable[Questionnaire]) -> list[Fingerprint]:
    """One per questionnaire, by id."""
    return [
        Fingerprint(one.id, one.version, hashlib.sha256(canonical(one)).hexdigest())
        for one in sorted(questionnaires, key=lambda one: one.id)
    ]
