"""Every content file one by one, so that one bad file does not hide the others."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from care_kit import resources
from care_kit.catalog import questionnaires, toml_file
from care_kit.catalog.folders import File, files, subfolders, winner
from care_kit.model.content.check import Check, ControlPoints, WithoutQuestion
from care_kit.model.content.dated_tables import ExchangeTable, SupportTable
from care_kit.model.content.export_profile import ExportProfile
from care_kit.model.content.kev import KevProducts
from care_kit.model.content.programme import Programme
from care_kit.model.content.questionnaire import (
    Questionnaire,
    QuestionnaireHead,
    QuestionnairePart,
    Selection,
)
from care_kit.model.content.referential import Referential
from care_kit.model.content.rule_mapping import RuleMapping
from care_kit.model.results.level_held import HeldThreshold
from care_kit.model.words.errors import ContentError, InputError

KINDS = ("questionnaires", "checks", "exports")
_MAX_FILES = 5_000
_FOLDERS: tuple[tuple[str, str, type], ...] = (
    ("questionnaires", "", Questionnaire),
    ("questionnaires", "programmes", Programme),
    ("questionnaires", "referentials", Referential),
    ("questionnaires", questionnaires.SELECTIONS, Selection),
    ("checks", "directory", Check),
    ("checks", "exposure", Check),
    ("exports", "", ExportProfile),
)
_LONE_FILES = (
    ("anssi_points.toml", ControlPoints),
    ("level_held.toml", HeldThreshold),
    ("without_question.toml", WithoutQuestion),
    ("data/end_of_support.toml", SupportTable),
    ("data/exchange_builds.toml", ExchangeTable),
    ("data/kev_products.toml", KevProducts),
    ("mappings/pingcastle.toml", RuleMapping),
)


@dataclass(frozen=True)
class Document:
    """One content file: what it should be, its raw tables, and every (place, mend) at fault.

    `own` is true for a file of the overlay; `value` is None when the file does not fit.
    """

    file: str
    own: bool
    table: dict[str, Any]
    value: object | None
    misfits: tuple[tuple[str, str], ...] = ()


def documents() -> Iterator[Document]:
    """Every file in force, shipped or of the overlay, none left out because it is wrong."""
    for file, shape in _in_force():
        yield read(file, shape)


def read(file: File, shape: type) -> Document:
    """One file read as `shape`; a file that cannot be parsed is a document with one misfit."""
    try:
        table = toml_file.parse(file)
    except ContentError as error:
        return Document(str(file), is_own(file), {}, None, (("fichier", _mend(error)),))
    misfits = tuple(toml_file.misfits(table, shape))
    value = None if misfits else toml_file.validate(table, shape, str(file))
    return Document(str(file), is_own(file), table, value, misfits)


def guess(file: Path) -> Document:
    """A file read as what its fields say it is; InputError when they say nothing known."""
    table = toml_file.parse(file, InputError)
    shape = _shape(table)
    if shape is None:
        raise InputError(
            f"« {file} » n'est pas un fichier de contenu : ni questionnaire, ni programme, ni "
            "contrôle.",
            "Vérifiez que c'est le bon fichier ; « care content new » en prépare un.",
        )
    return read(file, shape)


def unread() -> Iterator[Path]:
    """TOML files of the overlay that nothing reads, because of where they are."""
    known = {str(file) for file, _ in _in_force()}
    for kind in KINDS:
        root = resources.overlay(kind)
        for file in islice(sorted(root.rglob("*.toml")) if root else (), _MAX_FILES):
            if str(file) not in known:
                yield file


def is_own(file: File | str) -> bool:
    """True for a file of the user's overlay."""
    return any(Path(str(file)).is_relative_to(resources.overlay_path(kind)) for kind in KINDS)


def _in_force() -> Iterator[tuple[File, type]]:
    for kind, under, shape in _FOLDERS:
        yield from ((file, shape) for file in files(kind, under))
    for name in subfolders(questionnaires.KIND, questionnaires.HEAD):
        for file in files(questionnaires.KIND, name):
            head = file.name == questionnaires.HEAD
            yield file, QuestionnaireHead if head else QuestionnairePart
    yield from ((winner("checks", name), shape) for name, shape in _LONE_FILES)


def _shape(table: dict[str, Any]) -> type | None:
    marks: tuple[tuple[set[str], type], ...] = (
        ({"objectives"}, Programme),
        ({"remediation"}, Check),
        ({"bases"}, Selection),
        ({"measures"}, Referential),
        ({"points"}, ControlPoints),
        ({"max_critical"}, HeldThreshold),
        ({"rules"}, RuleMapping),
        ({"checks"}, WithoutQuestion),
        ({"parts"}, ExportProfile),
        ({"indicators", "domains"}, Questionnaire),
        ({"domains"}, QuestionnaireHead),
        ({"indicators"}, QuestionnairePart),
    )
    return next((shape for keys, shape in marks if keys <= table.keys()), None)


def _mend(error: ContentError) -> str:
    """The sentence without its final stop, as mends are written."""
    return error.sentence.removesuffix(".")
