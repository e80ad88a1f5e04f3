"""What a domain's records lead to: asked once each, within a ceiling, of the resolver only."""

import dns.resolver
import pytest

from care_kit.model.facts.exposure import DnsFact, DnsOutcome
from care_kit.model.facts.scope import Host
from care_kit.probes.exposure import zone
from tests.probes.exposure.scopes import scope

DOMAIN = "chu-exemple.fr"
RESOLVER = dns.resolver.Resolver(configure=False)
Zone = dict[tuple[str, str], tuple[str, ...]]
Asked = tuple[list[tuple[str, str]], Zone]
"""Questions in the order they came, and the table that answers them."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """The DNS is replaced by a table (an absent name does not exist); the lab asks a real one."""
    seen: list[tuple[str, str]] = []
    known: Zone = {}

    def ask(_resolver: object, name: str, kind: str) -> DnsFact:
        seen.append((name, kind))
        values = known.get((name, kind))
        if values is None:
            return DnsFact(name, kind, DnsOutcome.NXDOMAIN)
        outcome = DnsOutcome.ANSWER if values else DnsOutcome.UNKNOWN
        return DnsFact(name, kind, outcome, values)

    monkeypatch.setattr(zone, "ask", ask)
    return seen, known


def further(*known: DnsFact, **changes: object) -> dict[tuple[str, str], DnsFact]:
    one = scope(domains=(DOMAIN,), **changes)
    return {(f.name, f.type): f for f in zone.further(RESOLVER, one, DOMAIN, known)}


def test_servers_and_their_domains_are_looked_for(
    asked: Asked,
) -> None:
    asked[1][DOMAIN, "NS"] = ("ns1.vivant.fr.",)
    asked[1]["ns1.vivant.fr", "A"] = ("203.0.113.1",)
    asked[1][DOMAIN, "MX"] = ("10 mx.parti.fr.", "0 .")
    found = further()
    assert found["ns1.vivant.fr", "A"].values == ("203.0.113.1",)
    assert found["mx.parti.fr", "A"].outcome is DnsOutcome.NXDOMAIN
    assert found["parti.fr", "NS"].outcome is DnsOutcome.NXDOMAIN
    assert ("vivant.fr", "NS") not in found


def test_included_senders_are_followed_once_each(asked: Asked) -> None:
    asked[1][DOMAIN, "TXT"] = ("v=spf1 include:a.fr include:%{d}.x redirect=b.fr",)
    asked[1]["a.fr", "TXT"] = (f"v=spf1 include:{DOMAIN} include:a.fr include:c.fr -all",)
    found = further()
    assert {("a.fr", "TXT"), ("b.fr", "TXT"), ("c.fr", "TXT")} <= found.keys()
    assert len(asked[0]) == len(set(asked[0]))


def test_endless_includes_stop(asked: Asked) -> None:
    asked[1][DOMAIN, "TXT"] = ("v=spf1 include:i0.fr -all",)
    for number in range(100):
        asked[1][f"i{number}.fr", "TXT"] = (f"v=spf1 include:i{number + 1}.fr -all",)
    further()
    followed = [name for name, kind in asked[0] if kind == "TXT" and name.startswith("i")]
    assert len(followed) == zone.SPF_STEPS - 1


def test_the_ceiling_holds_whatever_the_records(asked: Asked) -> None:
    asked[1][DOMAIN, "TXT"] = ("v=spf1 " + " ".join(f"include:i{n}.fr" for n in range(500)),)
    asked[1][DOMAIN, "MX"] = tuple(f"10 mx{n}.autre{n}.fr." for n in range(500))
    asked[1][DOMAIN, "NS"] = tuple(f"ns{n}.autre{n}.fr." for n in range(500))
    further()
    assert len(asked[0]) <= zone.MOST


def test_a_dns_that_stops_answering_is_left_alone() -> None:
    silent = tuple(DnsFact(f"x{n}.fr", "A", DnsOutcome.UNKNOWN) for n in range(3))
    assert {one.detail for one in further(*silent).values()} == {"abandon : le DNS ne répond plus"}


def test_declared_selectors_and_aliases_are_asked(
    asked: Asked,
) -> None:
    asked[1][f"rdv.{DOMAIN}", "CNAME"] = ("rdv.parti.fr.",)
    hosts = (Host(f"rdv.{DOMAIN}", ("203.0.113.4",)), Host("ailleurs.fr", ("203.0.113.5",)))
    found = further(hosts=hosts, dkim_selectors=("s1",))
    assert found["rdv.parti.fr", "A"].outcome is DnsOutcome.NXDOMAIN
    assert (f"s1._domainkey.{DOMAIN}", "TXT") in found
    assert ("ailleurs.fr", "CNAME") not in found


def test_outside_receivers_of_reports_are_asked_for_their_agreement(
    asked: Asked,
) -> None:
    record = f"v=DMARC1; p=none; rua=mailto:a@rapports.{DOMAIN},mailto:b@tiers.fr"
    asked[1][f"_dmarc.{DOMAIN}", "TXT"] = (record,)
    found = further()
    assert (f"{DOMAIN}._report._dmarc.tiers.fr", "TXT") in found
    assert not any("rapports" in name for name, _kind in found)


def test_what_mail_servers_promise_is_asked_with_its_signature(asked: Asked) -> None:
    asked[1][DOMAIN, "MX"] = ("10 mx.vivant.fr.", "20 mx.autre.fr.")
    asked[1]["_25._tcp.mx.vivant.fr", "TLSA"] = ("3 1 1 ab",)
    found = further()
    assert found["_25._tcp.mx.vivant.fr", "TLSA"].values == ("3 1 1 ab",)
    assert ("vivant.fr", "DS") in found
    assert ("_25._tcp.mx.autre.fr", "TLSA") in found
    assert ("autre.fr", "DS") not in found, "an absent promise needs no signature"
