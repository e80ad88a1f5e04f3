"""The documentation tells the truth: its links lead somewhere, its commands and figures exist."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import tomli

from care_kit.assessment.assess import assess
from care_kit.catalog.toml_file import validate
from care_kit.cli.app import build
from care_kit.model.assessment import Interval
from care_kit.model.check import ControlPoints
from care_kit.model.dossier import Answer
from care_kit.model.questionnaire import AnswerForm, AnswerKind
from care_kit.model.scope import Scope
from care_kit.model.typed_answer import value_of
from care_kit.model.vocabulary import AnswerState, Provenance
from tests.assessment.builders import AT, TODAY, indicator, questionnaire, state

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def commands() -> set[str]:
    app = build()
    names = {f"care {one.name}" for one in app.registered_commands}
    for group in app.registered_groups:
        assert group.typer_instance is not None
        names |= {
            f"care {group.name} {one.name}" for one in group.typer_instance.registered_commands
        }
    return names


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_named_exists(page: Path) -> None:
    known = commands()
    groups = {name.rsplit(" ", 1)[0] for name in known if name.count(" ") == 2}
    for first, second in re.findall(
        r"\bcare (\w[\w-]*)(?: (\w[\w-]*))?", page.read_text(encoding="utf-8")
    ):
        if first in {"init", "demo"} or f"care {first}" in known:
            continue
        assert f"care {first}" in groups, f"{page.name}: care {first}"
        assert not second or f"care {first} {second}" in known, (
            f"{page.name}: care {first} {second}"
        )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_is_documented(name: str) -> None:
    texts = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert name in texts


def test_the_scope_shown_is_a_valid_scope() -> None:
    page = (ROOT / "docs/fr/exposition.md").read_text(encoding="utf-8")
    shown = re.search(r"```toml\n(.*?)```", page, re.DOTALL)
    assert shown is not None
    scope = validate(tomli.loads(shown.group(1)), Scope, "exposition.md")
    assert scope.hosts[1].provider == "Hébergeur X"


def test_the_worked_example_is_what_the_tool_computes() -> None:
    form = questionnaire(indicator("A", weight=2), indicator("B"), indicator("C"))
    no_points = ControlPoints("test", TODAY, Provenance.PROPOSED, ())
    overall = assess(state({"A": 4, "B": 1}), form, (), no_points, TODAY).overall
    assert overall.index == Interval(56.2, 81.2)
    assert overall.coverage == 0.75
    page = (ROOT / "docs/fr/notation.md").read_text(encoding="utf-8")
    assert "« 56,2 à 81,2 », couverture 75 %" in page
    partial = Answer("A", AnswerState.PARTIAL, "A", AT, 4)
    said = state({"A": 4, "B": 1})
    halved = replace(said, answers={**said.answers, "A": partial})
    assert assess(halved, form, (), no_points, TODAY).overall.index == Interval(6.2, 81.2)
    assert "« 6,2 à 81,2 »" in page


def test_the_levels_of_the_typed_values_shown_are_what_the_tool_gives() -> None:
    page = (ROOT / "docs/fr/notation.md").read_text(encoding="utf-8")
    kinds = {"taux": AnswerKind.RATE, "date": AnswerKind.DATE, "nombre": AnswerKind.COUNT}
    rows = re.findall(r"^\| une? (\w+) \| ([\d, ]+) \| (.+?) \| (\d) \|$", page, re.MULTILINE)
    assert {kind for kind, *_ in rows} == set(kinds)
    for kind, shown, typed, level in rows:
        bounds = {rank: float(one) for rank, one in enumerate(shown.split(", "), start=1)}
        form = AnswerForm(kinds[kind], bounds=bounds)
        found = value_of(form, typed, date(2026, 11, 21))
        assert found is not None, typed
        assert found.level == int(level), typed
