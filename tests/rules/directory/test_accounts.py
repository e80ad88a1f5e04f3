import pytest

from care_kit.model.words.vocabulary import Verdict
from tests.rules.directory.domain import SID, Domain, Given, Spoil, ago, failure, sid_bytes, spoiled

OLD: dict[str, Given] = {"pwdLastSet": ago(1200), "lastLogonTimestamp": ago(400)}


@pytest.mark.parametrize(
    ("check", "spoil", "objects", "level"),
    [
        ("vuln_guest", lambda d: d.change("Guest", userAccountControl=0x200), ("Guest",), 2),
        ("vuln_krbtgt", lambda d: d.change("krbtgt", pwdLastSet=ago(366)), ("krbtgt",), 2),
        (
            "vuln_kerberos_properties_preauth",
            lambda d: d.change("agent", userAccountControl=0x400200),
            ("agent",),
            2,
        ),
        (
            "vuln_kerberos_properties_deskey",
            lambda d: d.change("agent", userAccountControl=0x200200),
            ("agent",),
            2,
        ),
        (
            "vuln_kerberos_properties_encryption",
            lambda d: d.change("agent", servicePrincipalName="HTTP/web"),
            ("agent",),
            3,
        ),
        (
            "vuln_primary_group_id_1000",
            lambda d: d.change("agent", primaryGroupID=512),
            ("agent",),
            1,
        ),
        (
            "vuln_primary_group_id_1000",
            lambda d: d.change("PC1$", primaryGroupID=516),
            ("PC1$",),
            1,
        ),
        (
            "vuln_primary_group_id_nochange",
            lambda d: d.change("agent", primaryGroupID=1105),
            ("agent",),
            3,
        ),
        (
            "vuln_sidhistory_present",
            lambda d: d.change("agent", sIDHistory=sid_bytes(f"{SID}-4000")),
            ("agent",),
            3,
        ),
        (
            "vuln_sidhistory_dangerous",
            lambda d: d.change("agent", sIDHistory=sid_bytes("S-1-5-21-9-9-9-519")),
            ("agent",),
            2,
        ),
        (
            "vuln_sidhistory_dangerous",
            lambda d: d.change("rid-520", sIDHistory=sid_bytes("S-1-5-32-544")),
            ("rid-520",),
            2,
        ),
        (
            "vuln_user_accounts_dormant",
            lambda d: (d.change("agent", **OLD), d.change("PC1$", **OLD)),
            ("PC1$", "agent"),
            1,
        ),
        (
            "vuln_dont_expire",
            lambda d: d.change("agent", userAccountControl=0x10200),
            ("agent",),
            2,
        ),
        (
            "vuln_password_change_msa_no_change_90",
            lambda d: d.computer(
                "gmsa$",
                objectClass=("top", "user", "computer", "msDS-GroupManagedServiceAccount"),
                pwdLastSet=ago(91),
            ),
            ("gmsa$",),
            2,
        ),
    ],
)
def test_fails(check: str, spoil: Spoil, objects: tuple[str, ...], level: int) -> None:
    assert failure(check, spoil) == (objects, level)


@pytest.mark.parametrize(
    ("check", "spoil"),
    [
        ("vuln_guest", lambda d: d.hide("Guest", "userAccountControl")),
        ("vuln_guest", lambda d: d.remove("Guest")),
        ("vuln_krbtgt", lambda d: d.hide("krbtgt", "pwdLastSet")),
        ("vuln_krbtgt", lambda d: d.change("krbtgt", pwdLastSet=0)),
        ("vuln_kerberos_properties_preauth", lambda d: d.hide("agent", "userAccountControl")),
        ("vuln_kerberos_properties_deskey", lambda d: d.hide("agent", "userAccountControl")),
        ("vuln_dont_expire", lambda d: d.hide("agent", "userAccountControl")),
        ("vuln_user_accounts_dormant", lambda d: d.hide("agent", "userAccountControl")),
        ("vuln_primary_group_id_1000", lambda d: d.hide("agent", "primaryGroupID")),
        ("vuln_primary_group_id_nochange", lambda d: d.hide("PC1$", "userAccountControl")),
        (
            "vuln_password_change_msa_no_change_90",
            lambda d: (
                d.computer(
                    "gmsa$", objectClass=("top", "user", "computer", "msDS-ManagedServiceAccount")
                ),
                d.hide("gmsa$", "pwdLastSet"),
            ),
        ),
    ],
)
def test_is_not_tested_when_what_decides_is_hidden(check: str, spoil: Spoil) -> None:
    assert spoiled(check, spoil).verdict is Verdict.NOT_TESTED


def test_a_quarter_of_dormant_accounts_is_the_last_that_passes() -> None:
    def one_of_four(domain: Domain) -> None:
        domain.change("agent", **OLD)

    finding = spoiled("vuln_user_accounts_dormant", one_of_four)
    assert finding.verdict is Verdict.PASS
    assert finding.reason == "Comptes actifs inutilisés : 1 sur 4 (25 %, maximum 25 %)."


@pytest.mark.parametrize(
    "alive",
    [{"pwdLastSet": ago(1000)}, {"lastLogonTimestamp": ago(300)}, {"userAccountControl": 0x202}],
)
def test_an_account_that_shows_one_sign_of_life_is_not_dormant(alive: dict[str, Given]) -> None:
    def spoil(domain: Domain) -> None:
        domain.change("PC1$", **OLD)
        domain.change("DC1$", **OLD)
        domain.change("agent", **OLD | alive)

    objects, _ = failure("vuln_user_accounts_dormant", spoil)
    assert objects == ("DC1$", "PC1$")


def test_an_account_that_never_logged_on_sleeps_since_its_creation() -> None:
    def spoil(domain: Domain) -> None:
        domain.change("PC1$", **OLD)
        domain.change("agent", pwdLastSet=0)
        domain.hide("agent", "lastLogonTimestamp")

    assert failure("vuln_user_accounts_dormant", spoil) == (("PC1$", "agent"), 1)


def test_a_few_hidden_accounts_do_not_prevent_a_verdict_on_many() -> None:
    def spoil(domain: Domain) -> None:
        for rank in range(200):
            domain.user(f"u{rank}", 8000 + rank)
        domain.hide("agent", "userAccountControl")

    assert spoiled("vuln_kerberos_properties_deskey", spoil).verdict is Verdict.PASS
    assert spoiled("vuln_dont_expire", spoil).verdict is Verdict.PASS


def test_disabled_accounts_give_no_ticket_to_crack() -> None:
    finding = spoiled(
        "vuln_kerberos_properties_preauth",
        lambda d: d.change("agent", userAccountControl=0x400202),
    )
    assert finding.verdict is Verdict.PASS


def test_a_service_account_that_states_aes_passes() -> None:
    finding = spoiled(
        "vuln_kerberos_properties_encryption",
        lambda d: d.change(
            "agent", servicePrincipalName="HTTP/web", msDS_SupportedEncryptionTypes=0x1C
        ),
    )
    assert finding.verdict is Verdict.PASS
