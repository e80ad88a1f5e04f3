import pytest

from care_kit.model.facts.directory import Part
from care_kit.model.words.vocabulary import Verdict
from tests.model.facts.descriptors import FULL, Entry
from tests.rules.directory.domain import (
    BASE,
    SID,
    USERS,
    Domain,
    failure,
    spoiled,
    zone_property,
)

ZONES, MEMBERS, CONTAINER = (
    f"vuln_{name}" for name in ("dnszone_bad_prop", "dnsadmins", "permissions_msdns")
)


def zone(name: str, *properties: bytes) -> Domain:
    domain = Domain()
    dn = f"DC={name},CN=MicrosoftDNS,DC=ForestDnsZones,{BASE}"
    domain.add("other", dn, Part.FOREST_DNS, objectClass=("top", "dnsZone"))
    if properties:
        domain.change("other", dNSProperty=properties[0])
    return domain


@pytest.mark.parametrize(
    ("name", "level"),
    [("test.lan", 1), ("_msdcs.test.lan", 1), ("imagerie.test.lan", 3)],
)
def test_a_zone_that_anyone_may_write_in(name: str, level: int) -> None:
    finding = zone(name, zone_property(1)).finding(ZONES)
    assert (finding.verdict, finding.level) == (Verdict.FAIL, level)


@pytest.mark.parametrize("allowed", [0, 2])
def test_closed_and_authenticated_zones_pass(allowed: int) -> None:
    assert zone("autre.lan", zone_property(allowed)).finding(ZONES).verdict is Verdict.PASS


@pytest.mark.parametrize("raw", [(), (b"",), (b"\x01\x02",), (zone_property(1)[:20],)])
def test_hidden_or_damaged_settings_prevent_a_pass(raw: tuple[bytes, ...]) -> None:
    assert zone("autre.lan", *raw).finding(ZONES).verdict is Verdict.NOT_TESTED


def test_the_servers_own_zones_have_no_settings() -> None:
    assert zone("..TrustAnchors").finding(ZONES).verdict is Verdict.PASS


def test_no_zone_at_all_proves_nothing() -> None:
    assert spoiled(ZONES, lambda d: d.remove("zone")).verdict is Verdict.NOT_TESTED


def test_a_member_of_dns_administrators() -> None:
    spoil = lambda d: d.join("DnsAdmins", f"CN=agent,{USERS}")  # noqa: E731
    assert failure(MEMBERS, spoil) == (("agent",), 1)


def test_dns_administrators_hold_the_dns_container_by_design() -> None:
    entry = Entry(f"{SID}-1101", FULL)
    assert spoiled(CONTAINER, lambda d: d.permit("dns", entry)).verdict is Verdict.PASS
    assert spoiled(
        "vuln_permissions_adminsdholder", lambda d: d.permit("holder", entry)
    ).verdict is (Verdict.FAIL)
