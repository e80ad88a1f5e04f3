"""A sheet worked on by others may add, never erase; read twice it changes nothing."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.graph import Journal
from care_kit.model.dossier.money import Action
from tests.cli.conftest import Care

ANSWERS = ("Indicateur", "Réponse", "Motif", "Commentaire")


@pytest.fixture
def planned(started: Care) -> Care:
    for title in ("Nommer un RSSI", "Isoler une copie"):
        result = started(
            "plan", "add", title, "--levels", "CK-GOV-01:3", "--owner", "Direction",
            "--due", "31/03/2027", "--purchase", "12 000", "--service", "800", "--days", "2,5",
        )  # fmt: skip
        assert result.code == 0
    assert started("plan", "export", "plan.xlsx").code == 0
    return started


def sheet(path: Path, *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def edited(path: Path, change: Callable[[Workbook], None]) -> None:
    book = load_workbook(path)
    change(book)
    book.save(path)


def headings(**others: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        for cell in book.worksheets[0][1]:
            cell.value = others.get(str(cell.value), cell.value)

    return change


def actions(folder: Path) -> list[Action]:
    with Dossier.open(folder / "ch.care", "A") as opened:
        return list(opened.state.actions.values())


def events(folder: Path) -> int:
    with Dossier.open(folder / "ch.care", "A") as opened:
        return opened.state.events


def test_respelt_headings_erase_nothing(planned: Care, tmp_path: Path) -> None:
    before = actions(tmp_path)
    edited(tmp_path / "plan.xlsx", headings(Échéance="Echéance", Responsable="Porteur"))
    result = planned("plan", "import", "plan.xlsx")
    assert "changées : 0" in result.out
    assert actions(tmp_path) == before


def test_a_heading_nobody_knows_is_told_and_its_field_stays(planned: Care, tmp_path: Path) -> None:
    before = actions(tmp_path)
    edited(tmp_path / "plan.xlsx", headings(Échéance="Quand", Responsable="Qui fait"))
    result = planned("plan", "import", "plan.xlsx")
    assert "Qui fait, Quand" in result.err.replace("\n", " ")
    assert "laissées comme elles étaient : Responsable, Échéance" in result.err.replace("\n", " ")
    assert actions(tmp_path) == before


def test_decomposed_and_reordered_headings(planned: Care, tmp_path: Path) -> None:
    before = actions(tmp_path)

    def reordered(book: Workbook) -> None:
        page = book.worksheets[0]
        for row in page.iter_rows():
            values = [cell.value for cell in row][::-1]
            for cell, value in zip(row, values, strict=True):
                if isinstance(value, str):
                    value = unicodedata.normalize("NFD", value)
                cell.value = value

    edited(tmp_path / "plan.xlsx", reordered)
    assert "changées : 0" in planned("plan", "import", "plan.xlsx").out
    assert actions(tmp_path) == before


def test_an_emptied_cell_does_empty_its_field(planned: Care, tmp_path: Path) -> None:
    def emptied(book: Workbook) -> None:
        page = book.worksheets[0]
        column = [str(cell.value) for cell in page[1]].index("Responsable") + 1
        page.cell(2, column).value = None

    edited(tmp_path / "plan.xlsx", emptied)
    assert "changées : 1" in planned("plan", "import", "plan.xlsx").out
    assert [one.owner for one in actions(tmp_path)].count("") == 1


def test_a_formula_without_a_stored_value_is_refused(planned: Care, tmp_path: Path) -> None:
    before = actions(tmp_path)

    def computed(book: Workbook) -> None:
        page = book.worksheets[0]
        column = [str(cell.value) for cell in page[1]].index("Achat TTC") + 1
        page.cell(3, column).value = "=10000*1.2"

    edited(tmp_path / "plan.xlsx", computed)
    result = planned("plan", "import", "plan.xlsx")
    assert result.refused_clearly
    assert "ligne 3, colonne 7 : la formule n'a pas de valeur" in result.err
    assert actions(tmp_path) == before


@pytest.mark.parametrize("word", ["TOTAL", "Total général", "Sous-total", "Somme", "Totaux :"])
@pytest.mark.parametrize("column", [1, 2])
def test_a_line_of_totals_is_no_action(
    planned: Care, tmp_path: Path, word: str, column: int
) -> None:
    def total(book: Workbook) -> None:
        page = book.worksheets[0]
        page.cell(4, column).value = word
        page.cell(4, 7).value = 24_000

    edited(tmp_path / "plan.xlsx", total)
    result = planned("plan", "import", "plan.xlsx")
    assert result.code == 0, result.err
    assert "Ligne 4 laissée de côté" in result.err
    assert len(actions(tmp_path)) == 2


def test_new_actions_read_twice_are_there_once(planned: Care, tmp_path: Path) -> None:
    sheet(
        tmp_path / "a.xlsx",
        ("Identifiant", "Action", "Achat TTC"),
        (None, "Chiffrer les postes", 5000),
        (None, "Chiffrer les postes", 5000),
        (None, "Former", None),
    )
    assert "changées : 3" in planned("plan", "import", "a.xlsx").out
    before = events(tmp_path)
    assert "changées : 0" in planned("plan", "import", "a.xlsx").out
    assert (len(actions(tmp_path)), events(tmp_path)) == (5, before)


def test_an_import_stopped_half_way_leaves_nothing(
    planned: Care, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet(
        tmp_path / "a.xlsx",
        ("Identifiant", "Action"),
        *((None, f"Action {rank}") for rank in range(20)),
    )
    before = events(tmp_path)
    placed = Journal.placed

    def killed(self: Journal, drafts: object, news: object) -> object:
        found = placed(self, drafts, news)  # type: ignore[arg-type]
        raise KeyboardInterrupt if len(found) > 1 else AssertionError("one by one")

    with monkeypatch.context() as stopped:
        stopped.setattr(Journal, "placed", killed)
        assert planned("plan", "import", "a.xlsx").code == 130
    assert events(tmp_path) == before
    assert "changées : 20" in planned("plan", "import", "a.xlsx").out
    assert events(tmp_path) == before + 20


def test_answers_read_twice_change_nothing(started: Care, tmp_path: Path) -> None:
    sheet(tmp_path / "r.xlsx", ANSWERS, ("CK-GOV-01", 2), ("CK-GOV-02", "na", "Sans objet"))
    assert "r.xlsx : 2." in started("answer", "--from", "r.xlsx").out
    before = events(tmp_path)
    again = started("answer", "--from", "r.xlsx")
    assert "r.xlsx : 0." in again.out
    assert "2 réponses identiques au dossier" in again.err.replace("\u00a0", " ")
    assert events(tmp_path) == before


def test_levels_that_a_spreadsheet_keeps_as_2_0(started: Care, tmp_path: Path) -> None:
    sheet(tmp_path / "r.xlsx", ANSWERS, ("CK-GOV-01", 2.0), ("CK-GOV-02", "3_x000D_\n"))
    result = started("answer", "--from", "r.xlsx")
    assert result.code == 0, result.err
    with Dossier.open(tmp_path / "ch.care", "A") as opened:
        assert [one.level for one in opened.state.answers.values()] == [2, 3]


def test_the_same_question_twice_is_refused_with_both_lines(started: Care, tmp_path: Path) -> None:
    sheet(tmp_path / "r.xlsx", ANSWERS, ("CK-GOV-01", 1), (None,), ("ck-gov-01", 4))
    result = started("answer", "--from", "r.xlsx")
    assert result.refused_clearly
    assert "ligne 2 et ligne 4" in result.err


def test_a_formula_is_never_read_as_no_answer(started: Care, tmp_path: Path) -> None:
    sheet(tmp_path / "r.xlsx", ANSWERS, ("CK-GOV-01", "=1+1"), ("CK-GOV-02", 3))
    result = started("answer", "--from", "r.xlsx")
    assert result.refused_clearly
    assert "ligne 2, colonne 2" in result.err


def test_every_line_that_is_not_taken_is_told(started: Care, tmp_path: Path) -> None:
    decomposed = [unicodedata.normalize("NFD", one) for one in ANSWERS]
    sheet(
        tmp_path / "r.xlsx",
        (*decomposed, "Pilote"),
        ("CK-GOV-01", 1, None, None, "DSI"),
        ("CK-GOV-02", None, None, "à voir", "RSSI"),
    )
    result = started("answer", "--from", "r.xlsx")
    assert "r.xlsx : 1." in result.out
    assert "Lignes sans réponse, laissées de côté : 3." in result.err
    assert "Colonnes laissées de côté : Pilote." in result.err


def test_a_spending_and_its_piece_enter_together_or_not_at_all(
    started: Care, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "devis.txt").write_text("Devis n° 1 : 1 200 €", encoding="utf-8")
    line = ("spending", "add", "--domain", "d1", "--label", "Pare-feu", "--amount", "1200")
    before = events(tmp_path)
    placed = Journal.placed

    def killed(self: Journal, drafts: object, news: object) -> object:
        found = placed(self, drafts, news)  # type: ignore[arg-type]
        raise KeyboardInterrupt if len(found) == 2 else AssertionError("one by one")

    with monkeypatch.context() as stopped:
        stopped.setattr(Journal, "placed", killed)
        assert started(*line, "--file", "devis.txt").code == 130
    assert events(tmp_path) == before
    assert started(*line, "--file", "devis.txt").code == 0
    assert events(tmp_path) == before + 2


def test_what_nobody_costed_is_neither_free_nor_within_a_budget(started: Care) -> None:
    assert started("plan", "add", "Former", "--levels", "CK-GOV-01:3").code == 0
    assert started("plan", "add", "Acheter", "--purchase", "1000").code == 0
    assert started("plan", "add", "Déplacer", "--purchase", "0").code == 0
    listed = started("plan", "list").out
    assert "à chiffrer" in listed
    assert "Ensemble : au moins 1 000,00 € (1 action à chiffrer)" in _spaces(listed)
    within = _spaces(started("plan", "list", "--budget", "5000").out)
    assert "Ensemble : 1 000,00 €," in within
    assert any("à chiffrer" in one and "Former" in one for one in within.splitlines())


def _spaces(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")
