"""Questionnaires by what people type, and the one that asks a given question."""

from care_kit.catalog.content import Content
from care_kit.model.content.questionnaire import Questionnaire
from care_kit.model.words.errors import InputError


def find(content: Content, typed: str) -> Questionnaire:
    """The questionnaire with that id, or InputError with the known ones."""
    found = content.questionnaires.get(typed.strip().lower())
    if found is None:
        known = ", ".join(sorted(content.questionnaires))
        raise InputError(
            f"Le questionnaire « {typed} » n'existe pas.", f"Questionnaires connus : {known}."
        )
    return found


def holding(content: Content, indicator_id: str, preferred: Questionnaire) -> Questionnaire:
    """The questionnaire that asks this question: `preferred` when it does, else another one.

    `preferred` too when none does, so that the error names the questionnaire in use.
    """
    if preferred.indicator(indicator_id) is not None:
        return preferred
    others = content.questionnaires.values()
    return next((one for one in others if one.indicator(indicator_id)), preferred)
