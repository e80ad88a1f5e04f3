"""What an evidence may support: an indicator, an objective or an expected piece."""

from collections.abc import Iterator
from difflib import get_close_matches

from care_kit.catalog.content import Content
from care_kit.model.words.errors import InputError


def resolve(content: Content, typed: str) -> str:
    """The exact id meant by `typed`, whatever its letter case; InputError when unknown."""
    known = {one.upper(): one for one in _ids(content)}
    found = known.get(typed.strip().upper())
    if found is None:
        near = ", ".join(get_close_matches(typed.upper(), list(known), n=3)) or "aucun"
        raise InputError(
            f"« {typed} » n'est ni un indicateur ni une pièce attendue.",
            f"Identifiants proches : {near}. La liste : « care questions ».",
        )
    return found


def _ids(content: Content) -> Iterator[str]:
    for questionnaire in content.questionnaires.values():
        yield from (one.id for one in questionnaire.indicators)
    for programme in content.programmes.values():
        for objective in programme.objectives:
            yield objective.id
            yield from (piece.id for piece in objective.pieces)
