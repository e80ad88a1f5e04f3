"""A provider's audit file: each trap of the official texts is told, with its path."""

import json
from pathlib import Path
from typing import Any

import pytest

from care_kit.model.formats import opssies as codes
from care_kit.model.words.errors import InputError
from care_kit.review import opssies
from care_kit.review.opssies import check_opssies
from tests.review.opssies_sample import (
    AUDITED,
    EVENT,
    NAME,
    NOW,
    SOUND,
    Step,
    altered,
    names,
    without,
    written,
)
from tests.review.opssies_schema import GENERAL, refusals

E = ("events", "event", 0)
P = ("events", "stakeholders", 0)
ID = (*P, "stakeholderId")


def told(folder: Path, document: object) -> list[tuple[str, str]]:
    faults = check_opssies(written(folder, document), NOW)
    return [(one.path, one.sentence) for one in faults]


def test_a_sound_file_has_nothing_to_tell(tmp_path: Path) -> None:
    assert told(tmp_path, SOUND) == []
    assert refusals(SOUND) == []


def test_the_recommended_root_keys_are_accepted(tmp_path: Path) -> None:
    more = {"license": ["x"], "definitions": {}, "extractionDate": "20261120-081500"}
    assert told(tmp_path, SOUND | more) == []


def test_an_empty_audit_passes_the_official_schema_and_not_ours(tmp_path: Path) -> None:
    void: dict[str, Any] = {"events": {"event": [{}]}}
    assert refusals(void) == []
    paths = {path for path, _ in told(tmp_path, void)}
    assert {"events.event[0].outcome", "events.event[0].dates", "events.event[0].scopes"} <= paths


NAMES = (*P, "stakeholderNameTypes")
REQUESTER = ("events", "stakeholders", 2, "stakeholderId")
SITE = (*E, "stakeholders", 0, "stakeholderId", 0)
DATE, ASSETS = (*E, "dates", 0), (*E, "scopes", 0)
USE, MEANS = (*ASSETS, "functionalContexts", 0), (*ASSETS, "technicalContexts", 0)


def place(spot: tuple[Step, ...]) -> str:
    """`events.event[0].dates`, for the steps that lead there."""
    path = "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in spot)
    return path.removeprefix(".")


@pytest.mark.parametrize(
    ("spot", "to", "said"),
    [
        ((*ID, "__text"), "732 829 320 00074", "espace"),
        ((*ID, "__text"), "73282932000075", "SIRET"),
        ((*ID, "__text"), "187512751", "SIREN prend le code 4"),
        ((*ID, "__text"), " ", "vide"),
        ((*ID, "stakeholderIdType"), 9, "1 à 6"),
        ((*REQUESTER, "__text"), "TST-00", "FINESS"),
        ((*REQUESTER, "__text"), "000000001", "clé comprise"),
        ((*P, "stakeholderType"), 4, "tiers a le code 3"),
        ((*P, "stakeholderType"), 1, "tiers (code 3)"),
        ((*P, "stakeholderRoleType"), 7, "1 à 4"),
        ((*NAMES, 0, "stakeholderNameType"), 6, "abrégé"),
        (NAMES, [], "raison sociale complète"),
        ((*E, "stakeholders"), [AUDITED, AUDITED], "2 acteurs ont le rôle 4"),
        ((*E, "stakeholders"), [], "rôle 4"),
        ((*E, "dates"), [], "Une seule date"),
        ((*DATE, "dateType"), 8, "(7)"),
        ((*DATE, "__text"), "2026-11-19", "AAAAMMJJ"),
        ((*DATE, "__text"), "20261341-220000", "AAAAMMJJ"),
        ((*DATE, "__text"), "20270101-000000", "futur"),
        ((*E, "scopes"), [], "Aucun périmètre"),
        (ASSETS, {"domains": []}, "Périmètre vide"),
        ((*ASSETS, "domains", 0), "<b>", "domaine"),
        ((*ASSETS, "subnetIpV4s", 0), "xxx.xxx.xxx.xxx/n", "IPv4"),
        ((*ASSETS, "subnetIpV6s", 0), "192.0.2.0/28", "IPv6"),
        ((*ASSETS, "autonomousSystemNumbers", 0), "3215", "AS"),
        ((*USE, "functionalContextCategory"), 99, "99"),
        ((*USE, "userCount"), -1, "négatif"),
        ((*MEANS, "technicalContextCategory"), 72, "1 à 14"),
        ((*E, "tlp"), "red", "amber"),
        ((*E, "eventAnalysisType"), 3, "« 5 »"),
        ((*E, "eventType"), 60, "« 29 »"),
        (("events", "event"), [], "aucun audit"),
    ],
)
def test_a_wrong_meaning_is_told(
    tmp_path: Path, spot: tuple[Step, ...], to: Any, said: str
) -> None:
    document = altered(*spot, to=to)
    faults = told(tmp_path, document)
    assert any(where == place(spot) and said in sentence for where, sentence in faults), faults
    assert refusals(document) == [], "the official schema lets it through"


