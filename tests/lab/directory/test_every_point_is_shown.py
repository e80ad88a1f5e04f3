"""Each point, at each of its levels, is shown somewhere: on a real Samba, or on facts made here.

Nothing starts a server here: `test_each_flaw` does.
"""

import pytest

from care_kit.model.words.vocabulary import Verdict
from tests.lab.directory.flaws import FLAWS
from tests.lab.directory.flaws.flaw import UNTESTED
from tests.model.facts.descriptors import Entry
from tests.rules.directory.domain import AGENT, CHECKS, GUIDS, RIGHTS, Domain

# What a Samba domain cannot show, and why: points are shown below on facts built by hand, and
# observations in tests/rules/directory/test_more_observations.py.
BY_HAND = {
    ("vuln_privileged_members", 2): (
        "level 2 counts an account once per domain, level 1 once per forest: "
        "one domain alone always crosses both"
    ),
    ("vuln_permissions_dpapi", 2): (
        "every dangerous right on a key gives the key at once: our split of rights has no "
        "level 2 there"
    ),
    ("obs_dmsa_creation", 0): "the class belongs to the schema of Windows Server 2025",
    ("obs_key_credentials", 0): "it is told, and never a failure",
    ("obs_policy_changed", 0): "it is told, and never a failure",
}


def test_samba_and_facts_made_by_hand_together_cover_all_points_at_all_levels() -> None:
    on_samba = {(flaw.check, flaw.level) for flaw in FLAWS.values()}
    wanted = {(one.id, level) for one in CHECKS.values() for level in one.levels or (0,)}
    assert on_samba | set(BY_HAND) == wanted
    assert not on_samba & set(BY_HAND)


def test_they_are_the_seventy_six_points_and_the_observations() -> None:
    shown = {flaw.check for flaw in FLAWS.values()} | {check for check, _ in BY_HAND}
    assert sum(1 for one in shown if one.startswith("vuln_")) == 76
    assert {one for one in shown if one.startswith("obs_")} == set(CHECKS) - {
        one for one in CHECKS if CHECKS[one].levels
    }


def test_a_flaw_that_touches_other_points_says_why() -> None:
    assert all(bool(flaw.also) is bool(flaw.because) for flaw in FLAWS.values())
    assert {check for flaw in FLAWS.values() for check in flaw.also} <= set(CHECKS)
    for flaw in FLAWS.values():
        for check, (level, objects) in flaw.also.items():
            assert (level == UNTESTED) is (objects == ())
            assert level == UNTESTED or level in (CHECKS[check].levels or (0,))


def test_in_one_domain_too_many_administrators_cross_the_first_level_as_well() -> None:
    domain = Domain()
    for rank in range(51):
        domain.user(f"adm{rank}", 5000 + rank, primaryGroupID=512)
    finding = domain.finding("vuln_privileged_members")
    assert (finding.verdict, finding.level, len(finding.objects)) == (Verdict.FAIL, 1, 51)


@pytest.mark.parametrize("about", ["", *GUIDS.values(), *RIGHTS.values()])
@pytest.mark.parametrize("bit", [1 << rank for rank in range(20)])
def test_no_right_on_a_key_is_of_the_second_level(bit: int, about: str) -> None:
    domain = Domain()
    domain.permit("dpapi", Entry(AGENT, bit, about))
    assert domain.finding("vuln_permissions_dpapi").level in (0, 1)
