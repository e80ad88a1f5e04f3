"""Several domains of one forest, judged together (on facts, see `forest.py`)."""

import pytest

from care_kit.model.facts.finding import Finding
from care_kit.model.words.vocabulary import Verdict
from care_kit.rules.directory import evaluate, evaluate_forest
from tests.model.facts.descriptors import FULL, Entry
from tests.rules.directory.domain import CHECKS, Domain
from tests.rules.directory.forest import (
    CHILD_NAME,
    CHILD_SID,
    CHILD_USERS,
    ROOT_NAME,
    as_child,
    two_domains,
)

Forest = tuple[Domain, Domain]


@pytest.fixture
def forest() -> Forest:
    return two_domains()


def judged(forest: Forest, check: str) -> Finding:
    root, child = forest
    (found,) = evaluate_forest([as_child(child.facts()), root.facts()], {check: CHECKS[check]})
    return found


def test_a_healthy_forest_read_whole_passes_where_a_healthy_domain_does(forest: Forest) -> None:
    root, child = forest
    together = evaluate_forest([root.facts(), as_child(child.facts())], CHECKS)
    alone = evaluate(Domain().facts(), CHECKS)
    assert {one.check: one.verdict for one in together} == {one.check: one.verdict for one in alone}


def test_there_is_one_finding_per_check_and_its_target_is_the_forest(forest: Forest) -> None:
    root, child = forest
    found = evaluate_forest([root.facts(), as_child(child.facts())], CHECKS)
    assert len({one.check for one in found}) == len(found) == len(CHECKS)
    assert {one.target for one in found} == {ROOT_NAME}


def test_a_domain_that_was_not_read_prevents_a_pass_and_is_counted(forest: Forest) -> None:
    (found,) = evaluate(forest[0].facts(), {"vuln_krbtgt": CHECKS["vuln_krbtgt"]})
    assert found.verdict is Verdict.NOT_TESTED
    assert "domaines de la forêt non lus : 1 sur 2" in found.reason


def test_an_unreadable_list_of_domains_prevents_a_pass() -> None:
    domain = Domain()
    domain.remove("TEST")
    assert domain.finding("vuln_krbtgt").verdict is Verdict.NOT_TESTED


def test_a_flaw_of_either_domain_fails_and_names_the_domain(forest: Forest) -> None:
    root, child = forest
    child.change("Guest", userAccountControl=0x200)
    assert judged(forest, "vuln_guest").objects == (f"Guest ({CHILD_NAME})",)
    root.change("Guest", userAccountControl=0x200)
    found = judged(forest, "vuln_guest")
    assert found.verdict is Verdict.FAIL
    assert found.objects == (f"Guest ({CHILD_NAME})", f"Guest ({ROOT_NAME})")


def test_a_setting_of_the_forest_is_told_once(forest: Forest) -> None:
    for domain in forest:
        domain.change("service", dSHeuristics="0")
    assert len(judged(forest, "vuln_dsheuristics_bad").objects) == 1


def test_a_member_from_the_other_domain_is_judged_where_it_lives(forest: Forest) -> None:
    root, child = forest
    child.user("chef", 5001, userAccountControl=0x10200, adminCount=1)
    root.join("rid-512", f"CN=chef,{CHILD_USERS}")
    alone = evaluate(root.facts(), {"vuln_dont_expire_priv": CHECKS["vuln_dont_expire_priv"]})[0]
    assert alone.verdict is Verdict.NOT_TESTED
    assert judged(forest, "vuln_dont_expire_priv").objects == (f"chef ({CHILD_NAME})",)


def test_primary_groups_are_numbered_within_a_domain(forest: Forest) -> None:
    _, child = forest
    child.user("cache", 5001, primaryGroupID=512)
    check = "vuln_privileged_members_no_admincount"
    assert judged(forest, check).objects == (f"cache ({CHILD_NAME})",)


def test_privileged_accounts_of_all_the_domains_are_counted_together(forest: Forest) -> None:
    for domain in forest:
        names = [f"adm{rank:02d}" for rank in range(26)]
        domain.join("rid-512", *(domain.user(one, 7000 + i) for i, one in enumerate(names)))
    found = judged(forest, "vuln_privileged_members")
    assert found.verdict is Verdict.FAIL
    assert "52" in found.reason


def test_who_commands_a_domain_of_the_forest_is_not_a_stranger_in_the_other(
    forest: Forest,
) -> None:
    root, _ = forest
    check = "vuln_permissions_gpo_container_priv"
    root.permit("site", Entry(f"{CHILD_SID}-512", FULL))
    alone = evaluate(root.facts(), {check: CHECKS[check]})[0]
    assert alone.verdict is Verdict.FAIL
    assert judged(forest, check).verdict is Verdict.PASS
