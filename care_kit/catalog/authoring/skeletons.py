"""Commented TOML files to start from; every text to write is a « à compléter » that shows."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from string import Template

from care_kit import resources
from care_kit.catalog import toml_file
from care_kit.catalog.content import Content
from care_kit.catalog.folders import files, subfolders
from care_kit.catalog.questionnaires import HEAD, KIND
from care_kit.model.content.questionnaire import QuestionnaireHead
from care_kit.model.words.errors import InputError
from care_kit.model.words.vocabulary import ProbeKind

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
# Names that Windows keeps for itself, whatever their extension.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


class Kind(StrEnum):
    """What an author may start."""

    INDICATOR = "indicator"
    QUESTIONNAIRE = "questionnaire"
    PROGRAMME = "programme"
    CHECK = "check"


@dataclass(frozen=True)
class Skeleton:
    """A file to write: its path inside a content folder, and its text."""

    path: Path
    text: str


def skeleton(
    kind: Kind, new_id: str, content: Content, today: date, questionnaire: str = ""
) -> Skeleton:
    """The file to start from; InputError when the id is taken or cannot name a file.

    `questionnaire` is the one an indicator joins, needed when several are kept in folders.
    """
    check_free(new_id, content)
    if kind is Kind.INDICATOR:
        return _indicator(new_id, today, questionnaire)
    if kind is Kind.CHECK:
        return _check(new_id, content, today)
    under = Path(KIND, "programmes") if kind is Kind.PROGRAMME else Path(KIND)
    upper = new_id.upper()
    text = _filled(
        kind.value, id=new_id, today=today, domain="A",
        indicator=f"{upper}-A-01", objective=f"{upper}-OBJECTIF-1",
    )  # fmt: skip
    return Skeleton(under / f"{new_id}.toml", text)


def check_free(new_id: str, content: Content) -> None:
    """InputError when that id is taken, whatever its letter case, or cannot name a file."""
    if not _ID.fullmatch(new_id) or new_id.endswith(".") or _DEVICES.fullmatch(new_id):
        raise InputError(
            f"« {new_id} » ne peut pas servir d'identifiant.",
            "Employez des lettres sans accent, des chiffres, des points et des tirets : CK-GOV-99.",
        )
    taken = {one.upper(): file for one, file in content.origins.items()}.get(new_id.upper())
    if taken is not None:
        raise InputError(
            f"L'identifiant « {new_id} » est déjà pris par « {taken} ».",
            "Choisissez-en un autre, ou copiez ce fichier pour le corriger.",
        )


def _indicator(new_id: str, today: date, questionnaire: str) -> Skeleton:
    folder, head = _folder(questionnaire, new_id)
    domains = [one.id for one in head.domains]
    named = [one for one in domains if f"-{one}-" in new_id.upper()]
    domain = next(iter([*named, *domains]), "A")
    text = _filled(
        "indicateur", indicator=new_id, domain=domain, domains=", ".join(domains),
        questionnaire=head.title, today=today,
    )  # fmt: skip
    return Skeleton(Path(KIND, folder, f"{new_id}.toml"), text)


def _folder(wanted: str, new_id: str) -> tuple[str, QuestionnaireHead]:
    """The questionnaire kept in a folder that an indicator joins by one more file."""
    known: dict[str, tuple[str, QuestionnaireHead]] = {}
    for name in subfolders(KIND, HEAD):
        file = next(one for one in files(KIND, name) if one.name == HEAD)
        head = toml_file.read(file, QuestionnaireHead)
        known[head.id] = name, head
    if not wanted:
        named = [
            one
            for one in known.values()
            if len(known) == 1 or any(f"-{each.id}-" in new_id.upper() for each in one[1].domains)
        ]
        if len(named) == 1:
            return named[0]
    if wanted not in known:
        raise InputError(
            f"Le questionnaire « {wanted} » ne se complète pas par un fichier."
            if wanted
            else "Il faut dire à quel questionnaire l'indicateur s'ajoute.",
            f"Avec --questionnaire, choisissez parmi : {', '.join(sorted(known))}. Un "
            "questionnaire en un seul fichier se copie puis se complète à la main.",
        )
    return known[wanted]


def _check(new_id: str, content: Content, today: date) -> Skeleton:
    point = next((one for one in content.points.points if one.id == new_id), None)
    if point is not None:
        levels = ", ".join(map(str, point.levels))
        nature = f'family = "directory"\n# Niveaux de l\'ANSSI pour ce point.\nlevels = [{levels}]'
    else:
        nature = 'family = "exposure"\n# critical, high, medium, low ou info.\nseverity = "medium"'
    family = ProbeKind.EXPOSURE if point is None else ProbeKind.DIRECTORY
    text = _filled("controle", id=new_id, nature=nature, today=today)
    return Skeleton(Path("checks", family.value, f"{new_id}.toml"), text)


def _filled(name: str, **values: object) -> str:
    text = resources.data("templates").joinpath("contenus", f"{name}.toml").read_text("utf-8")
    return Template(text).substitute(values)
