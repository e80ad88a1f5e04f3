"""Answers prepared in a TOML or XLSX file: all of them are valid, or none is taken.

The same file read twice changes nothing, and every line that is not taken is told.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from care_kit.catalog import toml_file
from care_kit.catalog.workbook import filled_sheet
from care_kit.dossier.entry.answering import given
from care_kit.dossier.entry.headings import Columns, columns
from care_kit.dossier.journal.events import AnswerGiven
from care_kit.model.content.questionnaire import Questionnaire
from care_kit.model.content.strict import Strict
from care_kit.model.dossier.state import Answer
from care_kit.model.words.errors import InputError
from care_kit.model.words.french import counted, listed

Asking = Callable[[str], Questionnaire]
MAX_ROWS = 10_000
_SHOWN = 10
_KNOWN = {
    "indicator": ("Indicateur", "Indicateurs", "Question", "Identifiant", "Code"),
    "said": ("Réponse", "Réponses", "Niveau"),
    "reason": ("Motif", "Motifs", "Justification"),
    "comment": ("Commentaire", "Commentaires", "Remarque", "Remarques"),
}
_SAME = (
    "questionnaire", "questionnaire_version", "state", "level", "reason", "comment", "typed",
    "wording", "entities",
)  # fmt: skip


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


@dataclass(frozen=True)
class ReadAnswers:
    """Answers to write because they are new or changed; `told` says what is not, in French."""

    events: tuple[AnswerGiven, ...]
    told: tuple[str, ...]


def read_answers(
    path: Path, asking: Asking, today: date, known: Mapping[str, Answer]
) -> ReadAnswers:
    """What a file of answers changes; InputError names the first line that does not fit.

    `asking` gives the questionnaire that asks a question, `known` what is answered already.
    """
    if not path.is_file():
        raise InputError(f"Le fichier de réponses « {path} » n'existe pas.", "Vérifiez le chemin.")
    told: list[str] = []
    if path.suffix.lower() == ".toml":
        read = enumerate(toml_file.read(path, PreparedAnswers, InputError).answers, start=1)
        lines = [(f"réponse n° {number}", line) for number, line in read]
    elif path.suffix.lower() == ".xlsx":
        lines = [(f"ligne {number}", line) for number, line in _rows(path, told)]
    else:
        raise InputError(
            f"« {path.name} » n'est ni un fichier TOML ni un classeur XLSX.",
            "Donnez un fichier dont le nom finit par .toml ou .xlsx.",
        )
    events: dict[str, tuple[str, AnswerGiven]] = {}
    for where, line in lines:
        event = _event(asking(line.indicator), f"{path.name}, {where}", line, today)
        if event.indicator in events:
            first = events[event.indicator][0]
            raise InputError(
                f"{path.name} : la question {event.indicator} y est deux fois "
                f"({first} et {where}).",
                "Gardez une seule de ces réponses.",
            )
        events[event.indicator] = where, event
    new = tuple(one for _, one in events.values() if not _already(one, known))
    if len(new) < len(events):
        same = counted(len(events) - len(new), "réponse")
        told.append(f"{same} identique{'s' if len(events) - len(new) > 1 else ''} au dossier.")
    return ReadAnswers(new, tuple(told))


def _already(event: AnswerGiven, known: Mapping[str, Answer]) -> bool:
    before = known.get(event.indicator)
    return before is not None and all(
        getattr(before, name) == getattr(event, name) for name in _SAME
    )


def _event(
    questionnaire: Questionnaire, where: str, line: PreparedAnswer, today: date
) -> AnswerGiven:
    try:
        return given(
            questionnaire, line.indicator, line.said, line.reason, line.comment, today=today
        )
    except InputError as cause:
        raise InputError(f"{where} : {cause.sentence}", cause.next_step) from cause


def _rows(path: Path, told: list[str]) -> Iterator[tuple[int, PreparedAnswer]]:
    """Lines that answer, with their number in the sheet; the others are told."""
    table = filled_sheet(path, max_rows=MAX_ROWS)
    found = _columns(path, table[0] if table else [])
    if found.unknown:
        told.append(f"Colonnes laissées de côté : {listed(found.unknown)}.")
    unanswered = []
    for number, row in enumerate(table[1:], start=2):
        fields = found.fields(row)
        if fields["said"]:
            yield number, PreparedAnswer(**fields)
        elif any(row):
            unanswered.append(str(number))
    if unanswered:
        lines = listed(unanswered[:_SHOWN], len(unanswered) - _SHOWN)
        told.append(f"Lignes sans réponse, laissées de côté : {lines}.")


def _columns(path: Path, headings: list[str]) -> Columns:
    found = columns(headings, _KNOWN, path.name)
    if not {"indicator", "said"} <= found.places.keys():
        raise InputError(
            f"La première feuille de « {path.name} » n'a pas les colonnes attendues.",
            "Nommez les colonnes : Indicateur, Réponse, Motif, Commentaire.",
        )
    return found
