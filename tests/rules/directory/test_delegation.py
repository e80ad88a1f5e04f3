import pytest

from care_kit.model.words.vocabulary import Verdict
from tests.rules.directory.domain import Spoil, failure, spoiled


def delegating(*services: str, control: int = 0x200) -> Spoil:
    return lambda d: d.change(
        "agent", msDS_AllowedToDelegateTo=services, userAccountControl=control
    )


@pytest.mark.parametrize(
    ("check", "spoil", "objects"),
    [
        (
            "vuln_delegation_t4d",
            lambda d: d.change("PC1$", userAccountControl=0x81000),
            ("PC1$",),
        ),
        ("vuln_delegation_a2d2", delegating("cifs/srv.test.lan", "ldap/DC1.test.lan"), ("agent",)),
        ("vuln_delegation_a2d2", delegating("ldap/dc1:389"), ("agent",)),
        ("vuln_delegation_a2d2", delegating("krbtgt/test.lan"), ("agent",)),
        ("vuln_delegation_t2a4d", delegating("cifs/dc1", control=0x1000200), ("agent",)),
        (
            "vuln_delegation_sourcedeleg",
            lambda d: d.change("DC1$", msDS_AllowedToActOnBehalfOfOtherIdentity=b"\x01"),
            ("DC1$",),
        ),
        (
            "vuln_delegation_sourcedeleg",
            lambda d: d.change("krbtgt", msDS_AllowedToActOnBehalfOfOtherIdentity=b"\x01"),
            ("krbtgt",),
        ),
    ],
)
def test_fails(check: str, spoil: Spoil, objects: tuple[str, ...]) -> None:
    assert failure(check, spoil) == (objects, 1)


@pytest.mark.parametrize(
    ("check", "spoil"),
    [
        ("vuln_delegation_a2d2", delegating("cifs/srv.test.lan")),
        ("vuln_delegation_t2a4d", delegating("cifs/dc1")),
        ("vuln_delegation_t2a4d", delegating("cifs/srv", control=0x1000200)),
    ],
)
def test_passes(check: str, spoil: Spoil) -> None:
    assert spoiled(check, spoil).verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("check", "spoil"),
    [
        ("vuln_delegation_t4d", lambda d: d.hide("PC1$", "userAccountControl")),
        (
            "vuln_delegation_t2a4d",
            lambda d: (delegating("cifs/dc1")(d), d.hide("agent", "userAccountControl")),
        ),
        ("vuln_delegation_a2d2", lambda d: d.remove("DC1$")),
        ("vuln_delegation_sourcedeleg", lambda d: d.remove("DC1$")),
    ],
)
def test_is_not_tested_when_what_decides_is_hidden(check: str, spoil: Spoil) -> None:
    assert spoiled(check, spoil).verdict is Verdict.NOT_TESTED
