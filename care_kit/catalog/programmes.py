"""Programmes and objectives by what people type."""

from care_kit.catalog.content import Content
from care_kit.model.content.programme import Objective, Programme
from care_kit.model.words.errors import InputError


def find(content: Content, typed: str) -> Programme:
    """The programme with that id, or InputError with the known ones."""
    found = content.programmes.get(typed.strip().lower())
    if found is None:
        known = ", ".join(sorted(content.programmes))
        raise InputError(f"Le programme « {typed} » n'existe pas.", f"Programmes connus : {known}.")
    return found


def find_objective(programme: Programme, typed: str) -> Objective:
    """The objective with that id, official or ours, or InputError with the known ones."""
    wanted = typed.strip().upper()
    for one in programme.objectives:
        if wanted and wanted in (one.id.upper(), one.official_id.upper()):
            return one
    known = ", ".join(one.id for one in programme.objectives)
    raise InputError(
        f"L'objectif « {typed} » n'existe pas dans « {programme.title} ».",
        f"Objectifs connus : {known}.",
    )
