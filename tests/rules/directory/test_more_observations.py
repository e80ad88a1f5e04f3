"""Observations that Samba's schema cannot exhibit, and their neighbours, on facts made by hand."""

import pytest

from care_kit.model.facts.directory import DELEGATED_ACCOUNT, OBSERVED, Part, Section, unasked
from care_kit.model.words.vocabulary import Verdict
from tests.model.facts.descriptors import FULL, Entry
from tests.rules.directory.domain import (
    AGENT,
    BASE,
    CHECKS,
    CONFIGURATION,
    DELEGATED_CLASS,
    SID,
    USER_CLASS,
    Domain,
    Spoil,
    ago,
    both,
    failure,
    spoiled,
)

LAPS, KEYS = "obs_laps_coverage", "obs_key_credentials"
EXPIRED, SCRIPT = "obs_privileged_expired", "obs_privileged_script"
POLICIES, CREATION = "obs_policy_changed", "obs_dmsa_creation"
CONTAINERS, BIRTH = "obs_schema_containers", "obs_schema_permissions"
MINE = (LAPS, KEYS, EXPIRED, SCRIPT, POLICIES, CREATION, CONTAINERS, BIRTH)
UNIT = f"OU=Domain Controllers,{BASE}"
CREATE = 0x1


def windows(name: str, rid: int = 6001) -> Spoil:
    """An enabled workstation that LAPS never touched."""
    return lambda d: d.computer(name, rid, operatingSystem="Windows 11 Professionnel")


def keyed(name: str) -> Spoil:
    """A public key written on an account."""
    return lambda d: d.change(name, msDS_KeyCredentialLink="B:8:x")


def schema_class(domain: Domain, name: str, parent: str, **attributes: str) -> None:
    domain.add(
        f"schema-{name}",
        f"CN={name},CN=Schema,{CONFIGURATION}",
        Part.SCHEMA,
        objectClass=("top", "classSchema"),
        lDAPDisplayName=name,
        subClassOf=parent,
        **attributes,
    )


@pytest.mark.parametrize("check", MINE)
def test_an_observation_is_ours_and_has_no_level(check: str) -> None:
    assert CHECKS[check].levels == ()
    assert "ne compte jamais dans le niveau" in CHECKS[check].source


@pytest.mark.parametrize(
    ("check", "spoil", "objects"),
    [
        (LAPS, windows("PC2$"), ("PC2$",)),
        (EXPIRED, lambda d: d.change("Administrator", accountExpires=ago(1)), ("Administrator",)),
        (SCRIPT, lambda d: d.change("Administrator", scriptPath="x.cmd"), ("Administrator",)),
    ],
)
def test_fails_without_a_level(check: str, spoil: Spoil, objects: tuple[str, ...]) -> None:
    assert failure(check, spoil) == (objects, 0)


@pytest.mark.parametrize(
    ("check", "spoil"),
    [
        (EXPIRED, lambda d: d.hide("Administrator", "accountExpires")),
        (SCRIPT, lambda d: d.hide("Administrator", "userAccountControl")),
        (KEYS, lambda d: d.hide("Administrator", "userAccountControl")),
        (POLICIES, lambda d: d.hide("policy", "whenChanged")),
        (LAPS, lambda d: d.hide("PC1$", "msLAPS-PasswordExpirationTime")),
        (LAPS, lambda d: d.computer("NAS$", 6001)),  # it does not tell its system
        (CREATION, lambda d: d.hide("unit", "nTSecurityDescriptor")),
        (CONTAINERS, lambda d: d.hide("schema-user", "lDAPDisplayName")),
    ],
)
def test_is_not_tested_when_what_decides_is_hidden(check: str, spoil: Spoil) -> None:
    assert spoiled(check, spoil).verdict is Verdict.NOT_TESTED


@pytest.mark.parametrize("check", MINE)
def test_what_nobody_asked_for_proves_nothing(check: str) -> None:
    """A reading made before these attributes were asked for has none of them."""
    names = {DELEGATED_ACCOUNT, *(one for each in OBSERVED.values() for one in each)}
    domain = Domain()
    domain.unreadable = unasked(names)
    for name in ("Administrator", "agent", "Guest", "krbtgt"):
        domain.hide(name, "accountExpires")
    domain.hide("PC1$", "msLAPS-PasswordExpirationTime")
    domain.hide("policy", "whenChanged")
    assert domain.finding(check).verdict is Verdict.NOT_TESTED
    assert domain.finding("vuln_krbtgt").verdict is Verdict.PASS, "points do not stand on them"


class TestLaps:
    def test_a_machine_without_windows_needs_none(self) -> None:
        spoil: Spoil = lambda d: d.computer("NAS$", 6001, operatingSystem="pc-linux-gnu")  # noqa: E731
        assert spoiled(LAPS, spoil).verdict is Verdict.PASS

    def test_the_name_of_a_cluster_has_no_machine_to_protect(self) -> None:
        spoil: Spoil = lambda d: d.computer(  # noqa: E731
            "CLU$", 6001, servicePrincipalName="MSClusterVirtualServer/clu.test.lan"
        )
        assert spoiled(LAPS, spoil).verdict is Verdict.PASS

    def test_the_former_attribute_counts_as_well(self) -> None:
        def spoil(domain: Domain) -> None:
            windows("PC2$")(domain)
            domain.change("PC2$", ms_Mcs_AdmPwdExpirationTime=ago(-3))

        assert spoiled(LAPS, spoil).verdict is Verdict.PASS

    def test_without_the_attribute_in_the_schema_every_windows_machine_is_named(self) -> None:
        def spoil(domain: Domain) -> None:
            domain.remove("schema-msLAPS-PasswordExpirationTime")
            domain.hide("PC1$", "msLAPS-PasswordExpirationTime")

        assert failure(LAPS, spoil) == (("PC1$",), 0)

    def test_a_schema_read_in_part_does_not_prove_that_laps_is_absent(self) -> None:
        def spoil(domain: Domain) -> None:
            domain.remove("schema-msLAPS-PasswordExpirationTime")
            domain.unreadable = (f"{Section.SCHEMA} : lecture interrompue.",)

        assert spoiled(LAPS, spoil).verdict is Verdict.NOT_TESTED


