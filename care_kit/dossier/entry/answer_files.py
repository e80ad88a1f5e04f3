"""Answers prepared in a TOML or XLSX file: all of them are valid, or none is taken."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from care_kit.catalog import toml_file
from care_kit.catalog.workbook import filled_sheet
from care_kit.dossier.entry.answering import given
from care_kit.dossier.journal.events import AnswerGiven
from care_kit.model.content.questionnaire import Questionnaire
from care_kit.model.content.strict import Strict
from care_kit.model.words.errors import InputError

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell

Asking = Callable[[str], Questionnaire]
MAX_ROWS = 10_000
_COLUMNS = {
    "indicateur": "indicator",
    "réponse": "said",
    "motif": "reason",
    "commentaire": "comment",
}


@dataclass(frozen=True)
class PreparedAnswer(Strict):
    """One line of an answers file; `said` is whatever may be typed (`answering.understood`)."""

    indicator: str
    said: str
    reason: str = ""
    comment: str = ""


@dataclass(frozen=True)
class PreparedAnswers(Strict):
    """The TOML form: `[[answers]]` tables."""

    answers: tuple[PreparedAnswer, ...]


def read_answers(path: Path, asking: Asking, today: date) -> tuple[AnswerGiven, ...]:
    """Events for every line of the file; InputError names the first line that does not fit.

    `asking` gives the questionnaire that asks a question.
    """
    if not path.is_file():
        raise InputError(f"Le fichier de réponses « {path} » n'existe pas.", "Vérifiez le chemin.")
    if path.suffix.lower() == ".toml":
        lines = enumerate(toml_file.read(path, PreparedAnswers, InputError).answers, start=1)
    elif path.suffix.lower() == ".xlsx":
        lines = enumerate(_rows(path), start=2)
    else:
        raise InputError(
            f"« {path.name} » n'est ni un fichier TOML ni un classeur XLSX.",
            "Donnez un fichier dont le nom finit par .toml ou .xlsx.",
        )
    return tuple(
        _event(asking(line.indicator), path, number, line, today) for number, line in lines
    )


def _event(
    questionnaire: Questionnaire, path: Path, number: int, line: PreparedAnswer, today: date
) -> AnswerGiven:
    try:
        return given(
            questionnaire, line.indicator, line.said, line.reason, line.comment, today=today
        )
    except InputError as cause:
        raise InputError(
            f"{path.name}, réponse n° {number} : {cause.sentence}", cause.next_step
        ) from cause


def _rows(path: Path) -> Iterator[PreparedAnswer]:
    table = filled_sheet(path, _text, max_rows=MAX_ROWS)
    names = [_COLUMNS.get(title.lower(), "") for title in (table[0] if table else [])]
    if not {"indicator", "said"} <= set(names):
        raise InputError(
            f"La première feuille de « {path.name} » n'a pas les colonnes attendues.",
            "Nommez les colonnes : Indicateur, Réponse, Motif, Commentaire.",
        )
    for row in table[1:]:
        fields = {name: value for name, value in zip(names, row, strict=False) if name}
        if fields["said"]:
            yield PreparedAnswer(**fields)


def _text(cell: "Cell | MergedCell") -> str:
    """The cell as its reader sees it: a spreadsheet keeps 100 % as 1, which is also a level."""
    value = cell.value
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int | float) and "%" in str(cell.number_format):
        share = f"{value * 100:.6f}".rstrip("0").rstrip(".")
        return f"{share.replace('.', ',')} %"
    return "" if value is None else str(value).strip()
