import pytest

from care_kit.model.words.vocabulary import Verdict
from tests.rules.directory.domain import USERS, Domain, Given, Spoil, both, failure, spoiled

REFUSED = ("S-1-5-32-548", "S-1-5-32-549", "S-1-5-32-551")


def read_only_controller(domain: Domain, **changes: Given) -> None:
    """A read-only controller as installed: its refusals, its own krbtgt, its own secret."""
    operators = tuple(domain.group(f"op-{sid[-3:]}", sid) for sid in REFUSED)
    never = (*operators, f"CN=Administrators,{USERS}", f"CN=Denied,{USERS}")
    own = domain.user("krbtgt_7", 5900, userAccountControl=0x202, msDS_SecondaryKrbTgtNumber=7)
    known: dict[str, Given] = {
        "userAccountControl": 0x5001000,
        "primaryGroupID": 521,
        "msDS_NeverRevealGroup": never,
        "msDS_RevealOnDemandGroup": f"CN=Allowed,{USERS}",
        "msDS_RevealedUsers": f"B:8:00000001:{own}",
        "msDS_KrbTgtLink": own,
    }
    domain.computer("RODC$", **known | changes)


@pytest.mark.parametrize(
    "check",
    [
        "vuln_rodc_priv_revealed",
        "vuln_rodc_never_reveal",
        "vuln_rodc_reveal",
        "vuln_rodc_orphan_krbtgt",
    ],
)
def test_a_controller_as_installed_passes(check: str) -> None:
    assert spoiled(check, read_only_controller).verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("check", "spoil", "objects", "level"),
    [
        (
            "vuln_rodc_priv_revealed",
            lambda d: read_only_controller(
                d, msDS_RevealedUsers=f"B:8:00000001:CN=Administrator,{USERS}"
            ),
            ("RODC$",),
            2,
        ),
        (
            "vuln_rodc_never_reveal",
            lambda d: read_only_controller(d, msDS_NeverRevealGroup=f"CN=Administrators,{USERS}"),
            ("RODC$",),
            3,
        ),
        (
            "vuln_rodc_reveal",
            lambda d: read_only_controller(d, msDS_RevealOnDemandGroup=f"CN=rid-520,{USERS}"),
            ("RODC$",),
            3,
        ),
        (
            "vuln_rodc_allowed_group",
            lambda d: d.join("Allowed", f"CN=agent,{USERS}"),
            ("agent",),
            3,
        ),
        ("vuln_rodc_denied_group", lambda d: d.change("Denied", member=()), ("Denied",), 3),
        (
            "vuln_rodc_orphan_krbtgt",
            both(read_only_controller, lambda d: d.hide("RODC$", "msDS-KrbTgtLink")),
            ("krbtgt_7",),
            3,
        ),
    ],
)
def test_fails(check: str, spoil: Spoil, objects: tuple[str, ...], level: int) -> None:
    assert failure(check, spoil) == (objects, level)


@pytest.mark.parametrize(
    ("check", "spoil"),
    [
        (
            "vuln_rodc_priv_revealed",
            both(read_only_controller, lambda d: d.hide("RODC$", "msDS-RevealedUsers")),
        ),
        ("vuln_rodc_allowed_group", lambda d: d.remove("Allowed")),
        ("vuln_rodc_denied_group", lambda d: d.remove("Denied")),
        # A group named in a list but itself hidden may be any of the default ones.
        ("vuln_rodc_denied_group", lambda d: d.remove("rid-518")),
        ("vuln_rodc_never_reveal", both(read_only_controller, lambda d: d.remove("op-549"))),
        (
            "vuln_rodc_reveal",
            lambda d: read_only_controller(d, msDS_RevealOnDemandGroup=f"CN=hidden,{USERS}"),
        ),
    ],
)
def test_is_not_tested_when_what_decides_is_hidden(check: str, spoil: Spoil) -> None:
    assert spoiled(check, spoil).verdict is Verdict.NOT_TESTED
