"""The directory in the report and the workbook: what to do first, every object, other tools."""

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape

import pytest
from openpyxl import load_workbook

from care_kit.dossier.journal import events
from care_kit.exporters import directory_sheets
from care_kit.exporters.data import dossier_json
from care_kit.exporters.material import Material
from care_kit.exporters.redaction import redact
from care_kit.exporters.report import report
from care_kit.exporters.spreadsheet import workbook
from care_kit.model.dossier.third_party import ThirdPartyResult
from care_kit.model.formats.codec import sha512
from care_kit.model.formats.pseudonym import digest
from care_kit.model.results.assessment import DirectoryLevel, Interval, PointLeft
from care_kit.probes.imports.bloodhound import TITLE
from tests.exporters import sample, sample_content

HOSTILE_RULE = "=cmd|'/c calc'!A1"
PINGCASTLE = ThirdPartyResult(
    tool="PingCastle",
    version="3.3.0.1",
    forest=sample.DOMAIN,
    domain=f"enfant.{sample.DOMAIN}",
    generated=datetime(2026, 3, 1, tzinfo=UTC),
    level=3,
    scores={"score global": 62, "anomalies": 40},
    failed=("krbtgt", "point_inconnu"),
    other_rules=(HOSTILE_RULE,),
    rules={"krbtgt": ("A-Krbtgt",), "point_inconnu": ("X-1", "X-2")},
    cautions=("Deux niveaux différents peuvent être justes tous les deux.",),
)
LEVEL = DirectoryLevel(
    sample.DOMAIN,
    Interval(1, 1),
    2,
    95,
    ("dont_expire_priv",),
    ("laps",),
    2,
    (PointLeft("dont_expire_priv", 4), PointLeft("laps", 0, decided=False)),
)
ACCEPTANCE = events.RiskAccepted(
    "A-1",
    "dont_expire_priv",
    digest(sample.KEY, sample.ACCOUNTS[1]),
    "Migration en cours",
    date(2027, 6, 30),
)
GRAPH = events.EvidenceAdded(
    "P-9",
    "graphe.zip",
    f"{TITLE} (format 6) : comptes 12",
    "application/zip",
    len(sample.PIECES[0]),
    sha512(sample.PIECES[0]),
    date(2026, 3, 2),
    ("CK-03",),
)


def material(*happened: events.Event) -> Material:
    whole = sample.sample((*sample.EVENTS, *happened))
    return replace(
        whole,
        third_party=(PINGCASTLE,),
        assessment=replace(whole.assessment, directory=(LEVEL,)),
    )


def shown(found: Material) -> str:
    """The directory chapter of the report, spaces made plain."""
    page = report(found, sample.COMPLETE).decode("utf-8").replace("\u00a0", " ")
    return page.partition('<h2 id="annuaire">')[2].partition('<h2 id="constats">')[0]


def rows(found: Material, title: str) -> list[Sequence[object]]:
    book = load_workbook(io.BytesIO(workbook(found, sample.COMPLETE)))
    return [[cell.value for cell in row] for row in book[title].iter_rows(min_row=2)]


def test_the_chapter_tells_the_way_to_the_next_level_and_the_actions() -> None:
    chapter = shown(material())
    assert "Pour passer au niveau 2 :</strong> 1 point à corriger (4 objets), 1 point à" in chapter
    assert "Les dix actions qui font monter le niveau" in chapter
    assert "Corrigez le réglage, puis relancez la sonde." in chapter
    assert "faible" in chapter
    assert "(à décider pour le niveau 2)" in chapter


def test_an_accepted_risk_stays_in_the_actions_and_says_that_it_still_fails() -> None:
    chapter = shown(material(ACCEPTANCE))
    assert "Mots de passe sans expiration" in chapter
    assert "Risque accepté jusqu&#39;au 30/06/2027" in chapter
    assert "Il compte toujours comme un échec." in chapter


