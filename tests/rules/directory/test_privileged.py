import pytest

from care_kit.model.words.vocabulary import Verdict
from tests.rules.directory.domain import BASE, Domain, Given, Spoil, ago, both, failure, spoiled

ADMIN = ("Administrator",)


@pytest.mark.parametrize(
    ("check", "spoil", "level"),
    [
        (
            "vuln_privileged_members_no_admincount",
            lambda d: d.hide("Administrator", "adminCount"),
            2,
        ),
        (
            "vuln_privileged_members_no_admincount",
            lambda d: d.change("Administrator", adminCount=0),
            2,
        ),
        ("vuln_privileged_members_password", lambda d: d.change("root", minPwdLength=7), 2),
        ("vuln_privileged_members_password", lambda d: d.change("root", maxPwdAge=-(2**63)), 2),
        ("vuln_password_change_priv", lambda d: d.change("Administrator", pwdLastSet=ago(1096)), 1),
        (
            "vuln_dont_expire_priv",
            lambda d: d.change("Administrator", userAccountControl=0x10200),
            1,
        ),
        (
            "vuln_kerberos_properties_preauth_priv",
            lambda d: d.change("Administrator", userAccountControl=0x400200),
            1,
        ),
        (
            "vuln_reversible_password_priv_uac",
            lambda d: d.change("Administrator", userAccountControl=0x280),
            3,
        ),
        ("vuln_spn_priv", lambda d: d.change("Administrator", servicePrincipalName="HTTP/x"), 1),
        ("vuln_protected_users", lambda d: d.hide("Protected", "member"), 3),
        ("vuln_silo_priv", lambda d: d.hide("Administrator", "msDS-AssignedAuthNPolicySilo"), 4),
        ("vuln_silo_priv", lambda d: d.change("silo", msDS_AuthNPolicySiloEnforced="FALSE"), 4),
        ("vuln_silo_priv", lambda d: d.hide("silo", "msDS-AuthNPolicySiloMembers"), 4),
    ],
)
def test_fails(check: str, spoil: Spoil, level: int) -> None:
    assert failure(check, spoil) == (ADMIN, level)


def outside_member(domain: Domain) -> None:
    domain.join("Administrators", "CN=someone,DC=other,DC=lan")


def foreign_member(domain: Domain) -> None:
    domain.join("Administrators", domain.foreign("S-1-5-21-9-9-9-1200"))


@pytest.mark.parametrize(
    ("check", "spoil"),
    [
        ("vuln_privileged_members", outside_member),
        ("vuln_privileged_members", lambda d: d.hide("Administrators", "member")),
        ("vuln_privileged_members", lambda d: d.remove("Administrators")),
        ("vuln_privileged_members_no_admincount", outside_member),
        ("vuln_privileged_members_password", lambda d: d.hide("root", "minPwdLength")),
        ("vuln_privileged_members_password", lambda d: d.hide("root", "maxPwdAge")),
        ("vuln_password_change_priv", lambda d: d.hide("Administrator", "pwdLastSet")),
        ("vuln_password_change_priv", lambda d: d.change("Administrator", pwdLastSet=0)),
        ("vuln_password_change_priv", foreign_member),
        ("vuln_dont_expire_priv", lambda d: d.hide("Administrator", "userAccountControl")),
        ("vuln_dont_expire_priv", foreign_member),
        (
            "vuln_kerberos_properties_preauth_priv",
            lambda d: d.hide("Administrator", "userAccountControl"),
        ),
        (
            "vuln_reversible_password_priv_uac",
            lambda d: d.hide("Administrator", "userAccountControl"),
        ),
        ("vuln_spn_priv", outside_member),
        ("vuln_protected_users", lambda d: d.remove("Protected")),
        ("vuln_silo_priv", outside_member),
    ],
)
def test_is_not_tested_when_what_decides_is_hidden(check: str, spoil: Spoil) -> None:
    assert spoiled(check, spoil).verdict is Verdict.NOT_TESTED