@pytest.mark.parametrize(
    ("check", "spoil", "objects"),
    [
        (
            KEYS,
            lambda d: d.change("Administrator", msDS_KeyCredentialLink="B:8:x"),
            "Administrator",
        ),
        (KEYS, keyed("DC1$"), "DC1$"),
        (
            POLICIES,
            lambda d: d.change("policy", whenChanged="20261115080000.0Z", displayName="Postes"),
            "Postes",
        ),
    ],
)
def test_what_may_be_in_order_is_told_and_not_a_failure(
    check: str, spoil: Spoil, objects: str
) -> None:
    found = spoiled(check, spoil)
    assert (found.verdict, found.objects, found.level) == (Verdict.INFO, (objects,), 0)


def test_a_key_on_an_ordinary_account_is_not_told() -> None:
    assert spoiled(KEYS, keyed("agent")).verdict is Verdict.PASS


class TestDelegatedAccounts:
    @pytest.mark.parametrize("kind", ["", DELEGATED_CLASS])
    def test_creating_anything_or_one_of_them_is_told(self, kind: str) -> None:
        spoil: Spoil = lambda d: d.permit("unit", Entry(AGENT, CREATE, kind))  # noqa: E731
        path = f"agent → création de comptes de service délégués → {UNIT}"
        assert failure(CREATION, spoil) == ((path,), 0)

    def test_creating_users_only_is_an_ordinary_delegation(self) -> None:
        spoil: Spoil = lambda d: d.permit("unit", Entry(AGENT, CREATE, USER_CLASS))  # noqa: E731
        assert spoiled(CREATION, spoil).verdict is Verdict.PASS

    def test_the_root_of_the_domain_is_looked_at(self) -> None:
        spoil: Spoil = lambda d: d.permit("root", Entry("S-1-5-11", FULL))  # noqa: E731
        assert failure(CREATION, spoil)[0][0].startswith("Utilisateurs authentifiés → ")

    def test_a_schema_without_the_class_has_none(self) -> None:
        spoil = both(
            lambda d: d.remove(f"schema-{DELEGATED_ACCOUNT}"),
            lambda d: d.permit("unit", Entry(AGENT, CREATE)),
        )
        assert spoiled(CREATION, spoil).verdict is Verdict.PASS


class TestSchema:
    def test_a_container_allowed_under_a_machine_is_named(self) -> None:
        def spoil(domain: Domain) -> None:
            schema_class(domain, "container", "top")
            schema_class(domain, "between", "container")
            schema_class(domain, "storage", "between", possSuperiors="computer")
            schema_class(domain, "leaf", "top", possSuperiors="computer")
            schema_class(domain, "elsewhere", "container", possSuperiors="organizationalUnit")

        assert failure(CONTAINERS, spoil) == ((f"CN=storage,CN=Schema,{CONFIGURATION}",), 0)

    @pytest.mark.parametrize(
        "entry",
        [
            "(A;;WP;;;AU)",
            "(A;CI;RPWDLC;;;WD)",
            "(OA;;WO;bf9679c0-0de6-11d0-a285-00aa003049e2;;DU)",
            "(A;;GA;;;S-1-1-0)",
            f"(A;;0x10000000;;;{SID}-515)",
            "(A;;0x20;;;BU)",
            "(A;;CR;;;AN)",
        ],
    )
    def test_rights_given_to_nearly_anybody_at_birth_are_told(self, entry: str) -> None:
        spoil: Spoil = lambda d: d.change("schema-user", defaultSecurityDescriptor=f"D:{entry}")  # noqa: E731
        assert failure(BIRTH, spoil) == ((f"CN=user,CN=Schema,{CONFIGURATION}",), 0)

    @pytest.mark.parametrize(
        "entry",
        [
            "(A;;RPLCLORC;;;AU)",
            "(OA;;WP;bf9679c0-0de6-11d0-a285-00aa003049e2;;AU)",
            "(OA;;CR;ab721a53-1e2f-11d0-9819-00aa0040529b;;WD)",
            "(D;;WD;;;WD)",
            "(A;;GA;;;DA)",
            "(A;;0xZZ;;;AU)",
            "(A;;WD",
            "",
        ],
    )
    def test_rights_to_read_and_named_ones_are_not(self, entry: str) -> None:
        spoil: Spoil = lambda d: d.change("schema-user", defaultSecurityDescriptor=f"D:{entry}")  # noqa: E731
        assert spoiled(BIRTH, spoil).verdict is Verdict.PASS

    def test_classes_that_come_from_each_other_do_not_hang(self) -> None:
        def spoil(domain: Domain) -> None:
            schema_class(domain, "one", "two", possSuperiors="user")
            schema_class(domain, "two", "one")

        assert spoiled(CONTAINERS, spoil).verdict is Verdict.PASS
