"""A directory reading taken from a complete package: every rule runs again, without the network."""

from dataclasses import replace
from pathlib import Path

from care_kit.model.facts import directory_codec
from care_kit.model.facts.reading import Statement
from care_kit.model.formats import codec
from care_kit.model.words.errors import InputError

STATEMENT = "declaration.json"
_REPLAYED = "Relevé repris d'un paquet : aucun annuaire n'a été lu au moment de la reprise."


def read_offline(facts: Path) -> tuple[bytes, Statement]:
    """`faits.gz` and the statement beside it, marked as replayed.

    InputError when either is absent or damaged, or when they do not belong together.
    """
    try:
        raw = facts.read_bytes()
        declared = facts.with_name(STATEMENT).read_bytes()
    except OSError as cause:
        raise InputError(
            f"Le relevé « {facts} » ou sa déclaration « {STATEMENT} » ne peut pas être lu.",
            "Donnez le fichier faits.gz d'un paquet complet extrait, dans son dossier d'origine.",
        ) from cause
    try:
        statement = codec.decode(Statement, declared)
        directory_codec.decode(raw)
    except (ValueError, KeyError, OSError, EOFError) as cause:
        raise InputError(
            f"« {facts} » n'est pas un relevé d'annuaire lisible.",
            "Reprenez une copie intègre du paquet (« care verify » le contrôle).",
        ) from cause
    if statement.facts_sha512 != codec.sha512(raw):
        raise InputError(
            f"« {facts} » n'est pas le relevé que décrit sa déclaration.",
            "Reprenez une copie intègre du paquet (« care verify » le contrôle).",
        )
    return raw, replace(statement, replayed=True, limits=(_REPLAYED, *statement.limits))
