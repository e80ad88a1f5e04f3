import pytest

from care_kit.model.words.vocabulary import Verdict
from tests.rules.directory.domain import Domain, Given, Spoil, ago, failure, spoiled


def server(**attributes: Given) -> Spoil:
    known: dict[str, Given] = {"operatingSystem": "Windows Server 2019 Standard"}
    return lambda d: d.computer("SRV$", **known | attributes)


def cluster(days: float) -> Spoil:
    return lambda d: d.computer(
        "CLU$", servicePrincipalName="MSClusterVirtualServer/clu", pwdLastSet=ago(days)
    )


@pytest.mark.parametrize(
    ("check", "spoil", "objects", "level"),
    [
        ("vuln_password_change_server_no_change_45", server(pwdLastSet=ago(46)), ("SRV$",), 3),
        ("vuln_password_change_server_no_change_90", server(pwdLastSet=ago(91)), ("SRV$",), 2),
        ("vuln_password_change_inactive_servers", server(lastLogonTimestamp=ago(91)), ("SRV$",), 3),
        ("vuln_password_change_cluster_no_change_3years", cluster(1096), ("CLU$",), 2),
    ],
)
def test_fails(check: str, spoil: Spoil, objects: tuple[str, ...], level: int) -> None:
    assert failure(check, spoil) == (objects, level)


@pytest.mark.parametrize(
    ("check", "spoil"),
    [
        ("vuln_password_change_server_no_change_45", server(pwdLastSet=ago(44))),
        ("vuln_password_change_server_no_change_90", server(pwdLastSet=ago(89))),
        ("vuln_password_change_inactive_servers", server(lastLogonTimestamp=ago(89))),
        (
            "vuln_password_change_inactive_servers",
            server(lastLogonTimestamp=ago(400), userAccountControl=0x1002),
        ),
        ("vuln_password_change_cluster_no_change_3years", cluster(1000)),
    ],
)
def test_passes(check: str, spoil: Spoil) -> None:
    assert spoiled(check, spoil).verdict is Verdict.PASS


@pytest.mark.parametrize(
    "check",
    [
        "vuln_password_change_server_no_change_45",
        "vuln_password_change_server_no_change_90",
        "vuln_password_change_inactive_servers",
        "vuln_password_change_cluster_no_change_3years",
    ],
)
def test_machines_whose_state_is_hidden_prevent_a_pass(check: str) -> None:
    def spoil(domain: Domain) -> None:
        domain.hide("PC1$", "userAccountControl")

    assert spoiled(check, spoil).verdict is Verdict.NOT_TESTED
