"""The exploited-vulnerabilities catalogue: dated, bounded, never rolled back."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from care_kit import resources
from care_kit.catalog import kev
from care_kit.model.content.kev import Kev
from care_kit.model.formats import codec
from care_kit.model.words.errors import ContentError, InputError

TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _no_overlay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARE_KIT_OVERLAY", str(tmp_path / "overlay"))


def document(**changes: Any) -> dict[str, Any]:
    """A catalogue of one vulnerability, in CISA's format."""
    row = {
        "cveID": "CVE-2026-12345",
        "vendorProject": "Editeur",
        "product": "Produit",
        "vulnerabilityName": "Faille",
        "dateAdded": "2026-11-01",
        "shortDescription": "d",
        "requiredAction": "a",
        "dueDate": "2026-11-20",
        "knownRansomwareCampaignUse": "Known",
        "forensicTriage": "a key added since",
    }
    whole = {
        "catalogVersion": "2026.11.10",
        "dateReleased": "2026-11-10T10:00:00.000Z",
        "count": 1,
        "vulnerabilities": [row],
    }
    return whole | changes


def raw(**changes: Any) -> bytes:
    return json.dumps(document(**changes)).encode()


def admit(data: bytes) -> Kev:
    return kev.admitted(data, "kev.json", kev.load_kev(), TODAY)


def test_the_shipped_edition_is_cisas_own_with_its_licence() -> None:
    shipped = kev.load_kev()
    assert (shipped.version, shipped.date, shipped.count) == (
        "2025.08.25",
        date(2025, 8, 25),
        1404,
    )
    assert sum(len(one) for one in shipped.entries.values()) == shipped.count
    assert not shipped.imported
    licence = resources.data("checks").joinpath("data", "kev.LICENSE.txt").read_text("utf-8")
    assert "CC0 1.0 Universal" in licence


def test_entries_are_found_by_vendor_and_product() -> None:
    names = {one.cve for one in kev.load_kev().of("fortinet", "FORTIOS")}
    assert "CVE-2022-42475" in names
    assert kev.load_kev().of("inconnu", "inconnu") == ()


@pytest.mark.parametrize(
    ("age", "usable"), [(0, True), (90, True), (91, False), (-1, True), (-2, False)]
)
def test_an_edition_serves_ninety_days(age: int, usable: bool) -> None:
    assert kev.kev_usable(TODAY - timedelta(days=age), TODAY) is usable


def test_the_shipped_edition_has_no_privilege() -> None:
    assert not kev.kev_usable(kev.load_kev().date, TODAY)


def test_a_newer_edition_is_admitted_whatever_new_keys_it_has() -> None:
    edition = admit(raw())
    (entry,) = edition.of("éditeur".replace("é", "e"), "produit")
    assert (entry.cve, entry.ransomware, edition.imported) == ("CVE-2026-12345", True, True)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "JSON"),
        (b"[]", "n'est pas le catalogue"),
        (b"[" * 100_000, "JSON"),
        (raw(count=2), "incomplet"),
        (raw(count=0, vulnerabilities=[]), "incomplet"),
        (raw(catalogVersion="demain"), "version illisible"),
        (raw(catalogVersion="2026.13.40"), "version illisible"),
        (raw(catalogVersion="9999.01.01"), "dans le futur"),
        (raw(dateReleased="2027-01-01T00:00:00Z"), "dans le futur"),
        (raw(catalogVersion="2025.08.24"), "plus ancien"),
        (raw(dateReleased="hier"), "dateReleased"),
        (raw(vulnerabilities=[{"cveID": "CVE-2026-12345"}]), "vendorProject"),
        (raw(vulnerabilities=[document()["vulnerabilities"][0] | {"cveID": "<b>"}]), "CVE"),
    ],
)
def test_a_bad_edition_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        admit(data)


def test_the_newest_of_shipped_and_own_is_used() -> None:
    own = kev.own_file()
    own.parent.mkdir(parents=True)
    own.write_bytes(codec.compress(raw()))
    assert kev.load_kev().version == "2026.11.10"
    own.write_bytes(codec.compress(raw(catalogVersion="2020.01.01")))
    assert kev.load_kev().version == "2025.08.25"


def test_a_damaged_own_edition_is_told() -> None:
    own = kev.own_file()
    own.parent.mkdir(parents=True)
    own.write_bytes(b"\x1f\x8b not gzip")
    with pytest.raises(ContentError, match="ne peut pas être lu"):
        kev.load_kev()


def test_a_huge_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kev, "MAX_BYTES", 10)
    (tmp_path / "gros.json").write_bytes(b"0" * 11)
    with pytest.raises(InputError, match="dépasse"):
        kev.read_edition(tmp_path / "gros.json")
