import pytest

from care_kit.model.words.vocabulary import Verdict
from tests.model.facts.descriptors import FULL, Entry
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


EVERYBODY = {
    "S-1-1-0": "Tout le monde (S-1-1-0)",
    "S-1-5-11": "Utilisateurs authentifiés (S-1-5-11)",
    "S-1-5-7": "Ouverture de session anonyme (S-1-5-7)",
    "S-1-5-4": "S-1-5-4 (S-1-5-4)",
}


@pytest.mark.parametrize("sid", sorted(EVERYBODY))
def test_everybody_in_a_privileged_group_is_the_worst_finding_and_is_named(sid: str) -> None:
    domain = Domain()
    domain.join("Administrators", domain.foreign(sid))
    found = domain.finding("vuln_privileged_members")
    assert found.verdict is Verdict.FAIL
    assert found.objects == (EVERYBODY[sid],)
    assert found.level == 1


@pytest.mark.parametrize("sid", sorted(EVERYBODY))
def test_everybody_is_never_trusted_because_somebody_made_it_privileged(sid: str) -> None:
    """A right given to everyone stays dangerous when everyone is also an administrator."""
    domain = Domain()
    domain.permit("DC1$", Entry(sid, FULL))
    assert domain.finding("vuln_permissions_dc").verdict is Verdict.FAIL
    domain.join("Administrators", domain.foreign(sid))
    assert domain.finding("vuln_permissions_dc").verdict is Verdict.FAIL


def test_hidden_members_of_domain_admins_are_not_nobody() -> None:
    """Accounts bear the mark of its members and the group shows none: nothing passes."""
    domain = Domain()
    domain.user("chef", 5100, adminCount=1)
    domain.group("rid-512", 512)
    for check in ("vuln_privileged_members", "vuln_dont_expire_priv", "vuln_spn_priv"):
        found = domain.finding(check)
        assert found.verdict is Verdict.NOT_TESTED, check
        assert "adminCount" in found.reason


def test_a_mark_left_on_somebody_who_went_proves_nothing() -> None:
    domain = Domain()
    domain.user("ancien", 5100, adminCount=1)
    assert domain.finding("vuln_dont_expire_priv").verdict is not Verdict.NOT_TESTED


def test_who_is_put_among_controllers_is_privileged() -> None:
    """Group 516 commands the domain: only true controllers are left out of the count."""
    domain = Domain()
    domain.user("intrus", 5200, primaryGroupID=516, servicePrincipalName="HTTP/x")
    found = domain.finding("vuln_spn_priv")
    assert found.verdict is Verdict.FAIL
    assert "intrus" in found.objects


def test_a_workstation_among_controllers_is_no_controller() -> None:
    domain = Domain()
    domain.computer("POSTE$", 6200, primaryGroupID=516, adminCount=0)
    found = domain.finding("vuln_privileged_members_no_admincount")
    assert found.verdict is Verdict.FAIL
    assert "POSTE$" in found.objects
