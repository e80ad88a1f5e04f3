"""All content at once: shipped files overlaid by the user's own, cross-checked."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from care_kit import resources
from care_kit.catalog import consistency, toml_file
from care_kit.model.check import Check, ControlPoints
from care_kit.model.errors import ContentError
from care_kit.model.export_profile import ExportProfile
from care_kit.model.programme import Programme
from care_kit.model.questionnaire import Questionnaire

T = TypeVar("T")
_POINTS = "anssi_points.toml"


@dataclass(frozen=True)
class Content:
    """Everything declared in TOML, by id. `origins` tells which file each id came from."""

    questionnaires: Mapping[str, Questionnaire]
    programmes: Mapping[str, Programme]
    checks: Mapping[str, Check]
    points: ControlPoints
    profiles: Mapping[str, ExportProfile]
    origins: Mapping[str, str]


@cache
def load() -> Content:
    """Read, validate and cross-check every content file; ContentError names the first fault."""
    origins: dict[str, str] = {}

    def folder(kind: str, under: str, shape: type[T], name: Callable[[T], str]) -> dict[str, T]:
        found: dict[str, T] = {}
        for file in _files(kind, under):
            one = toml_file.read(file, shape)
            if name(one) in found:
                raise ContentError(
                    f"Dans « {file} », à « id » : « {name(one)} » est déjà pris par "
                    f"« {origins[name(one)]} ».",
                    "Donnez à ce fichier un identifiant à lui, ou retirez l'un des deux.",
                )
            found[name(one)] = one
            origins[name(one)] = str(file)
        return found

    content = Content(
        questionnaires=folder("questionnaires", "", Questionnaire, lambda one: one.id),
        programmes=folder("questionnaires", "programmes", Programme, lambda one: one.id),
        checks={
            **folder("checks", "directory", Check, lambda one: one.id),
            **folder("checks", "exposure", Check, lambda one: one.id),
        },
        points=toml_file.read(_winner("checks", _POINTS), ControlPoints),
        profiles=folder("exports", "", ExportProfile, lambda one: one.id),
        origins=origins,
    )
    consistency.verify(content)
    return content


def _files(kind: str, under: str) -> Iterable[Traversable | Path]:
    """Content files of one folder; a file of the overlay replaces the shipped one of that name."""
    shipped = resources.data(kind).joinpath(under) if under else resources.data(kind)
    by_name: dict[str, Traversable | Path] = {
        file.name: file for file in shipped.iterdir() if _is_content(file.name)
    }
    own = resources.overlay(kind)
    if own is not None and (own / under).is_dir():
        by_name |= {file.name: file for file in (own / under).iterdir() if _is_content(file.name)}
    return [by_name[name] for name in sorted(by_name)]


def _winner(kind: str, name: str) -> Traversable | Path:
    own = resources.overlay(kind)
    if own is not None and (own / name).is_file():
        return own / name
    return resources.data(kind).joinpath(name)


def _is_content(name: str) -> bool:
    return name.endswith(".toml") and name != _POINTS
