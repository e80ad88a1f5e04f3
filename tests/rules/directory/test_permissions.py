"""Permissions: what counts as dangerous, for whom, and at which level."""

import pytest

from care_kit.model.facts.directory import Section
from care_kit.model.words.vocabulary import Verdict
from tests.model.facts.descriptors import FULL, Entry, descriptor
from tests.rules.directory.domain import (
    AGENT,
    BASE,
    GUIDS,
    PUBLIC_INFORMATION,
    RIGHTS,
    SID,
    USER_CLASS,
    USERS,
    Domain,
    Spoil,
    failure,
    spoiled,
)

DC, HOLDER, ROOT = (
    f"vuln_permissions_{name}" for name in ("dc", "adminsdholder", "naming_context")
)
MEMBERS = "vuln_privileged_members_perm"
CREATE, VALIDATED, WRITE, CONTROL, WRITE_DACL = 0x1, 0x8, 0x20, 0x100, 0x40000
INHERIT_ONLY = 0x8


def permit(name: str, *entries: Entry) -> Spoil:
    return lambda d: d.permit(name, *entries)


def agent(mask: int, about: str = "", flags: int = 0, kind: int | None = None) -> Entry:
    return Entry(AGENT, mask, about, flags=flags, kind=kind)


@pytest.mark.parametrize(
    ("entry", "right", "level"),
    [
        (agent(FULL), "contrôle total", 1),
        (agent(0x10000000), "contrôle total", 1),
        (agent(WRITE_DACL), "modification des permissions", 1),
        (agent(0x80000), "prise de possession", 1),
        (agent(WRITE), "écriture de toutes les propriétés", 1),
        (agent(CONTROL), "tous les droits étendus", 1),
        (
            agent(CONTROL, RIGHTS["User-Force-Change-Password"]),
            "réinitialisation du mot de passe",
            1,
        ),
        (
            agent(WRITE, GUIDS["msDS-KeyCredentialLink"]),
            "écriture de msDS-KeyCredentialLink",
            1,
        ),
        (agent(WRITE, GUIDS["servicePrincipalName"]), "écriture de servicePrincipalName", 2),
        (agent(WRITE, PUBLIC_INFORMATION), "écriture de servicePrincipalName", 2),
        (
            agent(VALIDATED, RIGHTS["Validated-SPN"]),
            "écriture validée du nom de service",
            2,
        ),
    ],
)
def test_a_right_on_a_controller(entry: Entry, right: str, level: int) -> None:
    assert failure(DC, permit("DC1$", entry)) == ((f"agent → {right} → DC1$",), level)


@pytest.mark.parametrize(
    "entry",
    [
        agent(0x20094),
        agent(FULL, flags=INHERIT_ONLY),
        agent(CREATE),
        agent(CONTROL, "ab721a53-1e2f-11d0-9819-00aa0040529b"),
        agent(WRITE, "bf967a7f-0de6-11d0-a285-00aa003049e2"),
        agent(WRITE, GUIDS["gPLink"]),
        agent(FULL, kind=17),
        Entry(f"{SID}-519", FULL),
        Entry("S-1-5-10", FULL),
        Entry("S-1-5-32-548", FULL),
    ],
    ids=[
        "reading",
        "for the children only",
        "creation inside an account",
        "changing a password one knows",
        "an unwatched property",
        "a property that controllers do not have",
        "an unknown type",
        "an administrator of the forest",
        "the object itself",
        "operators without members",
    ],
)
def test_what_is_not_dangerous_on_a_controller(entry: Entry) -> None:
    assert spoiled(DC, permit("DC1$", entry)).verdict is Verdict.PASS


def test_operators_count_once_they_have_a_member() -> None:
    found = failure(DC, lambda d: d.join("Operators", f"CN=agent,{USERS}"))
    assert found == (("Operators → contrôle total → DC1$",), 1)


def test_a_refusal_before_takes_the_right_away_and_after_does_not() -> None:
    refusal = Entry("S-1-5-11", WRITE_DACL, deny=True)
    grant = agent(WRITE_DACL)
    assert spoiled(DC, permit("DC1$", refusal, grant)).verdict is Verdict.PASS
    assert spoiled(DC, permit("DC1$", grant, refusal)).verdict is Verdict.FAIL


def test_a_refusal_of_one_property_leaves_the_others() -> None:
    refusal = Entry(AGENT, WRITE, GUIDS["servicePrincipalName"], deny=True)
    assert spoiled(DC, permit("DC1$", refusal, agent(WRITE))).verdict is Verdict.FAIL


def test_a_refusal_under_a_condition_takes_nothing_away() -> None:
    refusal = Entry("S-1-5-11", WRITE_DACL, kind=10)
    assert spoiled(DC, permit("DC1$", refusal, agent(WRITE_DACL))).verdict is Verdict.FAIL


