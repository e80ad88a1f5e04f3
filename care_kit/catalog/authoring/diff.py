"""What became of each indicator, objective and check between two states of the content."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import islice
from pathlib import Path

from care_kit.catalog.authoring.documents import Document, guess
from care_kit.model.content.check import Check
from care_kit.model.content.programme import Objective, Programme
from care_kit.model.content.questionnaire import Indicator, Questionnaire, QuestionnairePart
from care_kit.model.words.errors import InputError

Item = Indicator | Objective | Check
MAX_FILES = 2_000
# A change there makes answers already given, or thresholds already met, mean something else.
_SCALES: Mapping[type, set[str]] = {
    Indicator: {"levels", "answer"},
    Objective: {"target", "readings", "activity_share", "least_rate"},
    Check: {"levels", "severity", "thresholds"},
}
_WORDINGS: Mapping[type, set[str]] = {
    Indicator: {"title", "question", "why", "help"},
    Objective: {"title", "who", "gap"},
    Check: {"title", "why", "remediation"},
}


class Became(StrEnum):
    """The fate of one id; `CARRIED` answers stay valid as they are."""

    CARRIED = "carried"
    REWORDED = "reworded"
    SCALE = "scale"
    NEW = "new"
    GONE = "gone"

    @property
    def label(self) -> str:
        """French words shown to the user."""
        return {
            "carried": "repris",
            "reworded": "reformulé, à relire",
            "scale": "barème changé",
            "new": "nouveau",
            "gone": "disparu",
        }[self.value]


@dataclass(frozen=True)
class Change:
    """One id, what became of it, and the names of the fields that differ."""

    id: str
    became: Became
    fields: tuple[str, ...] = ()


def compare(old: Path, new: Path) -> list[Change]:
    """Every id of the two files or folders, in id order."""
    before, after = _items(old), _items(new)
    return [_change(one, before.get(one), after.get(one)) for one in sorted({*before, *after})]


def _change(item_id: str, before: Item | None, after: Item | None) -> Change:
    if before is None or after is None:
        return Change(item_id, Became.NEW if before is None else Became.GONE)
    if type(before) is not type(after):
        return Change(item_id, Became.SCALE, ("nature",))
    changed = tuple(
        field.name
        for field in fields(after)
        if getattr(before, field.name) != getattr(after, field.name)
    )
    if _SCALES[type(after)] & set(changed):
        return Change(item_id, Became.SCALE, changed)
    reworded = _WORDINGS[type(after)] & set(changed)
    return Change(item_id, Became.REWORDED if reworded else Became.CARRIED, changed)


def _items(path: Path) -> dict[str, Item]:
    found: dict[str, Item] = {}
    for document in _documents(path):
        for one in _of(document):
            if one.id in found:
                raise InputError(
                    f"« {one.id} » est déclaré deux fois dans « {path} ».",
                    "Comparez deux états d'un même contenu, sans copie à côté.",
                )
            found[one.id] = one
    if not found:
        raise InputError(
            f"« {path} » ne contient ni indicateur, ni objectif, ni contrôle.",
            "Donnez un fichier de contenu, ou le dossier qui en contient.",
        )
    return found


def _documents(path: Path) -> Iterator[Document]:
    folder = path.is_dir()
    files: Iterable[Path] = islice(sorted(path.rglob("*.toml")), MAX_FILES) if folder else [path]
    for file in files:
        document = guess(file)
        if document.misfits:
            place, mend = document.misfits[0]
            raise InputError(
                f"Dans « {file} », à « {place} » : {mend}.",
                "Corrigez ce fichier, puis comparez à nouveau.",
            )
        yield document


def _of(document: Document) -> tuple[Item, ...]:
    value = document.value
    if isinstance(value, Questionnaire | QuestionnairePart):
        return value.indicators
    if isinstance(value, Programme):
        return value.objectives
    return (value,) if isinstance(value, Check) else ()
