"""The documentation tells the truth: its links lead somewhere, its commands and figures exist."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import tomli
import typer
from typer.core import TyperGroup

from care_kit.assessment.scores.assess import assess
from care_kit.catalog.toml_file import validate
from care_kit.cli.app import build, run
from care_kit.demo import material
from care_kit.model.content.check import ControlPoints
from care_kit.model.content.questionnaire import AnswerForm, AnswerKind
from care_kit.model.dossier.state import Answer
from care_kit.model.dossier.typed_answer import value_of
from care_kit.model.facts.scope import Scope
from care_kit.model.results.assessment import Interval
from care_kit.model.words.vocabulary import AnswerState, Provenance
from tests.assessment.builders import AT, TODAY, indicator, questionnaire, state

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]

# Steps of the path that need servers on the internet's side: the demonstration takes them.
ELSEWHERE = {
    ("demo",),
    ("probe", "exposure"),
    ("scope", "sign"),
    ("export", "exposure-report"),
}
# What a reader holds before following a page.
DOCUMENTS = ("pssi.pdf", "audit.pdf", "essai.pdf", "devis.pdf", "facture.pdf")


def command_lines(text: str) -> Iterator[list[str]]:
    """Words of each `care` line of the shell blocks, without `care`, comments cut."""
    for block in re.findall(r"^ *```(?:sh)?\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL):
        for line in re.sub(r"\\\n\s*", " ", block).splitlines():
            if line.strip().startswith("care "):
                yield shlex.split(line, comments=True)[1:]


def section(page: str, title: str) -> str:
    """The text of a section of a page of docs/fr, without its title."""
    text = (ROOT / "docs/fr" / page).read_text(encoding="utf-8")
    return text.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def plain(text: str) -> str:
    """One line, ordinary spaces only, without the identifiers drawn at random."""
    return " ".join(re.sub(r"\b[0-9a-f]{8}\b", "", text).split())


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with the documents a reader would attach."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CARE_KIT_OVERLAY", str(tmp_path / "no-overlay"))
    for name in DOCUMENTS:
        material.document(tmp_path, name, name, date(2025, 10, 1))
    return tmp_path


def commands() -> set[str]:
    app = build()
    names = {f"care {one.name}" for one in app.registered_commands}
    for group in app.registered_groups:
        assert group.typer_instance is not None
        names |= {
            f"care {group.name} {one.name}" for one in group.typer_instance.registered_commands
        }
        for inner in group.typer_instance.registered_groups:
            assert inner.typer_instance is not None
            names |= {
                f"care {group.name} {inner.name} {one.name}"
                for one in inner.typer_instance.registered_commands
            }
    return names


def test_every_path_of_the_map_exists() -> None:
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    paths = re.findall(
        r"`((?:care_kit|tests|docs|bench|checks|questionnaires|templates|exports)/[\w./-]*)`", text
    )
    assert len(paths) > 30
    assert [one for one in paths if not (ROOT / one).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_named_exists(page: Path) -> None:
    every = commands()
    known = every | {name.rsplit(" ", 1)[0] for name in every if name.count(" ") == 3}
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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_line_shown_is_understood(page: Path) -> None:
    """Options, their values, what is obligatory; nothing is run."""
    for words in command_lines(page.read_text(encoding="utf-8")):
        command = typer.main.get_command(build())
        rest = list(words)
        while isinstance(command, TyperGroup):
            command = command.commands[rest.pop(0)]
        command.make_context(words[0], rest)


def test_the_index_names_every_page() -> None:
    index = (ROOT / "docs/fr/index.md").read_text(encoding="utf-8")
    pages = {page.name for page in (ROOT / "docs/fr").glob("*.md")} - {"index.md"}
    assert set(re.findall(r"\]\((.+?)\)", index)) == pages


def test_the_path_runs_from_the_new_dossier_to_the_deposit(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every command of the page, in order; the directory is the recorded one."""
    text = (ROOT / "docs/fr/prise-en-main.md").read_text(encoding="utf-8")
    for words in command_lines(text):
        if words[:2] == ["probe", "directory"]:
            assert run([*words[:2], "--recorded"]) == 0
        elif tuple(words[:2]) not in ELSEWHERE:
            code = run(words)
            assert code == (1 if words[0] == "precheck" else 0), capsys.readouterr().err
    handed = {path.suffix for path in (desk / "remise").iterdir()}
    assert handed == {".docx", ".pdf", ".xlsx", ".zip"}
    assert (desk / "echeances.ics").stat().st_size and (desk / "controle.pdf").stat().st_size


@pytest.mark.parametrize("page", ["ght.md", "financement.md", "plan.md"])
def test_a_worked_example_prints_what_the_page_shows(
    page: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if page == "ght.md":
        shown = re.search(r"```toml\n(.*?)```", section(page, "Décrire le GHT"), re.DOTALL)
        assert shown is not None
        (desk / "etablissement.toml").write_text(shown.group(1), encoding="utf-8")
    example = section(page, "Exemple chiffré")
    for words in command_lines(example):
        assert run(words) == 0, capsys.readouterr().err
    printed = plain(capsys.readouterr().out)
    promised = re.search(r"```text\n(.*?)```", example, re.DOTALL)
    assert promised is not None
    for line in promised.group(1).splitlines():
        assert plain(line) in printed, line


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
