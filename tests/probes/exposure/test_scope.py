"""A scope is refused, in one sentence, unless it is signed, in force and within bounds."""

import hashlib
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest

from care_kit.model.facts.scope import Host, Scope, ScopeSignature
from care_kit.model.words.errors import ScopeError
from care_kit.probes.exposure.scope import authorise, bounded, read_scope
from tests.probes.exposure.scopes import NOON, SITE, office_hours, scope

FILE = """\
owner = "CHU Exemple"
purpose = "contrôle"
contact = "astreinte"
view = "externe"
networks = ["203.0.113.0/28"]
[validity]
begins = 2026-11-01
ends = 2026-11-30
from_hour = 08:00:00
"""


def signature(raw: bytes) -> ScopeSignature:
    return ScopeSignature(hashlib.sha256(raw).hexdigest(), "A. Martin", "RSSI", date(2026, 11, 1))


def refusal(one: Scope) -> str:
    with pytest.raises(ScopeError) as caught:
        bounded(one)
    assert caught.value.next_step
    return caught.value.sentence


def test_the_bytes_read_are_the_bytes_signed(tmp_path: Path) -> None:
    file = tmp_path / "perimetre.toml"
    file.write_text(FILE, encoding="utf-8")
    one, raw = read_scope(file)
    assert raw == file.read_bytes()
    assert one.validity.from_hour == time(8, 0)
    authorise(one, raw, signature(raw), NOON)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScopeError, match="ne peut pas être lu"):
        read_scope(tmp_path / "absent.toml")


def test_an_unknown_field_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "perimetre.toml"
    file.write_text("agressif = true\n" + FILE, encoding="utf-8")
    with pytest.raises(ScopeError, match="agressif"):
        read_scope(file)


def test_an_unsigned_scope_is_refused() -> None:
    with pytest.raises(ScopeError, match="pas signé"):
        authorise(scope(), b"x", None, NOON)


def test_one_byte_changed_after_signature_is_refused() -> None:
    with pytest.raises(ScopeError, match="modifié après sa signature"):
        authorise(scope(), b"y", signature(b"x"), NOON)


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        (datetime(2026, 10, 31, 23, 59), "pas encore valable"),
        (datetime(2026, 12, 1, 0, 0), "a expiré le 30/11/2026"),
    ],
)
def test_a_scope_out_of_its_dates_is_refused(moment: datetime, sentence: str) -> None:
    with pytest.raises(ScopeError, match=sentence):
        authorise(scope(), b"x", signature(b"x"), moment)


def test_a_scope_out_of_its_hours_is_refused() -> None:
    one = scope(validity=office_hours(time(20, 0), time(22, 0)))
    with pytest.raises(ScopeError, match="de 20:00 à 22:00"):
        authorise(one, b"x", signature(b"x"), NOON)


def test_hours_may_run_over_midnight() -> None:
    one = scope(validity=office_hours(time(22, 0), time(6, 0)))
    authorise(one, b"x", signature(b"x"), NOON.replace(hour=23))
    authorise(one, b"x", signature(b"x"), NOON.replace(hour=5))
    with pytest.raises(ScopeError, match="de 22:00 à 06:00"):
        authorise(one, b"x", signature(b"x"), NOON)


@pytest.mark.parametrize(
    "network", ["203.0.112.0/21", "0.0.0.0/0", "2001:db8::/117", "::/0", "0.0.0.0/1"]
)
def test_a_wide_network_is_refused(network: str) -> None:
    assert "plus large que permis" in refusal(scope(networks=(network,), hosts=()))


@pytest.mark.parametrize("network", ["203.0.112.0/22", "2001:db8::/118"])
def test_the_widest_allowed_network_is_accepted(network: str) -> None:
    bounded(scope(networks=(network,), hosts=()))


@pytest.mark.parametrize(
    "network", ["10.1.2.0/24", "127.0.0.1/32", "192.168.1.0/24", "fd00::/120", "100.64.0.0/24"]
)
def test_a_private_network_is_refused_from_outside(network: str) -> None:
    assert "privée" in refusal(scope(networks=(network,), hosts=()))
    bounded(scope(networks=(network,), hosts=(), view="interne"))


@pytest.mark.parametrize(
    ("host", "sentence"),
    [
        (Host("a.test", ("203.0.113.99",)), "hors des plages déclarées"),
        (Host("a.test", ()), "aucune adresse"),
        (Host("a.test", ("203.0.113.4 -oN x",)), "pas une adresse"),
        (Host("203.0.113.5", ("203.0.113.4",)), "sa propre adresse"),
        (Host("a.test", ("203.0.113.4",), (70_000,)), "n'existe pas"),
        (Host("a.test", ("10.0.0.1",), provider="P"), "privée"),
    ],
)
def test_an_inconsistent_host_is_refused(host: Host, sentence: str) -> None:
    assert sentence in refusal(scope(hosts=(host,)))


def test_a_host_at_an_excluded_address_is_refused() -> None:
    assert "exclue" in refusal(scope(excluded_addresses=SITE.addresses))


@pytest.mark.parametrize("domain", ["fr", "gouv.fr", "", "test"])
def test_a_public_suffix_is_not_a_hospital_domain(domain: str) -> None:
    assert "domaine d'établissement" in refusal(scope(domains=(domain,)))


def test_an_interface_suffix_is_refused() -> None:
    """Python takes any text after the percent sign, even a program's options."""
    host = Host("a.test", ("2001:db8::1%x -oN file",))
    assert "interface" in refusal(scope(networks=("2001:db8::/120",), hosts=(host,)))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("networks", ("203.0.113.0/33",)),
        ("networks", ("203.0.113.1/28",)),
        ("excluded_addresses", ("nulle part",)),
        ("fragile_addresses", ("nulle part",)),
        ("excluded_ports", (0,)),
        ("dkim_selectors", ("s1;x",)),
        ("optional", ("exploit",)),
        ("rdap", "http://rdap.registre.test/"),
        ("rdap", "https://rdap.registre.test/?x"),
        ("dkim_selectors", tuple(f"s{n}" for n in range(11))),
        ("view", "satellite"),
    ],
)
def test_a_malformed_field_is_refused(field: str, value: object) -> None:
    assert refusal(replace(scope(), **{field: value}))  # type: ignore[arg-type]
