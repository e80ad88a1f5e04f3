"""From what a person typed to an answer event, whatever the front end."""

from care_kit.dossier.events import AnswerGiven
from care_kit.model.errors import InputError
from care_kit.model.questionnaire import Indicator, Questionnaire
from care_kit.model.vocabulary import AnswerState

UNKNOWN_WORDS = ("nsp", "?", "ne sais pas")
NOT_APPLICABLE_WORDS = ("na", "n/a", "non applicable", "sans objet")


def find(questionnaire: Questionnaire, indicator_id: str) -> Indicator:
    """The indicator with that id, or InputError naming the nearest ones."""
    found = questionnaire.indicator(indicator_id.strip())
    if found is not None:
        return found
    from difflib import get_close_matches

    ids = [one.id for one in questionnaire.indicators]
    near = ", ".join(get_close_matches(indicator_id.upper(), ids, n=3)) or f"{ids[0]}, {ids[1]}"
    raise InputError(
        f"La question « {indicator_id} » n'existe pas dans « {questionnaire.title} ».",
        f"Identifiants proches : {near}. La liste complète : « care questions ».",
    )


def given(
    questionnaire: Questionnaire,
    indicator_id: str,
    said: str,
    reason: str = "",
    comment: str = "",
) -> AnswerGiven:
    """The event for `said`: a level of the scale, "nsp" (unknown) or "na" (not applicable).

    InputError for an unknown question, a level outside the scale, or "na" without a reason.
    """
    indicator = find(questionnaire, indicator_id)
    state, level = _understood(indicator, said)
    if state is AnswerState.NOT_APPLICABLE and not reason.strip():
        raise InputError(
            f"« {indicator.id} » : « non applicable » demande un motif.",
            "Ajoutez le motif (option --reason) : il sera lu par l'examinateur.",
        )
    return AnswerGiven(
        questionnaire=questionnaire.id,
        questionnaire_version=questionnaire.version,
        indicator=indicator.id,
        state=state,
        level=level,
        reason=reason.strip(),
        comment=comment.strip(),
    )


def _understood(indicator: Indicator, said: str) -> tuple[AnswerState, int | None]:
    word = said.strip().lower()
    if word in UNKNOWN_WORDS:
        return AnswerState.UNKNOWN, None
    if word in NOT_APPLICABLE_WORDS:
        return AnswerState.NOT_APPLICABLE, None
    if word.isascii() and word.isdigit() and int(word) in indicator.levels:
        return AnswerState.ANSWERED, int(word)
    scale = ", ".join(str(level) for level in sorted(indicator.levels))
    raise InputError(
        f"« {said} » n'est pas une réponse possible à {indicator.id} (niveaux : {scale}).",
        "Donnez un de ces niveaux, « nsp » (ne sais pas) ou « na » (non applicable).",
    )
