"""The OPSSIES file we prepare: accepted by the official schema and by our own, stricter, check."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from care_kit.exporters.opssies import Declared, Users, write_opssies
from care_kit.model.dossier.establishment import Establishment
from care_kit.model.dossier.state import DossierState
from care_kit.model.facts.exposure import ExposureFacts, PortFact, PortState
from care_kit.model.words.errors import InputError
from care_kit.review.opssies import check_opssies
from tests.review.opssies_schema import refusals

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
ENDED = NOW - timedelta(hours=20)
DECLARED = Declared("AuditPlus", "Audit Plus SAS", "732 829 320 00074", level=2)
FACTS = ExposureFacts(
    ENDED,
    "externe",
    "198.51.100.2",
    names={"WWW.ch.example": ("192.0.2.4", "2001:db8::4"), "192.0.2.9": ("192.0.2.9",)},
    domains=("ch.example",),
    ports=(PortFact("192.0.2.10", 443, PortState.OPEN),),
)


@pytest.fixture
def state(hospital: Establishment) -> DossierState:
    return DossierState("id", hospital, "0" * 64, 1)


def test_the_file_is_accepted_by_both_schemas(tmp_path: Path, state: DossierState) -> None:
    path = write_opssies(state, FACTS, ENDED, DECLARED, tmp_path, NOW)
    assert check_opssies(path, NOW) == ()
    document = json.loads(path.read_text("utf-8"))
    assert refusals(document) == []


def test_the_profile_values_and_the_lists_are_there(tmp_path: Path, state: DossierState) -> None:
    path = write_opssies(state, FACTS, ENDED, DECLARED, tmp_path, NOW)
    assert path.name == f"AUDITPLUS-D1-{NOW.astimezone():%Y%m%d-%H%M%S}.json"
    (event,) = json.loads(path.read_text("utf-8"))["events"]["event"]
    assert (event["tlp"], event["eventAnalysisType"], event["eventType"]) == ("amber", 5, 29)
    assert event["outcome"] == {"level": 2}
    assert event["dates"] == [{"dateType": 7, "__text": f"{ENDED.astimezone():%Y%m%d-%H%M%S}"}]
    assert event["scopes"] == [
        {
            "functionalContexts": [],
            "technicalContexts": [],
            "autonomousSystemNumbers": [],
            "domains": ["ch.example", "www.ch.example"],
            "subnetIpV4s": ["192.0.2.4/32", "192.0.2.9/32", "192.0.2.10/32"],
            "subnetIpV6s": ["2001:db8::4/128"],
        }
    ]


def test_each_actor_has_its_own_kind_of_number(tmp_path: Path, state: DossierState) -> None:
    path = write_opssies(state, FACTS, ENDED, DECLARED, tmp_path, NOW)
    events = json.loads(path.read_text("utf-8"))["events"]
    common = {one["stakeholderRoleType"]: one for one in events["stakeholders"]}
    assert common[2]["stakeholderId"] == {"stakeholderIdType": 5, "__text": "73282932000074"}
    assert common[3]["stakeholderId"]["stakeholderIdType"] == 4, "nine digits are a SIREN"
    assert common[1]["stakeholderType"] == 2, "a GHT is a group"
    (audited,) = events["event"][0]["stakeholders"]
    assert [one["__text"] for one in audited["stakeholderId"]] == ["990000010", "990000028"]


def test_another_entity_of_the_group_can_be_the_audited_one(
    tmp_path: Path, state: DossierState
) -> None:
    declared = replace(DECLARED, entity="990 000 036")
    path = write_opssies(state, FACTS, ENDED, declared, tmp_path, NOW)
    (audited,) = json.loads(path.read_text("utf-8"))["events"]["event"][0]["stakeholders"]
    assert [one["__text"] for one in audited["stakeholderId"]] == ["990000036"]


def test_declared_users_give_the_default_context(tmp_path: Path, state: DossierState) -> None:
    declared = replace(DECLARED, users=Users(40, personal_data=True, health_data=False))
    path = write_opssies(state, FACTS, ENDED, declared, tmp_path, NOW)
    (scope,) = json.loads(path.read_text("utf-8"))["events"]["event"][0]["scopes"]
    (context,) = scope["functionalContexts"]
    assert (context["functionalContextCategory"], context["userCount"]) == (6, 40)
    assert check_opssies(path, NOW) == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"company": "../../tmp"}, "commencer le nom"),
        ({"company": ""}, "commencer le nom"),
        ({"company_name": " "}, "raison sociale"),
        ({"siret": "187512751"}, "SIRET"),
        ({"siret": "73282932000075"}, "SIRET"),
        ({"entity": "990000044"}, "entité juridique"),
    ],
)
def test_what_would_be_refused_is_not_written(
    tmp_path: Path, state: DossierState, changes: dict[str, str], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        write_opssies(state, FACTS, ENDED, replace(DECLARED, **changes), tmp_path, NOW)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_an_empty_reading_gives_no_file(tmp_path: Path, state: DossierState) -> None:
    nothing = ExposureFacts(ENDED, "externe", "198.51.100.2")
    with pytest.raises(InputError, match="aucun domaine"):
        write_opssies(state, nothing, ENDED, DECLARED, tmp_path, NOW)
