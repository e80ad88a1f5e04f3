"""What the door lets through, by address value and hour; packets are counted in the lab."""

import ast
from dataclasses import replace
from datetime import date, datetime, time
from ipaddress import ip_address
from pathlib import Path

import pytest

import care_kit.probes.exposure
from care_kit.model.facts.scope import Host, Scope, Validity
from care_kit.model.words.errors import ScopeError
from care_kit.probes.exposure import hours
from care_kit.probes.exposure.gate import LAST_SECONDS, Forbidden, OwnStation, ScopeGate, Speech
from care_kit.probes.exposure.scope import bounded
from care_kit.probes.exposure.targets import provider_visits, targets
from tests.probes.exposure.scopes import CLOUD, SITE, office_hours, scope

OURS, SERVER = "203.0.113.10", "198.51.100.53"
WRITINGS = ("203.0.113.10", "::ffff:203.0.113.10", "::ffff:cb00:710a", "64:ff9b::cb00:710a")
SIX = scope(networks=("2001:db8::/120",), hosts=())


def refusal(one: Scope, address: str, port: int, speech: Speech) -> str:
    return ScopeGate(one).refusal(ip_address(address), port, speech)


@pytest.mark.parametrize("speech", [Speech.KNOCK, Speech.TALK])
def test_what_the_scope_declares_is_let_through(speech: Speech) -> None:
    assert refusal(scope(), OURS, 443, speech) == ""


@pytest.mark.parametrize("speech", list(Speech))
@pytest.mark.parametrize("address", WRITINGS)
@pytest.mark.parametrize("excluded", [*WRITINGS[:3], "203.0.113.0/28", "::ffff:203.0.113.0/124"])
def test_an_excluded_address_is_refused_in_any_writing(
    excluded: str, address: str, speech: Speech
) -> None:
    one = scope(excluded_addresses=(excluded,))
    assert refusal(one, address, 443, speech) == "adresse exclue"


@pytest.mark.parametrize("written", ["2001:db8::a", "2001:0DB8:0:0:0:0:0:000A", "2001:db8::8/125"])
@pytest.mark.parametrize("speech", list(Speech))
def test_an_excluded_ipv6_address_is_refused_in_any_writing(written: str, speech: Speech) -> None:
    one = replace(SIX, excluded_addresses=(written,))
    assert refusal(one, "2001:db8::a", 53, speech) == "adresse exclue"
    assert ip_address("2001:db8::a") not in {target.address for target in targets(one)}


@pytest.mark.parametrize("speech", [Speech.TALK, Speech.ASSOCIATE, Speech.TRANSFER])
@pytest.mark.parametrize("fragile", [*WRITINGS[:3], "203.0.113.0/28"])
def test_a_fragile_address_is_never_spoken_to(fragile: str, speech: Speech) -> None:
    one = scope(fragile_addresses=(fragile,))
    assert refusal(one, OURS, 104, speech) == "équipement fragile"
    assert refusal(one, OURS, 104, Speech.KNOCK) == ""
    assert all(target.fragile for target in targets(one) if str(target.address) == OURS)


@pytest.mark.parametrize("speech", [Speech.KNOCK, Speech.TALK, Speech.TRANSFER])
def test_an_excluded_port_is_refused_whoever_listens(speech: Speech) -> None:
    one = scope(excluded_ports=(53,))
    assert refusal(one, OURS, 53, speech) == "port exclu"
    assert refusal(one, SERVER, 53, Speech.TRANSFER) == "port exclu"


@pytest.mark.parametrize("speech", [Speech.KNOCK, Speech.TALK, Speech.ASSOCIATE])
def test_what_the_networks_do_not_hold_is_refused(speech: Speech) -> None:
    assert "hors des plages" in refusal(scope(), "203.0.113.16", 104, speech)


@pytest.mark.parametrize("view", ["externe", "interne"])
@pytest.mark.parametrize(
    "address",
    [
        *("10.0.0.53", "192.168.1.1", "127.0.0.1", "0.0.0.0", "169.254.169.254"),
        *("100.100.100.200", "168.63.129.16", "192.0.0.192", "224.0.0.251", "255.255.255.255"),
        *("::1", "fd00:ec2::254", "fe80::1", "::ffff:10.0.0.53", "::ffff:169.254.169.254"),
        *("64:ff9b::a9fe:a9fe", "2002:7f00:1::", "ff02::1"),
    ],
)
def test_private_and_metadata_addresses_are_no_name_servers(address: str, view: str) -> None:
    one = scope(view=view)
    assert refusal(one, address, 53, Speech.TRANSFER) == "adresse privée"
    assert refusal(one, address, 443, Speech.REGISTRY) == "adresse privée"


def test_a_name_server_within_internal_networks_may_be_asked() -> None:
    one = scope(view="interne", networks=("10.0.0.0/24",), hosts=())
    assert refusal(one, "10.0.0.53", 53, Speech.TRANSFER) == ""
    assert refusal(one, SERVER, 53, Speech.TRANSFER) == ""


def test_a_machine_of_a_provider_is_visited_and_nothing_else() -> None:
    one = scope(hosts=(SITE, CLOUD))
    assert refusal(one, CLOUD.addresses[0], 443, Speech.TALK) == ""
    for port, speech in ((443, Speech.KNOCK), (22, Speech.TALK), (104, Speech.ASSOCIATE)):
        assert refusal(one, CLOUD.addresses[0], port, speech) == "machine d'un hébergeur"


