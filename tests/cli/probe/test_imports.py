"""The import commands, from the file to what `care assess` and a redacted package say of it.

Reports and collections are crafted from public format descriptions: no real export is available.
"""

import json
import zipfile
from pathlib import Path

import pytest

from care_kit.demo.recorded import recorded_reading
from care_kit.model.facts import directory_codec
from care_kit.model.words.errors import INCOMPLETE
from tests.cli.conftest import Care
from tests.probes.imports.oradad_files import write_oradad
from tests.probes.imports.reports import ads_open, as_json, bloodhound, pingcastle
from tests.probes.imports.test_ldif import ROOT

NO_LEVEL = "d'après les points de contrôle publiés par l'ANSSI"


def test_an_oradad_collection_gives_the_level_of_the_forest(started: Care, tmp_path: Path) -> None:
    live = directory_codec.decode(recorded_reading()[0])
    write_oradad(tmp_path / "collecte", live)
    result = started("probe", "import-oradad", "collecte")
    assert result.code == INCOMPLETE, result.err
    assert "Relevé INCOMPLET enregistré : chu-exemple.lan" in result.out
    assert "Limite : Relevé importé d'une collecte ORADAD" in result.out
    text = started("assess").out
    assert "Annuaire chu-exemple.lan" in text and NO_LEVEL in " ".join(text.split())


def test_an_encrypted_collection_is_refused(started: Care, tmp_path: Path) -> None:
    (tmp_path / "forêt.mla").write_bytes(b"MLA")
    result = started("probe", "import-oradad", "forêt.mla")
    assert result.refused_clearly
    assert "outputFiles=1" in result.err


def test_an_ldif_without_a_moment_asks_for_its_day(started: Care, tmp_path: Path) -> None:
    (tmp_path / "a.ldif").write_bytes(ROOT.replace(b"currentTime", b"x"))
    refused = started("probe", "import-ldif", "a.ldif")
    assert refused.refused_clearly and "--date" in refused.err
    result = started("probe", "import-ldif", "a.ldif", "--date", "2026-03-01")
    assert result.code == INCOMPLETE, result.err
    assert "Relevé INCOMPLET enregistré : ch.lan" in result.out


def test_reports_are_shown_beside_our_level_and_never_in_it(started: Care, tmp_path: Path) -> None:
    before = json.loads(started("assess", "--json").out)
    (tmp_path / "pc.xml").write_bytes(pingcastle())
    (tmp_path / "report.json").write_bytes(as_json(ads_open()))
    for command, file in (("import-pingcastle", "pc.xml"), ("import-ads-open", "report.json")):
        result = started("probe", command, file)
        assert result.code == 0, result.err
        assert "Autres outils" in result.out
    text = started("assess").out
    assert "PingCastle 3.3.0.1, le 01/03/2026 : ch.lan (forêt foret.lan), niveau 1 sur 5." in text
    assert "ADS-Open 1.5.0" in text
    assert NO_LEVEL not in " ".join(text.split())
    after = json.loads(started("assess", "--json").out)
    assert [one["tool"] for one in after.pop("third_party")] == ["PingCastle", "ADS-Open"]
    assert before.pop("third_party") == []
    assert after == before
    assert "résultat d'un autre outil" in started("journal").out


def test_a_newer_report_of_the_same_domain_takes_the_place_of_the_older(
    started: Care, tmp_path: Path
) -> None:
    for level in ("1", "3"):
        (tmp_path / "pc.xml").write_bytes(pingcastle(MaturityLevel=level))
        started("probe", "import-pingcastle", "pc.xml")
    (kept,) = json.loads(started("assess", "--json").out)["third_party"]
    assert kept["level"] == 3


def test_a_redacted_package_does_not_name_the_domain_of_a_report(
    started: Care, tmp_path: Path
) -> None:
    (tmp_path / "pc.xml").write_bytes(
        pingcastle(DomainFQDN="site.hopital-secret.lan", ForestFQDN="hopital-secret.lan")
    )
    assert started("probe", "import-pingcastle", "pc.xml").code == 0
    (tmp_path / "sortie").mkdir()
    result = started("export", "package", "--to", "sortie")
    assert result.code == 0, result.err
    (paquet,) = (tmp_path / "sortie").iterdir()
    with zipfile.ZipFile(paquet) as package:
        contents = {name: package.read(name) for name in package.namelist()}
    data = next(raw for name, raw in contents.items() if name.endswith("data/dossier.json"))
    (told,) = json.loads(data)["third_party"]
    assert told["tool"] == "PingCastle" and told["level"] == 1
    assert told["forest"].startswith("domaine-") and told["domain"].startswith("domaine-")
    assert not [name for name, raw in contents.items() if b"hopital-secret" in raw]
    assert started("verify", str(paquet)).code == 0


def test_a_bloodhound_collection_is_a_dated_evidence(started: Care, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "20260301083000_BloodHound.zip", "w") as archive:
        archive.writestr("20260301083000_users.json", bloodhound("users", 3))
    result = started(
        "probe", "import-bloodhound", "20260301083000_BloodHound.zip", "--for", "CK-GOV-02"
    )
    assert result.code == 0, result.err
    listed = started("evidence", "list").out
    assert "comptes 3" in listed and "01/03/2026" in listed
    assert NO_LEVEL not in " ".join(started("assess").out.split())


@pytest.mark.parametrize(
    ("command", "more"),
    [
        ("import-oradad", ()),
        ("import-ldif", ()),
        ("import-pingcastle", ()),
        ("import-ads-open", ()),
        ("import-bloodhound", ("--for", "CK-GOV-02")),
    ],
)
@pytest.mark.parametrize("content", [None, b"", b"n'importe quoi \x00\xff"])
def test_a_wrong_file_is_refused_and_nothing_is_added(
    started: Care, tmp_path: Path, command: str, more: tuple[str, ...], content: bytes | None
) -> None:
    before = started("journal").out
    if content is not None:
        (tmp_path / "fichier").write_bytes(content)
    result = started("probe", command, "fichier", *more)
    assert result.refused_clearly, result
    assert started("journal").out == before
