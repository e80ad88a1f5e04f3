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
    dns,
    forest,
    group_policy,
    observations,
    permissions,
    privileged,
    rodc,
    servers,
    templates,
    trusts,
    visibility,
)
from care_kit.rules.directory.decision import RULES, Outcome, untested
from care_kit.rules.directory.view import UntestedError, View

# Points of the whole forest: the searches that must have come back whole for them to pass.
_FOREST_WIDE: Mapping[str, tuple[Section, ...]] = {
    "vuln_functional_level": (Section.PARTITIONS,),
    "vuln_dsheuristics_bad": (Section.SERVICE,),
    "vuln_display_specifier": (Section.MENUS,),
    "vuln_certificates_vuln": (Section.AUTHORITIES,),
    "vuln_adcs_control": (Section.AUTHORITIES,),
    "vuln_adcs_template_control": (Section.AUTHORITIES,),
    "vuln_adcs_template_auth_enroll_with_name": (Section.AUTHORITIES,),
    "vuln_permissions_gmsa_keys": (Section.SECRETS,),
    "vuln_permissions_schema": (Section.SCHEMA,),
}
# Every other point is about the accounts of one domain, and for some about more.
_ALSO: Mapping[str, tuple[Section, ...]] = {
    "obs_control_paths": (Section.UNITS, Section.SITES, Section.ROOTS),
    "obs_dns_duplicate": (Section.ZONES,),
    "vuln_dnszone_bad_prop": (Section.ZONES,),
    "vuln_owner": (Section.UNITS,),
    "vuln_permissions_dfsr_sysvol": (Section.REPLICATION,),
    "vuln_permissions_dpapi": (Section.SECRETS,),
    "vuln_permissions_gpo_container_priv": (Section.UNITS, Section.SITES),
    "vuln_permissions_gpo_priv": (Section.UNITS, Section.SITES),
    "vuln_permissions_naming_context": (Section.ROOTS,),
}

# Points that a single lost value could make fail, and the attribute that must be whole.
_ALL_VALUES = {
    "vuln_sidhistory_dangerous": "sIDHistory",
    "vuln_privileged_members_password": "msDS-PSOApplied",
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
    needed = _FOREST_WIDE.get(check_id) or (Section.PRINCIPALS, *_ALSO.get(check_id, ()))
    for section in needed:
        if not view.facts.read_whole(section):
            return untested(f"Lecture incomplète : {section}.")
    attribute = _ALL_VALUES.get(check_id)
    if attribute is not None and not view.facts.has_all_values(attribute):
        return untested(f"Valeurs incomplètes dans les données lues : {attribute}.")
    if check_id not in _FOREST_WIDE and view.domains != 1:
        count = view.domains or "un nombre inconnu de"
        return untested(
            f"Conforme dans le domaine lu, mais la forêt compte {count} domaines, un seul lu."
        )
    return outcome