@pytest.mark.parametrize("written", ["198.51.100.7", "::ffff:198.51.100.7", "198.51.100.0/24"])
@pytest.mark.parametrize("closed", ["fragile_addresses", "excluded_addresses"])
def test_a_machine_of_a_provider_left_alone_is_not_visited(closed: str, written: str) -> None:
    one = scope(hosts=(Host(CLOUD.name, CLOUD.addresses, (443,), provider="Hébergeur"),))
    one = replace(one, **{closed: (written,)})  # type: ignore[arg-type]
    assert not list(provider_visits(one, {CLOUD.name: CLOUD.addresses}))
    assert refusal(one, CLOUD.addresses[0], 443, Speech.TALK)


def test_silent_ports_get_an_association_or_nothing() -> None:
    assert refusal(scope(), OURS, 2575, Speech.TALK) == "port laissé muet"
    assert refusal(scope(), OURS, 104, Speech.ASSOCIATE) == ""
    assert refusal(scope(), OURS, 443, Speech.ASSOCIATE) == "port laissé muet"


def test_without_a_scope_only_this_station_is_reached() -> None:
    for address in ("192.0.2.1", "10.0.0.1", "2001:db8::1"):
        with pytest.raises(Forbidden):
            OwnStation().permit(ip_address(address), 443, Speech.KNOCK)


@pytest.mark.parametrize("written", ["203.0.113.300", "203.0.113.9/28", "fe80::1%eth0", "x/8"])
@pytest.mark.parametrize("place", ["excluded_addresses", "fragile_addresses"])
def test_what_is_neither_address_nor_block_is_refused(place: str, written: str) -> None:
    with pytest.raises(ScopeError):
        bounded(scope(**{place: (written,)}))


DAY = date(2026, 11, 20)


def at(hour: int, minute: int = 0, second: int = 0, day: date = DAY) -> datetime:
    return datetime.combine(day, time(hour, minute, second)).astimezone()


@pytest.mark.parametrize(
    ("begins", "ends", "now", "closing"),
    [
        (time(8), time(18), at(12), at(18)),
        (time(22), time(6), at(23), at(6, day=date(2026, 11, 21))),
        (time(22), time(6), at(5), at(6)),
        (time(0), time(23, 59, 59), at(12), at(0, day=date(2026, 12, 1))),
        (time(8), time(23, 59, 59), at(12), at(0, day=date(2026, 11, 21))),
        (time(22), time(6), at(23, day=date(2026, 11, 30)), at(0, day=date(2026, 12, 1))),
    ],
)
def test_the_end_of_the_hours_under_way(
    begins: time, ends: time, now: datetime, closing: datetime
) -> None:
    assert hours.end(office_hours(begins, ends), now) == closing


def test_an_exchange_lasts_no_longer_than_the_hours() -> None:
    one = scope(validity=office_hours(time(8), time(18)))
    gate = ScopeGate(one, clock=lambda: at(17, 59, 50))
    assert gate.permit(ip_address(OURS), 443, Speech.TALK) == 10 - LAST_SECONDS


@pytest.mark.parametrize(
    "now", [at(17, 59, 59), at(18, 0, 1), at(7, 59), at(12, day=date(2027, 1, 1))]
)
def test_nothing_begins_outside_the_hours(now: datetime) -> None:
    gate = ScopeGate(scope(validity=office_hours(time(8), time(18))), clock=lambda: now)
    for speech in Speech:
        with pytest.raises(hours.OutOfHours):
            gate.permit(ip_address(OURS), 104 if speech is Speech.ASSOCIATE else 443, speech)


def test_the_last_second_of_a_whole_day_is_allowed() -> None:
    hours.in_force(Validity(DAY, DAY), datetime.combine(DAY, time.max).astimezone())


SENDERS = {
    *("socket.socket", "socket.create_connection", "socket.getaddrinfo", "socket.create_server"),
    *("socket.gethostbyname", "subprocess.run", "subprocess.Popen", "os.system", "os.popen"),
    *("http.client.HTTPConnection", "http.client.HTTPSConnection", "urllib.request.urlopen"),
    *("ssl.get_server_certificate", "dns.query.xfr", "dns.query.inbound_xfr", "dns.resolver.query"),
    *("smtplib.SMTP", "ftplib.FTP", "imaplib.IMAP4", "poplib.POP3", "telnetlib.Telnet"),
}
DOORS = {"gate.py": {"socket.socket"}, "child.py": {"subprocess.Popen"}}


def test_no_socket_is_made_and_no_program_started_outside_the_door() -> None:
    folder = Path(care_kit.probes.exposure.__file__).parent
    for file in folder.glob("*.py"):
        calls = {
            ast.unparse(one.func)
            for one in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(one, ast.Call)
        }
        assert calls & SENDERS <= DOORS.get(file.name, set()), file.name


def test_dnspython_is_given_sockets_and_makes_none() -> None:
    text = (Path(care_kit.probes.exposure.__file__).parent / "dns.py").read_text(encoding="utf-8")
    queries = [
        one
        for one in ast.walk(ast.parse(text))
        if isinstance(one, ast.Call) and ast.unparse(one.func).startswith("dns.query.")
    ]
    assert queries
    assert all("sock" in {named.arg for named in one.keywords} for one in queries)