def test_fifty_privileged_accounts_are_allowed_and_fifty_one_are_not() -> None:
    def members(count: int) -> Spoil:
        return lambda d: d.join(
            "rid-512", *(d.user(f"adm{rank:02d}", 8000 + rank) for rank in range(count))
        )

    finding = spoiled("vuln_privileged_members", members(50))
    assert finding.verdict is Verdict.PASS
    assert finding.reason == "Comptes privilégiés : 50 (maximum 50)."
    objects, level = failure("vuln_privileged_members", members(51))
    assert (len(objects), level) == (51, 1)
    assert "Administrator" not in objects


def test_a_password_to_change_is_young_when_the_account_is() -> None:
    finding = spoiled(
        "vuln_password_change_priv",
        lambda d: d.change("Administrator", pwdLastSet=0, whenCreated="20260101000000.0Z"),
    )
    assert finding.verdict is Verdict.PASS


def machine_admin(domain: Domain) -> None:
    machine = domain.computer("EXCH$", adminCount=1, servicePrincipalName="HOST/exch")
    domain.join("Administrators", machine)


@pytest.mark.parametrize(
    "check", ["vuln_spn_priv", "vuln_protected_users", "vuln_privileged_members_password"]
)
def test_points_about_chosen_passwords_leave_privileged_machines_out(check: str) -> None:
    assert spoiled(check, machine_admin).verdict is Verdict.PASS


def test_other_points_judge_privileged_machines() -> None:
    assert failure("vuln_silo_priv", machine_admin) == (("EXCH$",), 4)


POLICY = f"CN=Strong,CN=Password Settings Container,CN=System,{BASE}"


def with_policy(domain: Domain, **changes: int) -> None:
    """A service that ANSSI tolerates: long policy, renewed, password set since, AES only."""
    settings: dict[str, Given] = {
        "objectClass": "msDS-PasswordSettings",
        "whenChanged": "20260101000000.0Z",
        "msDS_PasswordSettingsPrecedence": 1,
        "msDS_MinimumPasswordLength": 33,
        "msDS_MaximumPasswordAge": -1000 * 864_000_000_000,
    }
    domain.add("policy", POLICY, **settings | changes)
    domain.change(
        "Administrator",
        servicePrincipalName="HTTP/x",
        msDS_SupportedEncryptionTypes=24,
        msDS_PSOApplied=POLICY,
    )


def test_a_long_renewed_aes_only_service_is_tolerated() -> None:
    assert spoiled("vuln_spn_priv", with_policy).verdict is Verdict.PASS


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: with_policy(d, msDS_MinimumPasswordLength=32),
        lambda d: with_policy(d, msDS_MaximumPasswordAge=-(2**63)),
        both(with_policy, lambda d: d.change("Administrator", msDS_SupportedEncryptionTypes=28)),
        both(with_policy, lambda d: d.change("Administrator", pwdLastSet=ago(700))),
    ],
)
def test_each_condition_of_the_tolerance_counts(spoil: Spoil) -> None:
    assert failure("vuln_spn_priv", spoil) == (ADMIN, 1)


def hidden_policy(domain: Domain) -> None:
    with_policy(domain)
    domain.remove("policy")


@pytest.mark.parametrize("check", ["vuln_spn_priv", "vuln_privileged_members_password"])
def test_a_hidden_policy_leaves_the_point_undecided(check: str) -> None:
    assert spoiled(check, hidden_policy).verdict is Verdict.NOT_TESTED


def test_a_fine_grained_policy_overrides_the_weak_one_of_the_domain() -> None:
    def spoil(domain: Domain) -> None:
        domain.change("root", minPwdLength=4)
        with_policy(domain)

    assert spoiled("vuln_privileged_members_password", spoil).verdict is Verdict.PASS


def test_a_policy_set_on_a_group_reaches_its_nested_members() -> None:
    def spoil(domain: Domain) -> None:
        with_policy(domain, msDS_MinimumPasswordLength=6)
        domain.hide("Administrator", "msDS-PSOApplied")
        domain.change("Administrators", msDS_PSOApplied=POLICY)

    assert failure("vuln_privileged_members_password", spoil) == (ADMIN, 2)
