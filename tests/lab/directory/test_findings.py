"""What the probe and the rules find on real domains: exactly their seeded flaws."""

import pytest

from care_kit.demo.samba import LabDomain
from care_kit.model.facts import directory_codec
from care_kit.model.facts.finding import Finding
from care_kit.model.words.vocabulary import Verdict
from care_kit.probes.directory import Target, collect
from care_kit.rules.directory import evaluate
from tests.rules.directory.domain import CHECKS

pytestmark = pytest.mark.lab


def findings(domain: LabDomain) -> tuple[Finding, ...]:
    target = Target(domain.address, domain.user_upn, ca_file=domain.ca_file)
    data, _ = collect(target, domain.password)
    return evaluate(directory_codec.decode(data), CHECKS)


def test_every_seeded_flaw_is_found_on_its_exact_objects_and_nothing_else(
    hopital: LabDomain,
) -> None:
    failed = {one.check: one.objects for one in findings(hopital) if one.verdict is Verdict.FAIL}
    assert failed == hopital.expected


# Told without being failures, or about a class that only Windows Server 2025 has.
NEVER_FAIL_HERE = {"obs_dmsa_creation", "obs_key_credentials", "obs_policy_changed"}


def test_the_hospital_seed_holds_a_flaw_for_every_rule(hopital: LabDomain) -> None:
    assert set(hopital.expected) == set(CHECKS) - NEVER_FAIL_HERE


# Keys that a healthy directory hides from ordinary accounts: nothing proves them well protected.
HIDDEN_KEYS = ("vuln_permissions_dpapi", "vuln_permissions_gmsa_keys")


def test_a_healthy_domain_passes_every_check_that_can_be_seen(sain: LabDomain) -> None:
    verdicts = {one.check: one.verdict for one in findings(sain)}
    hidden = dict.fromkeys(HIDDEN_KEYS, Verdict.NOT_TESTED)
    new = {"obs_policy_changed": Verdict.INFO}  # every policy of a new domain is recent
    assert verdicts == dict.fromkeys(CHECKS, Verdict.PASS) | hidden | new


def test_multi_level_points_tell_the_lowest_level(hopital: LabDomain) -> None:
    levels = {one.check: one.level for one in findings(hopital)}
    assert levels["vuln_functional_level"] == 1
    assert levels["vuln_dsheuristics_bad"] == 2
    assert levels["vuln_dc_crypto"] == 2
    assert levels["vuln_certificates_vuln"] == 3
