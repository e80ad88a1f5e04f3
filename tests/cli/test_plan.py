"""A plan goes to a spreadsheet and comes back without loss; a wrong line changes nothing."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from care_kit.catalog.content import load
from care_kit.cli.app import run
from care_kit.dossier.entry.planning import TypedAction, planned, typed_again
from care_kit.model.dossier.money import Action, ActionState
from care_kit.model.words.text import printable
from tests.assessment.builders import AT

MARKUP = '=HYPERLINK("http://exemple.invalid")'


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    created = ["init", "ch.care", "--name", "CH", "--finess-ej", "990000010"]
    assert run([*created, "--category", "public", "--region", "Région"]) == 0
    assert run(["answer", "--indicator", "CK-GOV-01", "--level", "1"]) == 0
    return tmp_path


def listed(capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, Any]:
    capsys.readouterr()
    assert run(["plan", "list", "--json", *more]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def events(capsys: pytest.CaptureFixture[str]) -> int:
    capsys.readouterr()
    assert run(["journal"]) == 0
    return len(capsys.readouterr().out.splitlines())


def full_action(title: str = "Nommer un RSSI") -> None:
    line = ["plan", "add", title, "--levels", "CK-GOV-01:3", "--checks", "EXP-RDP, EXP-SSH"]
    line += ["--owner", "Direction", "--due", "31/03/2027", "--purchase", "1 200,50"]
    assert run([*line, "--service", "800", "--days", "2,5"]) == 0


def test_the_workbook_comes_back_without_loss(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    full_action(MARKUP)
    full_action()
    assert run(["plan", "export", "plan.xlsx"]) == 0
    before = events(capsys)

    assert run(["plan", "import", "plan.xlsx"]) == 0

    assert "Actions nouvelles ou changées : 0." in capsys.readouterr().out
    assert events(capsys) == before


def test_a_changed_line_changes_the_action_and_a_new_line_adds_one(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    full_action()
    full_action("Absente du classeur")
    assert run(["plan", "export", "plan.xlsx"]) == 0
    book = load_workbook("plan.xlsx")
    page = book.worksheets[0]
    page["G2"] = 1500.75
    page["J2"] = "en cours"
    for rank, value in enumerate(("", "Nouvelle action", "CK-SAU-01:2"), 1):
        page.cell(3, rank, value)
    for rank in range(4, 14):
        page.cell(3, rank, None)
    book.save("plan.xlsx")

    assert run(["plan", "import", "plan.xlsx"]) == 0

    assert "Absente du classeur" in capsys.readouterr().err
    found = {one["action"]["title"]: one["action"] for one in listed(capsys)["actions"]}
    assert set(found) == {"Nommer un RSSI", "Absente du classeur", "Nouvelle action"}
    assert found["Nommer un RSSI"]["purchase"] == "1500.75"
    assert found["Nommer un RSSI"]["state"] == "doing"


@pytest.mark.parametrize(
    ("cell", "value", "sentence"),
    [
        ("B2", "", "n'a pas d'intitulé"),
        ("C2", "CK-XXX-99:3", "n'est pas une question"),
        ("C2", "CK-GOV-01:7", "n'est pas une question suivie d'un niveau"),
        ("D2", "EXP-INVENTE", "n'est pas un contrôle connu"),
        ("F2", "03/04/27", "n'est pas une date"),
        ("G2", "1e9", "n'est pas un montant"),
        ("I2", "beaucoup", "n'est pas un nombre de jours"),
        ("J2", "presque", "n'est pas l'état"),
        ("A2", "inconnu", "n'est pas dans ce dossier"),
        ("B1", "Autre", "n'est pas un plan d'actions"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_written(
    dossier: Path, capsys: pytest.CaptureFixture[str], cell: str, value: str, sentence: str
) -> None:
    full_action()
    assert run(["plan", "export", "plan.xlsx"]) == 0
    book = load_workbook("plan.xlsx")
    book.worksheets[0][cell] = value
    book.save("plan.xlsx")
    before = events(capsys)

    assert run(["plan", "import", "plan.xlsx"]) != 0

    told = capsys.readouterr().err
    assert sentence in told
    assert events(capsys) == before


def test_what_is_suggested_and_added_is_simulated(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plan", "suggest", "--add"]) == 0

    found = listed(capsys)
    assert [one["action"]["levels"] for one in found["actions"]] == [[["CK-GOV-01", 3]]]
    assert found["actions"][0]["gain"]["raised"] == [["CK-GOV-01", 1.0, 3.0]]


def test_a_change_keeps_the_rest(dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    full_action()
    before = listed(capsys)["actions"][0]["action"]

    assert run(["plan", "change", before["id"][:8], "--owner", "DSI"]) == 0

    after = listed(capsys)["actions"][0]["action"]
    changed = {key for key in before if before[key] != after[key]}
    assert changed <= {"owner", "at"} and after["owner"] == "DSI"


def test_a_withdrawn_action_leaves_the_plan(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    full_action()
    key = listed(capsys)["actions"][0]["action"]["id"]

    assert run(["plan", "withdraw", key[:8], "--reason", "Autre projet"]) == 0
    assert listed(capsys)["actions"] == []


money = st.decimals(min_value=0, max_value=10**6, places=2)


@settings(max_examples=60, deadline=None)
@given(
    title=st.text(min_size=1),
    owner=st.text(),
    due=st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    purchase=money,
    service=money,
    days=st.decimals(min_value=0, max_value=999, places=2),
    state=st.sampled_from(ActionState),
)
def test_an_action_typed_again_is_the_same(**said: Any) -> None:
    said["person_days"] = said.pop("days")
    said["title"], said["owner"] = (printable(said[key]).strip() for key in ("title", "owner"))
    assume(said["title"])
    action = Action(id="a", author="A", at=AT, levels=(("CK-GOV-01", 3),), **said)

    again = planned(load(), typed_again(action), "a")

    assert all(getattr(again, key) == value for key, value in said.items())
    assert again.levels == action.levels
    assert isinstance(typed_again(action), TypedAction)