def test_no_list_at_all_gives_everything_to_everybody() -> None:
    empty = bytearray(descriptor(f"{SID}-512"))
    empty[2:4], empty[16:20] = b"\x00\x80", bytes(4)
    objects, _ = failure(DC, lambda d: d.change("DC1$", nTSecurityDescriptor=bytes(empty)))
    assert objects == ("Tout le monde → aucune liste de permissions → DC1$",)


def test_an_owner_may_change_permissions() -> None:
    owned: Spoil = lambda d: d.permit("holder", owner=AGENT)  # noqa: E731
    assert failure(HOLDER, owned)[0] == (
        f"agent → propriétaire → CN=AdminSDHolder,CN=System,{BASE}",
    )


def test_an_owner_bound_by_owner_rights_may_not() -> None:
    bound: Spoil = lambda d: d.permit("holder", Entry("S-1-3-4", 0x20094), owner=AGENT)  # noqa: E731
    assert spoiled(HOLDER, bound).verdict is Verdict.PASS


def test_the_owner_of_a_machine_may_not_when_the_forest_says_so() -> None:
    def owned(domain: Domain) -> None:
        domain.permit("DC1$", owner=AGENT)

    def also_allowed(domain: Domain) -> None:
        domain.change("service", dSHeuristics="0")
        owned(domain)

    assert spoiled(DC, owned).verdict is Verdict.PASS
    assert failure(DC, also_allowed)[0] == ("agent → propriétaire → DC1$",)


@pytest.mark.parametrize(
    ("rights", "level"),
    [
        (("DS-Replication-Get-Changes", "DS-Replication-Get-Changes-All"), 1),
        (("DS-Replication-Get-Changes-All",), 2),
    ],
)
def test_replicating_secrets(rights: tuple[str, ...], level: int) -> None:
    entries = [agent(CONTROL, RIGHTS[name]) for name in rights]
    assert failure(ROOT, permit("root", *entries))[1] == level


def test_replicating_what_is_not_secret_is_not_dangerous() -> None:
    entry = agent(CONTROL, RIGHTS["DS-Replication-Get-Changes"])
    assert spoiled(ROOT, permit("root", entry)).verdict is Verdict.PASS


def test_read_only_controllers_replicate_by_default() -> None:
    group = f"{SID}-498"
    entries = [Entry(group, CONTROL, guid) for guid in list(RIGHTS.values())[1:3]]
    assert spoiled(ROOT, permit("root", *entries)).verdict is Verdict.PASS
    assert spoiled(ROOT, permit("root", Entry(group, WRITE_DACL))).verdict is Verdict.FAIL


@pytest.mark.parametrize(("about", "level"), [("", 2), (USER_CLASS, 2)])
def test_creating_accounts_at_the_root(about: str, level: int) -> None:
    assert failure(ROOT, permit("root", agent(CREATE, about)))[1] == level


def test_creating_printers_at_the_root_is_not_dangerous() -> None:
    printers = agent(CREATE, "bf967aa8-0de6-11d0-a285-00aa003049e2")
    assert spoiled(ROOT, permit("root", printers)).verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("check", "name", "entry"),
    [
        (HOLDER, "holder", agent(WRITE, GUIDS["member"])),
        ("vuln_permissions_schema", "schema-member", agent(WRITE_DACL)),
        ("vuln_permissions_dfsr_sysvol", "dfsr", agent(WRITE_DACL)),
        ("vuln_permissions_dpapi", "dpapi", agent(CONTROL)),
        ("vuln_permissions_gmsa_keys", "kds-key", agent(CONTROL)),
        ("vuln_permissions_gmsa_keys", "kds", agent(WRITE_DACL)),
        ("vuln_permissions_msdns", "dns", agent(WRITE, USER_CLASS)),
        ("vuln_permissions_gpo_priv", "policy", agent(WRITE, GUIDS["gPCFileSysPath"])),
        ("vuln_dnsadmins", "DnsAdmins", agent(WRITE, GUIDS["member"])),
        (MEMBERS, "Administrator", agent(CONTROL, RIGHTS["User-Force-Change-Password"])),
    ],
)
def test_fails_at_level_one(check: str, name: str, entry: Entry) -> None:
    (line,), level = failure(check, permit(name, entry))
    assert line.startswith("agent → ")
    assert level == 1


def test_rights_of_level_two_do_not_count_where_the_point_has_level_one_only() -> None:
    entry = agent(CREATE)
    assert spoiled("vuln_adcs_control", permit("pki", entry)).verdict is Verdict.PASS


