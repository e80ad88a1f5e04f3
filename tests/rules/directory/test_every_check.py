"""Contract between the checks' declarations and their rules, and the guards shared by all."""

import pytest

from care_kit.catalog import toml_file
from care_kit.model.content.check import ControlPoints
from care_kit.model.facts.directory import Section
from care_kit.model.words.vocabulary import Provenance, Verdict
from care_kit.resources import data
from care_kit.rules.directory import evaluate, rule_ids
from care_kit.rules.directory.decision import RULES
from care_kit.rules.directory.view import View
from tests.rules.directory.domain import CHECKS, Domain

POINTS = toml_file.read(data("checks").joinpath("anssi_points.toml"), ControlPoints)


def test_every_declared_check_has_a_rule_and_every_rule_is_declared() -> None:
    assert set(CHECKS) == rule_ids()


def test_all_seventy_six_points_are_listed_with_the_counts_of_the_source() -> None:
    lowest = [min(point.levels) for point in POINTS.points]
    assert [lowest.count(level) for level in (1, 2, 3, 4)] == [37, 18, 17, 4]
    assert len({point.id for point in POINTS.points}) == 76
    assert POINTS.provenance is Provenance.SECONDARY


def test_a_check_fails_at_the_levels_of_its_point() -> None:
    levels = {point.id: point.levels for point in POINTS.points}
    assert {check.id: check.levels for check in CHECKS.values()} == {
        one: levels.get(one, ()) for one in CHECKS
    }


def test_every_point_has_a_rule_and_observations_have_no_level() -> None:
    points = {point.id for point in POINTS.points}
    assert points < set(CHECKS)
    assert all(one.startswith("obs_") for one in set(CHECKS) - points)


@pytest.mark.parametrize("check", sorted(rule_ids()))
def test_a_healthy_domain_passes(check: str) -> None:
    finding = Domain().finding(check)
    assert (finding.verdict, finding.objects, finding.level) == (Verdict.PASS, (), 0), finding


def test_findings_come_in_the_order_of_ids_and_name_the_forest() -> None:
    findings = evaluate(Domain().facts(), CHECKS)
    assert [one.check for one in findings] == sorted(CHECKS)
    assert {one.target for one in findings} == {"test.lan"}


@pytest.mark.parametrize("check", sorted(rule_ids()))
def test_an_empty_reading_passes_nothing(check: str) -> None:
    domain = Domain()
    for name in list(domain._entries):
        domain.remove(name)
    assert domain.finding(check).verdict is Verdict.NOT_TESTED


def test_accounts_cut_short_prevent_a_pass_but_not_a_failure() -> None:
    domain = Domain()
    domain.unreadable = (f"{Section.PRINCIPALS} : lecture interrompue après 9 objets.",)
    assert domain.finding("vuln_krbtgt").verdict is Verdict.NOT_TESTED
    assert domain.finding("vuln_functional_level").verdict is Verdict.PASS
    domain.change("Guest", userAccountControl=0x200)
    assert domain.finding("vuln_guest").verdict is Verdict.FAIL


def test_one_domain_of_several_proves_nothing_for_the_forest() -> None:
    domain = Domain()
    domain.setting("CHILD", "CN=CHILD,CN=Partitions", "crossRef", systemFlags=3)
    assert domain.finding("vuln_krbtgt").verdict is Verdict.NOT_TESTED
    assert domain.finding("vuln_functional_level").verdict is Verdict.PASS


def test_a_faulty_rule_is_told_and_does_not_hide_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def faulty(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(RULES._rules, "vuln_guest", faulty)
    verdicts = {one.check: one.verdict for one in evaluate(Domain().facts(), CHECKS)}
    assert verdicts["vuln_guest"] is Verdict.ERROR
    assert verdicts["vuln_krbtgt"] is Verdict.PASS


def test_reasons_never_name_an_object() -> None:
    domain = Domain()
    domain.change("Guest", userAccountControl=0x200)
    domain.user("secret.agent", 5001, userAccountControl=0x400200)
    findings = evaluate(domain.facts(), CHECKS)
    assert any("secret.agent" in one.objects for one in findings)
    assert not any("secret.agent" in one.reason for one in findings)


def test_the_view_finds_privileges_by_sid_through_nesting_and_primary_group() -> None:
    domain = Domain()
    nested = domain.group("nested", 7001, domain.user("inside", 5001))
    outer = domain.group("outer", 7002, nested)
    domain.join("nested", outer)  # a loop must not hang
    domain.join("Administrators", outer, "CN=elsewhere,DC=other,DC=lan")
    domain.user("by-primary", 5002, primaryGroupID=512)
    domain.join(
        "rid-512", domain.foreign("S-1-5-21-9-9-9-1200"), f"CN=DC1,{'CN=Users'},DC=test,DC=lan"
    )
    found = View(domain.facts()).privileged
    names = {one.text("sAMAccountName") or one.dn for one in found.accounts}
    assert names == {
        "Administrator",
        "inside",
        "by-primary",
        "CN=S-1-5-21-9-9-9-1200,CN=ForeignSecurityPrincipals,DC=test,DC=lan",
    }
    assert found.unresolved == ("cn=elsewhere,dc=other,dc=lan",)
