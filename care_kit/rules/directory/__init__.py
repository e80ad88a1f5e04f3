"""Directory facts to findings: one short function per ANSSI control point."""

from collections.abc import Mapping, Sequence

from care_kit.model.content.check import Check
from care_kit.model.facts.directory import (
    DELEGATED_ACCOUNT,
    HIDDEN_SYSTEM,
    DirectoryFacts,
    Section,
)
from care_kit.model.facts.finding import Finding
from care_kit.model.words.vocabulary import ProbeKind, Verdict
from care_kit.rules.directory import (  # noqa: F401 - each module registers its rules
    accounts,
    authorities,
    controllers,
    delegation,
    dns,
    forest,
    group_policy,
    local_passwords,
    observations,
    permissions,
    privileged,
    rodc,
    schema,
    servers,
    successors,
    templates,
    trusts,
    visibility,
)
from care_kit.rules.directory.decision import RULES, Outcome, untested
from care_kit.rules.directory.domains import homes, located, merged
from care_kit.rules.directory.view import UntestedError, View

# Points of the whole forest: the searches that must have come back whole for them to pass.
_FOREST_WIDE: Mapping[str, tuple[Section, ...]] = {
    "obs_schema_containers": (Section.SCHEMA,),
    "obs_schema_permissions": (Section.SCHEMA,),
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
    "obs_dmsa_creation": (Section.UNITS, Section.SCHEMA),
    "obs_dns_duplicate": (Section.ZONES,),
    "obs_policy_changed": (Section.UNITS,),
    "vuln_dnszone_bad_prop": (Section.ZONES,),
    "vuln_owner": (Section.UNITS,),
    "vuln_permissions_dfsr_sysvol": (Section.REPLICATION,),
    "vuln_permissions_dpapi": (Section.SECRETS,),
    "vuln_permissions_gpo_container_priv": (Section.UNITS, Section.SITES),
    "vuln_permissions_gpo_priv": (Section.UNITS, Section.SITES),
    "vuln_permissions_naming_context": (Section.ROOTS,),
}

# Checks about what CN=System holds: nothing read there is not « none there ».
_IN_SYSTEM = frozenset(
    {
        "vuln_dnszone_bad_prop",
        "vuln_permissions_dfsr_sysvol",
        "vuln_permissions_dpapi",
        "vuln_permissions_gpo_container_priv",
        "vuln_permissions_gpo_priv",
        "vuln_permissions_msdns",
        "vuln_trusts_domain_notfiltered",
        "vuln_trusts_forest_sidhistory",
        "vuln_trusts_tgt_deleg",
    }
)

# Checks that a single lost value could make fail, and what must have been asked for and be whole.
_ALL_VALUES: Mapping[str, tuple[str, ...]] = {
    "obs_dmsa_creation": (DELEGATED_ACCOUNT,),
    "obs_key_credentials": ("msDS-KeyCredentialLink",),
    "obs_privileged_script": ("scriptPath",),
    "obs_schema_containers": ("possSuperiors", "subClassOf"),
    "obs_schema_permissions": ("defaultSecurityDescriptor",),
    "vuln_privileged_members_password": ("msDS-PSOApplied",),
    "vuln_sidhistory_dangerous": ("sIDHistory",),
}


def rule_ids() -> frozenset[str]:
    """Every directory check that has a rule."""
    return RULES.ids()


def evaluate(facts: DirectoryFacts, checks: Mapping[str, Check]) -> tuple[Finding, ...]:
    """One finding per directory check of `checks`, in the order of ids.

    Dates are judged at the moment of the reading. A rule that fails gives `Verdict.ERROR`.
    """
    view = View(facts)
    return tuple(_finding(view, checks[check]) for check in _directory(checks))


def evaluate_within(
    facts: DirectoryFacts, others: Sequence[DirectoryFacts], checks: Mapping[str, Check]
) -> tuple[Finding, ...]:
    """What the reading of one domain says by itself, the other domains of its forest known."""
    view = View(facts, list(others))
    return tuple(_finding(view, checks[check]) for check in _directory(checks))


def evaluate_forest(
    readings: Sequence[DirectoryFacts], checks: Mapping[str, Check]
) -> tuple[Finding, ...]:
    """The same for a forest, from one reading of each of its domains, the worst of them counting.

    A pass needs every domain of the forest. Objects are followed by their domain.
    """
    if len(readings) == 1:
        return evaluate(readings[0], checks)
    views = [View(one, [other for other in readings if other is not one]) for one in readings]
    views.sort(key=lambda one: not one.is_forest_root)
    places = [(one, homes(one)) for one in views]
    return tuple(_of_forest(places, checks[check]) for check in _directory(checks))


def _of_forest(places: Sequence[tuple[View, Mapping[str, str]]], check: Check) -> Finding:
    if check.id in _FOREST_WIDE:  # the same objects, whichever domain they are read from
        return located(_finding(places[0][0], check), places[0][1])
    return merged([located(_finding(view, check), domains) for view, domains in places])


def _directory(checks: Mapping[str, Check]) -> list[str]:
    return sorted(one.id for one in checks.values() if one.family is ProbeKind.DIRECTORY)


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
    if check_id in _IN_SYSTEM and not view.facts.shows_system:
        return untested(HIDDEN_SYSTEM)
    needed = _FOREST_WIDE.get(check_id) or (Section.PRINCIPALS, *_ALSO.get(check_id, ()))
    for section in needed:
        if not view.facts.read_whole(section):
            return untested(f"Lecture incomplète : {section}.")
    for attribute in _ALL_VALUES.get(check_id, ()):
        if not view.facts.has_all_values(attribute):
            return untested(f"Valeurs incomplètes dans les données lues : {attribute}.")
    if check_id in _FOREST_WIDE:
        return outcome
    if not view.domains:
        return untested("Conforme ici, mais la liste des domaines de la forêt n'est pas lisible.")
    if view.unread_domains:
        counts = f"{view.unread_domains} sur {view.domains}"
        return untested(f"Conforme ici, mais domaines de la forêt non lus : {counts}.")
    return outcome
