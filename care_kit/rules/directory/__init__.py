"""Directory facts to findings: one short function per ANSSI control point."""

from collections.abc import Mapping

from care_kit.model.check import Check
from care_kit.model.directory_facts import DirectoryFacts, Section
from care_kit.model.finding import Finding
from care_kit.model.vocabulary import ProbeKind, Verdict
from care_kit.rules.directory import (  # noqa: F401 - each module registers its rules
    accounts,
    authorities,
    controllers,
    delegation,
    forest,
    privileged,
    rodc,
    servers,
    trusts,
)
from care_kit.rules.directory.decision import RULES, Outcome, untested
from care_kit.rules.directory.view import UntestedError, View

# Points of the whole forest, and the search that must have come back whole for them to pass;
# every other point is about the accounts of one domain.
_FOREST_WIDE = {
    "vuln_functional_level": Section.PARTITIONS,
    "vuln_dsheuristics_bad": Section.SERVICE,
    "vuln_display_specifier": Section.MENUS,
    "vuln_certificates_vuln": Section.AUTHORITIES,
}


def rule_ids() -> frozenset[str]:
    """Every directory check that has a rule."""
    return RULES.ids()


def evaluate(facts: DirectoryFacts, checks: Mapping[str, Check]) -> tuple[Finding, ...]:
    """One finding per directory check of `checks`, in the order of ids.

    Dates are judged at the moment of the reading. A rule that fails gives `Verdict.ERROR`.
    """
    view = View(facts)
    directory = sorted(one.id for one in checks.values() if one.family is ProbeKind.DIRECTORY)
    return tuple(_finding(view, checks[check]) for check in directory)


def _finding(view: View, check: Check) -> Finding:
    outcome = _proven(view, check.id, _decide(view, check))
    return Finding(
        check=check.id,
        target=view.facts.forest_dns,
        verdict=outcome.verdict,
        reason=outcome.reason,
        objects=outcome.objects,
        level=outcome.level,
    )


def _decide(view: View, check: Check) -> Outcome:
    if check.id not in RULES.ids():
        return untested("Ce contrôle n'est pas encore automatisé.")
    try:
        return RULES.rule(check.id)(view, check)
    except UntestedError as missing:
        return untested(str(missing))
    except Exception as fault:  # a faulty rule must not hide the others
        return Outcome(
            Verdict.ERROR,
            f"Le contrôle n'a pas abouti (erreur interne {type(fault).__name__}).",
        )


def _proven(view: View, check_id: str, outcome: Outcome) -> Outcome:
    """A pass on part of the forest, or on a search cut short, proves nothing."""
    if outcome.verdict is not Verdict.PASS:
        return outcome
    section = _FOREST_WIDE.get(check_id, Section.PRINCIPALS)
    if not view.facts.read_whole(section):
        return untested(f"Lecture incomplète : {section}.")
    if check_id not in _FOREST_WIDE and view.domains != 1:
        count = view.domains or "un nombre inconnu de"
        return untested(
            f"Conforme dans le domaine lu, mais la forêt compte {count} domaines, un seul lu."
        )
    return outcome