@pytest.mark.parametrize("place", ["site", "unit"])
def test_linking_a_policy_where_controllers_live(place: str) -> None:
    def spoil(domain: Domain) -> None:
        domain.computer("DC2$", 1002, primaryGroupID=516, userAccountControl=0x82000)
        moved = f"CN=DC2,OU=Domain Controllers,{BASE}"
        domain._entries["DC2$"] = (moved, *domain._entries["DC2$"][1:])
        domain.permit(place, agent(WRITE, GUIDS["gPLink"]))

    assert failure("vuln_permissions_gpo_container_priv", spoil)[1] == 2


def test_a_disabled_link_applies_nothing() -> None:
    def spoil(domain: Domain) -> None:
        domain.change("root", gPLink=f"[LDAP://CN={{1}},CN=Policies,CN=System,{BASE};1]")
        domain.permit("policy", agent(FULL))

    assert spoiled("vuln_permissions_gpo_priv", spoil).verdict is Verdict.NOT_TESTED


def test_a_linked_policy_that_was_not_read_prevents_a_pass() -> None:
    finding = spoiled("vuln_permissions_gpo_priv", lambda d: d.remove("policy"))
    assert finding.verdict is Verdict.NOT_TESTED


def test_the_manager_of_a_read_only_controller() -> None:
    def spoil(domain: Domain) -> None:
        domain.computer("RODC$", 1003, primaryGroupID=521, userAccountControl=0x5001000)
        domain.change("RODC$", managedBy=f"CN=agent,{USERS}")

    assert failure(DC, spoil) == (
        ("agent → gestionnaire du contrôleur (managedBy) → RODC$",),
        2,
    )


@pytest.mark.parametrize(
    ("check", "name"),
    [
        ("vuln_permissions_dpapi", "dpapi"),
        ("vuln_permissions_gmsa_keys", "kds-key"),
        (HOLDER, "holder"),
    ],
)
def test_what_is_hidden_is_not_tested(check: str, name: str) -> None:
    assert spoiled(check, lambda d: d.remove(name)).verdict is Verdict.NOT_TESTED
    hidden = spoiled(check, lambda d: d.hide(name, "nTSecurityDescriptor"))
    assert hidden.verdict is Verdict.NOT_TESTED


def test_bytes_that_are_not_a_descriptor_are_not_tested() -> None:
    finding = spoiled(HOLDER, lambda d: d.change("holder", nTSecurityDescriptor=b"\x01"))
    assert finding.verdict is Verdict.NOT_TESTED


def test_without_the_schema_nothing_is_decided() -> None:
    assert spoiled(HOLDER, lambda d: d.remove("schema-member")).verdict is Verdict.NOT_TESTED


def test_accounts_cut_short_decide_nothing() -> None:
    def spoil(domain: Domain) -> None:
        domain.unreadable = (f"{Section.PRINCIPALS} : lecture interrompue.",)
        domain.permit("holder", agent(FULL))

    assert spoiled(HOLDER, spoil).verdict is Verdict.NOT_TESTED


def test_privileged_accounts_protected_like_the_model_are_not_examined() -> None:
    spoil: Spoil = lambda d: d.protect("Administrator")  # noqa: E731
    assert "protégés comme AdminSDHolder : 1" in spoiled(MEMBERS, spoil).reason
    broken = lambda d: d.protect("Administrator", agent(WRITE_DACL))  # noqa: E731
    assert spoiled(MEMBERS, broken).verdict is Verdict.FAIL


def test_a_delegate_protected_like_the_model_is_accepted() -> None:
    def delegate(domain: Domain) -> None:
        domain.permit("holder", agent(WRITE_DACL))

    def protected(domain: Domain) -> None:
        domain.protect("agent", agent(WRITE_DACL))
        delegate(domain)

    assert spoiled(HOLDER, delegate).verdict is Verdict.FAIL
    assert spoiled(HOLDER, protected).verdict is Verdict.PASS


@pytest.mark.parametrize(("inside", "verdict"), [("agent", Verdict.PASS), ("PC1$", Verdict.FAIL)])
def test_a_group_of_delegates_is_accepted_when_each_is_protected(
    inside: str, verdict: Verdict
) -> None:
    def spoil(domain: Domain) -> None:
        entry = Entry(f"{SID}-7001", WRITE_DACL)
        domain.group("delegates", 7001, f"CN={inside.rstrip('$')},{USERS}")
        domain.permit("holder", entry)
        for name in ("agent", "delegates"):
            domain.protect(name, entry)

    assert spoiled(HOLDER, spoil).verdict is verdict


def test_members_of_nested_privileged_groups_command_already() -> None:
    def spoil(domain: Domain) -> None:
        nested = domain.group("nested", 7001, domain.user("inside", 5001))
        domain.join("rid-512", nested)
        domain.permit("holder", Entry(f"{SID}-7001", FULL), Entry(f"{SID}-5001", FULL))

    assert spoiled(HOLDER, spoil).verdict is Verdict.PASS
