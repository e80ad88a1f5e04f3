"""Observations outside ANSSI's points: they fail without a level."""

import pytest

from care_kit.model.facts.directory import Part
from care_kit.model.words.vocabulary import Verdict
from tests.model.facts.descriptors import FULL, Entry
from tests.rules.directory.domain import (
    AGENT,
    BASE,
    GUIDS,
    RIGHTS,
    SID,
    USERS,
    Domain,
    Spoil,
    ago,
    failure,
    spoiled,
    zone_property,
)

PATHS = "obs_control_paths"
HOLDER = f"CN=AdminSDHolder,CN=System,{BASE}"


@pytest.mark.parametrize(
    ("check", "spoil", "objects"),
    [
        (
            "obs_password_not_required",
            lambda d: d.change("agent", userAccountControl=0x220),
            ("agent",),
        ),
        (
            "obs_administrator_used",
            lambda d: d.change("Administrator", lastLogonTimestamp=ago(10)),
            ("Administrator",),
        ),
        (
            "obs_privileged_disabled",
            lambda d: d.change("Administrator", userAccountControl=0x202),
            ("Administrator",),
        ),
    ],
)
def test_fails_without_a_level(check: str, spoil: Spoil, objects: tuple[str, ...]) -> None:
    assert failure(check, spoil) == (objects, 0)


def test_a_disabled_account_may_have_no_password() -> None:
    spoil: Spoil = lambda d: d.change("agent", userAccountControl=0x222)  # noqa: E731
    assert spoiled("obs_password_not_required", spoil).verdict is Verdict.PASS


def twice(name: str) -> Domain:
    domain = Domain()
    for part, place in ((Part.DOMAIN_DNS, "DomainDnsZones"), (Part.FOREST_DNS, "ForestDnsZones")):
        dn = f"DC={name},CN=MicrosoftDNS,DC={place},{BASE}"
        kind = ("top", "dnsZone")
        domain.add(place, dn, part, objectClass=kind, dNSProperty=zone_property(2))
    return domain


def test_a_zone_stored_twice() -> None:
    assert len(twice("imagerie.lan").finding("obs_dns_duplicate").objects) == 2


def test_root_hints_are_stored_twice_by_design() -> None:
    assert twice("RootDNSServers").finding("obs_dns_duplicate").verdict is Verdict.PASS


def test_a_right_held_by_an_account_is_a_path_of_one_step() -> None:
    spoil: Spoil = lambda d: d.permit("holder", Entry(AGENT, FULL))  # noqa: E731
    assert failure(PATHS, spoil) == ((f"agent → contrôle total → {HOLDER}",), 0)


def chain(domain: Domain) -> None:
    """PC1$ resets the password of agent, a member of a group that commands the model."""
    domain.group("helpers", 7001, f"CN=agent,{USERS}")
    domain.permit("holder", Entry(f"{SID}-7001", FULL))
    reset = RIGHTS["User-Force-Change-Password"]
    domain.permit("agent", Entry(f"{SID}-6000", 0x100, reset))


def test_the_nearest_account_starts_the_path() -> None:
    path = f"agent → membre du groupe → helpers → contrôle total → {HOLDER}"
    assert failure(PATHS, chain)[0] == (path,)


def test_a_path_goes_through_accounts_and_groups() -> None:
    def spoil(domain: Domain) -> None:
        chain(domain)
        domain.change("agent", userAccountControl=0x202)  # disabled: it starts nothing

    assert failure(PATHS, spoil)[0] == (
        "PC1$ → réinitialisation du mot de passe → agent → membre du groupe → helpers "
        f"→ contrôle total → {HOLDER}",
    )


def test_filling_a_group_is_a_step() -> None:
    def spoil(domain: Domain) -> None:
        domain.group("helpers", 7001)
        domain.permit("holder", Entry(f"{SID}-7001", FULL))
        domain.permit("helpers", Entry("S-1-5-11", 0x20, GUIDS["member"]))

    assert failure(PATHS, spoil)[0] == (
        f"Utilisateurs authentifiés → écriture de member → helpers → contrôle total → {HOLDER}",
    )


def test_rights_of_level_two_and_dead_ends_are_not_paths() -> None:
    def spoil(domain: Domain) -> None:
        domain.group("empty", 7001)
        domain.permit("holder", Entry(f"{SID}-7001", FULL))
        domain.permit("DC1$", Entry(AGENT, 0x20, GUIDS["servicePrincipalName"]))

    assert spoiled(PATHS, spoil).verdict is Verdict.PASS


def test_groups_that_hold_each_other_do_not_hang() -> None:
    def spoil(domain: Domain) -> None:
        first = domain.group("first", 7001)
        domain.join("first", domain.group("second", 7002, first, f"CN=agent,{USERS}"))
        domain.permit("holder", Entry(f"{SID}-7001", FULL))

    assert failure(PATHS, spoil)[0][0].startswith("agent → membre du groupe → second → ")


def test_logon_dates_hidden_from_the_account_are_not_never() -> None:
    domain = Domain()
    for name in [
        name for name, (_, _, known) in domain._entries.items() if "lastlogontimestamp" in known
    ]:
        domain.hide(name, "lastLogonTimestamp")
    assert domain.finding("obs_administrator_used").verdict is Verdict.NOT_TESTED
