"""Every check has a rule and every rule a check; what one reads, the other declares."""

import pytest

from care_kit.model.check import Check
from care_kit.model.exposure_facts import ExposureFacts
from care_kit.model.finding import Finding
from care_kit.model.vocabulary import ProbeKind, Provenance, Verdict
from care_kit.probes.exposure import services as probed
from care_kit.rules.exposure import evaluate, rule_ids, services
from tests.rules.exposure.builders import CHECKS, certificate, facts, tls


def test_checks_and_rules_are_the_same_list() -> None:
    assert CHECKS.keys() == rule_ids()


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda one: one.id)
def test_a_declaration_is_complete(check: Check) -> None:
    assert check.family is ProbeKind.EXPOSURE
    assert check.provenance is Provenance.PROPOSED
    assert check.severity is not None
    assert check.references
    assert all(text.endswith(".") for text in (check.why, check.remediation, check.source))


def test_the_probe_connects_to_every_port_a_rule_reads() -> None:
    ruled = (services.RDP | services.SMB | services.TELNET | services.FTP | services.REDIS) | (
        services.SSH | services.VNC | services.LDAP
    )
    assert ruled <= probed.PORTS


def test_nothing_seen_is_not_tested_everywhere() -> None:
    findings = evaluate(facts(), CHECKS)
    assert {one.check for one in findings} == CHECKS.keys()
    assert {one.verdict for one in findings} == {Verdict.NOT_TESTED}


def test_a_rule_that_breaks_gives_an_error_and_spares_the_others() -> None:
    """A check without its thresholds is the kind of fault an overlay can bring."""
    broken = {"CRT-EXP": Check(**{**vars(CHECKS["CRT-EXP"]), "thresholds": {}})}
    findings = evaluate(facts(tls=(tls(shown=certificate()),)), {**CHECKS, **broken})
    assert [one.check for one in findings if one.verdict is Verdict.ERROR] == ["CRT-EXP"]
    assert any(one.check == "CRT-NOM" and one.verdict is Verdict.PASS for one in findings)


def _key(one: Finding) -> tuple[str, str, int]:
    return one.check, one.target, one.port


def test_one_finding_per_check_target_and_port_in_a_stable_order() -> None:
    two = (tls("-++++", address="192.0.2.10"), tls("----+", address="192.0.2.11"))
    seen: ExposureFacts = facts(tls=two)
    keys = [_key(one) for one in evaluate(seen, CHECKS)]
    assert keys == sorted(set(keys))
