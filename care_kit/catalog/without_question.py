"""Checks that bound no question: each says why, and no grave one is left out in silence."""

from collections.abc import Iterator, Mapping

from care_kit.catalog import toml_file
from care_kit.catalog.declared import Declared
from care_kit.catalog.folders import winner
from care_kit.model.content.check import Check, WithoutQuestion
from care_kit.model.words.vocabulary import ProbeKind, Severity

FILE = "without_question.toml"
GRAVE = (Severity.CRITICAL, Severity.HIGH)


def reasons() -> Mapping[str, str]:
    """Why each listed check bounds no question, in French, by check id."""
    listed = toml_file.read(winner("checks", FILE), WithoutQuestion)
    return {one.check: one.reason for one in listed.checks}


def faults(content: Declared) -> Iterator[tuple[str, str, str]]:
    """(file, place, mend) of a grave check that neither bounds a question nor is listed."""
    used = {
        link.check
        for one in content.indicators
        if one.measured
        for link in one.measured.checks
    }  # fmt: skip
    listed = reasons()
    for check in content.checks.values():
        if _must_speak(check) and check.id not in used and check.id not in listed:
            mend = f"reliez-le à une question (« measured »), ou dites pourquoi dans {FILE}"
            yield check.id, "severity", mend
    for name in listed:
        if name not in content.checks:
            yield FILE, f"checks[{name}]", "ce contrôle n'existe pas"
        elif name in used:
            yield FILE, f"checks[{name}]", "ce contrôle borne une question : retirez-le d'ici"


def _must_speak(check: Check) -> bool:
    """Points of the directory all bound its level; observations and grave findings must say why."""
    return check.severity in GRAVE or (check.family is ProbeKind.DIRECTORY and not check.levels)