def test_a_site_number_under_the_siret_code_is_told(tmp_path: Path) -> None:
    faults = told(tmp_path, altered(*SITE, to={"stakeholderIdType": 5, "__text": "990000010"}))
    assert (f"{place(SITE)}.__text", True) in [
        (where, "FINESS géographique le code 2" in sentence) for where, sentence in faults
    ]


def test_two_actors_never_share_a_role(tmp_path: Path) -> None:
    faults = told(tmp_path, altered(*P, "stakeholderRoleType", to=3))
    sentences = {said for where, said in faults if where == "events.event[0].stakeholders"}
    assert sentences == {
        "Aucun acteur n'a le rôle 2 (prestataire).",
        "2 acteurs ont le rôle 3 (contrôleur) : un rôle, un acteur.",
    }


@pytest.mark.parametrize(
    ("spot", "to", "said"),
    [
        ((*E, "scope"), {}, "ancien nom"),
        ((*E, "functionalContexts"), [], "scopes"),
        ((*E, "outcome", "score"), 3, "pas de score"),
        ((*E, "outcome", "level"), "1", "entier"),
        ((*E, "outcome", "level"), True, "entier"),
        ((*E, "dates"), EVENT["dates"][0], "liste"),
        ((*P, "stakeholderName"), [], "stakeholderNameTypes"),
        ((*ID, "_text"), "x", "deux traits"),
        (ID, [], "objet"),
        (("events", "event"), {}, "liste"),
        (("evenements",), {}, "inconnu"),
    ],
)
def test_a_wrong_shape_is_told(tmp_path: Path, spot: tuple[Step, ...], to: Any, said: str) -> None:
    faults = told(tmp_path, altered(*spot, to=to))
    assert any(where == place(spot) and said in sentence for where, sentence in faults), faults


def test_a_missing_field_is_told(tmp_path: Path) -> None:
    faults = told(tmp_path, without(*E, "outcome"))
    assert faults == [("events.event[0].outcome", "Champ obligatoire absent.")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"events": {"event": [1, 2,]}}', "Virgule en trop"),
        ('{"events": ', "n'est pas un JSON valide"),
        ('{"events": {}, "events": {}}', "deux fois"),
        ("\ufeff{}", "BOM"),
        ("[" * 100_000, "raisonnable"),
        ('{"a": ' + "9" * 5000 + "}", "raisonnable"),
    ],
)
def test_a_broken_json_is_told(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / NAME
    path.write_text(text, encoding="utf-8")
    (fault,) = check_opssies(path, NOW)
    assert said in fault.sentence


def test_a_text_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b'{"a": "\xe9"}')
    (fault,) = check_opssies(tmp_path / NAME, NOW)
    assert "UTF-8" in fault.sentence


@pytest.mark.parametrize("name", ["releve.json", "AUDIT-D1-20261399-000000.json"])
def test_the_name_of_the_file_follows_the_rule(tmp_path: Path, name: str) -> None:
    (fault,) = check_opssies(written(tmp_path, SOUND, name), NOW)
    assert fault.path == "fichier"


def test_hostile_texts_are_shown_short_and_clean(tmp_path: Path) -> None:
    hostile = "\x1b[31m\u202e" + "x" * 5000
    faults = told(tmp_path, altered(*E, "scopes", 0, "domains", 0, to=hostile))
    faults += told(tmp_path, altered(hostile, to=1))
    assert faults
    assert all(len(path + said) < 300 for path, said in faults)
    assert not any(mark in path + said for path, said in faults for mark in "\x1b\u202e")


def test_a_flood_of_problems_is_cut(tmp_path: Path) -> None:
    flood = altered(*E, "scopes", 0, "domains", to=["<b>"] * 5000)
    assert len(told(tmp_path, flood)) == opssies.MAX_PROBLEMS


def test_a_file_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opssies, "MAX_BYTES", 10)
    with pytest.raises(InputError, match="dépasse"):
        check_opssies(written(tmp_path, SOUND), NOW)


def test_our_codes_are_those_of_the_official_schema() -> None:
    official = GENERAL["definitions"]
    assert list(codes.IdType) == official["stakeholderIdType"]["enum"]
    assert list(codes.ActorType) == official["stakeholderType"]["enum"]
    assert list(codes.Role) == official["stakeholderRoleType"]["enum"]
    assert list(codes.NameType) == official["stakeholderNameType"]["enum"]
    assert codes.TLP in official["tlp"]["enum"]
    for key, known in (
        ("functionalContextCategory", codes.FUNCTIONAL_CATEGORIES),
        ("technicalContextCategory", codes.TECHNICAL_CATEGORIES),
    ):
        labelled = [int(one.split(";")[0]) for one in official[key]["referenceList"]]
        assert labelled == list(known)


def test_the_licence_of_the_schema_is_kept() -> None:
    assert "Redistribution and use" in " ".join(GENERAL["license"])


def test_the_sample_is_itself_readable_json() -> None:
    assert json.loads(json.dumps(SOUND))["events"]["stakeholders"][0][
        "stakeholderNameTypes"
    ] == names("Audit Plus")
