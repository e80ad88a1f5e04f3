"""Every check has a rule and every rule a check; what one reads, the other declares."""

import json

import pytest

from care_kit.model.content.check import Check
from care_kit.model.facts.exposure import ExposureFacts
from care_kit.model.facts.finding import Finding
from care_kit.model.formats import codec
from care_kit.model.words.vocabulary import ProbeKind, Provenance, Verdict
from care_kit.probes.exposure import services as probed
from care_kit.probes.exposure.datagrams import PACKETS
from care_kit.probes.exposure.suites import FAMILIES
from care_kit.rules.exposure import (
    datagrams,
    devices,
    evaluate,
    exchange,
    gateways,
    pages,
    reachable,
    reports,
    rule_ids,
    services,
)
from tests.rules.exposure.builders import CHECKS, TABLES, certificate, facts, page, tls


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
    named = (services.RDP | services.SMB | services.TELNET | services.FTP | services.REDIS) | (
        services.SSH | services.VNC | services.LDAP
    )
    asked = devices.DICOM | devices.ELASTIC | devices.DOCKER | devices.RELAY
    tables = [each[0] for each in (*reachable.PORTS.values(), *datagrams.BOTH.values())]
    assert named | asked | frozenset().union(*tables) <= probed.PORTS


def test_every_packet_a_rule_reads_is_one_the_probe_sends() -> None:
    ruled = {each[0] for each in datagrams.ANSWERED.values()}
    ruled |= {each[1] for each in datagrams.BOTH.values()}
    assert ruled == {one.service for one in PACKETS.values()}


def test_every_path_a_rule_waits_for_is_one_the_probe_asks() -> None:
    waited = {path for one in gateways.GATEWAYS.values() for path in one.paths}
    assert waited | {exchange.ECP, pages.SECURITY_TXT} <= {"/", *probed.PATHS}
    assert reports.MTA_STS_PATH == probed.MTA_STS
    assert len(probed.PATHS) <= 12


def test_every_family_of_suites_a_rule_reads_is_one_the_probe_offers() -> None:
    assert {"RC4-3DES", "NULL-ANON-EXPORT", "AEAD", "PFS", "DHE"} == FAMILIES.keys()


def test_nothing_seen_is_not_tested_everywhere() -> None:
    findings = evaluate(facts(), CHECKS, TABLES)
    assert {one.check for one in findings} == CHECKS.keys()
    assert {one.verdict for one in findings} == {Verdict.NOT_TESTED}


def test_without_the_dated_tables_the_rules_that_need_them_say_so() -> None:
    findings = {one.check: one for one in evaluate(page(tls=True), CHECKS)}
    assert findings["KEV-WEB"].verdict is Verdict.NOT_TESTED
    assert "tables datées" in findings["KEV-WEB"].reason
    assert Verdict.ERROR not in {one.verdict for one in findings.values()}


def test_a_rule_that_breaks_gives_an_error_and_spares_the_others() -> None:
    """A check without its thresholds is the kind of fault an overlay can bring."""
    broken = {"CRT-EXP": Check(**{**vars(CHECKS["CRT-EXP"]), "thresholds": {}})}
    findings = evaluate(facts(tls=(tls(shown=certificate()),)), {**CHECKS, **broken}, TABLES)
    assert [one.check for one in findings if one.verdict is Verdict.ERROR] == ["CRT-EXP"]
    assert any(one.check == "CRT-NOM" and one.verdict is Verdict.PASS for one in findings)


def _key(one: Finding) -> tuple[str, str, int]:
    return one.check, one.target, one.port


def test_one_finding_per_check_target_and_port_in_a_stable_order() -> None:
    two = (tls("-++++", address="192.0.2.10"), tls("----+", address="192.0.2.11"))
    seen: ExposureFacts = facts(tls=two)
    keys = [_key(one) for one in evaluate(seen, CHECKS, TABLES)]
    assert keys == sorted(set(keys))


def test_a_reading_of_before_these_checks_still_decodes_and_says_what_it_did_not_test() -> None:
    """Fields added since have defaults: the old facts are read, the new checks not tested."""
    shown = tls("---++", certificate())
    plain = json.loads(codec.canonical(facts(tls=(shown,), http=page(tls=True).http)))
    for name in ("datagrams", "selectors"):
        del plain[name]
    for one in plain["tls"]:
        del one["suites"], one["trust"]
        for name in ("timestamps", "revocation", "fetches_issuer"):
            del one["certificate"][name]
    for one in plain["http"]:
        del one["path"], one["text"]
    old = codec.decode(ExposureFacts, json.dumps(plain))
    verdicts = {one.check: one.verdict for one in evaluate(old, CHECKS, TABLES)}
    assert verdicts["CRT-NOM"] is Verdict.PASS
    for check in ("CRT-CHAINE", "CRT-CT", "CRT-REVOC", "TLS-RC4-3DES", "EXP-SNMP", "MEL-DKIM"):
        assert verdicts[check] is Verdict.NOT_TESTED
    assert Verdict.ERROR not in verdicts.values()