def test_other_tools_stand_beside_our_level_with_our_own_verdicts() -> None:
    chapter = shown(material())
    assert "PingCastle 3.3.0.1" in chapter and "score global : 62" in chapter
    assert "ils n'entrent dans aucun calcul" in chapter
    krbtgt = chapter.partition("A-Krbtgt")[2][:80]
    assert "✓ conforme" in krbtgt
    assert "non mesuré" in chapter.partition("X-1, X-2")[2][:80]
    assert "1 point en échec chez care-kit n'est pas signalé par PingCastle" in unescape(chapter)
    assert "Deux niveaux différents" in chapter
    assert "Ce que disent d'autres outils" not in shown(replace(material(), third_party=()))


def test_our_level_is_the_same_with_and_without_other_tools() -> None:
    alone, beside = replace(material(), third_party=()), material()
    assert alone.assessment == beside.assessment
    told = [json.loads(dossier_json(one, sample.COMPLETE)) for one in (alone, beside)]
    assert told[0]["assessment"] == told[1]["assessment"]
    assert told[0]["actions"] == told[1]["actions"]
    assert told[0]["actions"][0]["point"] == "dont_expire_priv"


def test_a_bloodhound_collection_is_named_as_a_piece() -> None:
    assert "Collecte BloodHound (format 6) : comptes 12" in shown(material(GRAPH))
    assert [row[4] for row in rows(material(GRAPH), "Autres outils")][-1] == "Pièce jointe"


def test_a_redacted_chapter_names_nobody() -> None:
    clean = redact(material(ACCEPTANCE))
    chapter = shown(clean)
    assert "PingCastle" in chapter and "Risque accepté" in chapter
    for name in sample.NAMES:
        assert name not in chapter
    assert "✓ conforme" in chapter.partition("A-Krbtgt")[2][:80], "the forest is still the same"
    for sheet in ("Actions annuaire", "Objets", "Autres outils"):
        cells = " ".join(str(cell) for row in rows(clean, sheet) for cell in row)
        assert not any(name in cells for name in sample.NAMES)


def test_the_workbook_gives_each_object_its_row_and_its_own_acceptance() -> None:
    found = [row for row in rows(material(ACCEPTANCE), "Objets") if row[0] == "dont_expire_priv"]
    assert [row[4] for row in found] == list(sample.ACCOUNTS)
    assert [bool(row[5]) for row in found] == [False, True, False, False]
    assert {row[1] for row in found} == {"échec"}
    (action,) = rows(material(ACCEPTANCE), "Actions annuaire")
    assert action[1:6] == [1, 1, "dont_expire_priv", "Mots de passe sans expiration", 4]
    assert "Risque accepté" in str(action[8])


def test_no_object_is_cut_and_a_formula_stays_text() -> None:
    names = (HOSTILE_RULE, *(f"compte{rank:05d}" for rank in range(5000)))
    many = replace(material(), findings=(replace(sample.FINDINGS[0], objects=names),))
    assert [row[4] for row in rows(many, "Objets")] == list(names)
    (finding,) = rows(many, "Constats")
    assert str(finding[9]).endswith("… et 4981 de plus, feuille « Objets »")
    assert HOSTILE_RULE in [row[5] for row in rows(many, "Autres outils")]
    book = load_workbook(io.BytesIO(workbook(many, sample.COMPLETE)))
    cell = book["Objets"]["E2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (HOSTILE_RULE, "s", True)


def test_more_objects_than_a_sheet_holds_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory_sheets, "MAX_ROWS", 3)
    found = rows(material(), "Objets")
    assert len(found) == 4
    assert str(found[-1][0]).endswith("objets de plus, entiers dans dossier.json")


def test_observations_come_after_the_points_and_say_what_they_are() -> None:
    observation = replace(sample.FINDINGS[0], check="obs_scripts", level=0, objects=())
    check = replace(
        sample_content.CHECKS["dont_expire_priv"], id="obs_scripts", title="Scripts", levels=()
    )
    whole = replace(
        material(),
        findings=(observation, *sample.FINDINGS),
        checks={**sample_content.CHECKS, check.id: check},
    )
    found = [(row[2], row[6]) for row in rows(whole, "Constats") if row[1] == "échec"]
    directory = [one for one in found if one[0] in ("dont_expire_priv", "obs_scripts")]
    assert directory == [("dont_expire_priv", "niveau 1"), ("obs_scripts", "observation")]
    assert [row[3] for row in rows(whole, "Actions annuaire")] == ["dont_expire_priv"]
