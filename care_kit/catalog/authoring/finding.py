"""One piece of content by its id, and the file it came from."""

from dataclasses import dataclass
from difflib import get_close_matches

from care_kit.catalog.authoring.documents import is_own
from care_kit.catalog.content import Content
from care_kit.model.content.check import Check
from care_kit.model.content.export_profile import ExportProfile
from care_kit.model.content.programme import Objective, Programme
from care_kit.model.content.questionnaire import Indicator
from care_kit.model.words.errors import InputError


@dataclass(frozen=True)
class Found:
    """The content, its file, whether it is the user's own, and what holds it (titles)."""

    value: Indicator | Objective | Check | ExportProfile
    file: str
    own: bool
    held_by: tuple[str, ...] = ()


def find(content: Content, typed: str) -> Found:
    """The indicator, objective, check or profile with that id; InputError when there is none."""
    known = {**_profiles(content), **_checks(content)}
    for programme in content.programmes.values():
        known |= _objectives(content, programme)
    known |= {one.id.upper(): _indicator(content, one) for one in content.indicators}
    found = known.get(typed.strip().upper())
    if found is None:
        near = ", ".join(get_close_matches(typed.strip().upper(), list(known), n=3)) or "aucun"
        raise InputError(
            f"« {typed} » n'est ni un indicateur, ni un objectif, ni un contrôle, ni un profil.",
            f"Identifiants proches : {near}. « care content validate » liste les fichiers.",
        )
    return found


def _found(
    content: Content, value: Indicator | Objective | Check | ExportProfile, file_of: str, *held: str
) -> Found:
    file = content.origins[file_of]
    return Found(value, file, is_own(file), held)


def _profiles(content: Content) -> dict[str, Found]:
    return {one.id.upper(): _found(content, one, one.id) for one in content.profiles.values()}


def _checks(content: Content) -> dict[str, Found]:
    return {one.id.upper(): _found(content, one, one.id) for one in content.checks.values()}


def _objectives(content: Content, programme: Programme) -> dict[str, Found]:
    known: dict[str, Found] = {}
    for one in programme.objectives:
        found = _found(content, one, programme.id, programme.title)
        known |= {key.upper(): found for key in (one.official_id, one.id) if key}
    return known


def _indicator(content: Content, indicator: Indicator) -> Found:
    held = (
        one.title
        for one in content.questionnaires.values()
        if one.indicator(indicator.id) is not None
    )
    return _found(content, indicator, indicator.id, *held)
