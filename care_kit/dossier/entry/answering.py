"""From what a person typed to an answer event, whatever the front end."""

import re
from dataclasses import dataclass
from datetime import date

from care_kit.dossier.folding.wording import wording
from care_kit.dossier.journal.events import AnswerGiven
from care_kit.model.content.questionnaire import AnswerKind, Indicator, Questionnaire
from care_kit.model.dossier.typed_answer import (
    NOT_APPLICABLE_WORDS,
    UNKNOWN_WORDS,
    Value,
    invitation,
    value_of,
)
from care_kit.model.words.errors import InputError
from care_kit.model.words.near import near
from care_kit.model.words.vocabulary import AnswerState

# « p3 », « e 31/03/2026 »: a letter before a level or a value.
_PREFIXED = re.compile(r"([pe])\s*(\S.*)", re.IGNORECASE)
# Where a free text may start with any letter: « p3 », « e3 : salle du conseil ».
_PREFIXED_LEVEL = re.compile(r"([pe])\s*([0-9]\s*(?::.*)?)", re.IGNORECASE)
_LEVEL_THEN_TEXT = re.compile(r"([0-9])\s*:\s*(\S.*)", re.DOTALL)
_PREFIXES = {"p": AnswerState.PARTIAL, "e": AnswerState.EQUIVALENT}
_REASONS = {
    AnswerState.NOT_APPLICABLE: "pourquoi la question est sans objet",
    AnswerState.PARTIAL: "sur quelle partie du périmètre le niveau est tenu",
    AnswerState.EQUIVALENT: "quelle autre mesure est en place et pourquoi elle vaut ce niveau",
}


@dataclass(frozen=True)
class Said:
    """What a text means for one indicator; `typed` is the value typed instead of a level."""

    state: AnswerState
    level: int | None = None
    typed: str = ""

    @property
    def reason_wanted(self) -> str:
        """What the mandatory reason must tell, in French; empty when none is needed."""
        return _REASONS.get(self.state, "")


def find(questionnaire: Questionnaire, indicator_id: str) -> Indicator:
    """The indicator with that id, or InputError naming the nearest ones."""
    found = questionnaire.indicator(indicator_id.strip())
    if found is not None:
        return found
    ids = [one.id for one in questionnaire.indicators]
    resembling = ", ".join(near(indicator_id, ids) or ids[:2])
    raise InputError(
        f"La question « {indicator_id} » n'existe pas dans « {questionnaire.title} ».",
        f"Identifiants proches : {resembling}. La liste complète : « care questions ».",
    )


def given(
    questionnaire: Questionnaire,
    indicator_id: str,
    said: str,
    reason: str = "",
    comment: str = "",
    *,
    today: date,
    entities: tuple[str, ...] = (),
) -> AnswerGiven:
    """The event for `said`, as `understood` reads it on the day of the answer.

    `entities` are the FINESS numbers it holds for, none for the whole establishment. InputError
    for an unknown question, a text that is no answer to it, or a missing reason.
    """
    indicator = find(questionnaire, indicator_id)
    meant = understood(indicator, said, today)
    if meant.reason_wanted and not reason.strip():
        raise InputError(
            f"« {indicator.id} » : « {meant.state.label} » demande un motif.",
            f"Dites {meant.reason_wanted} (option --reason) : l'examinateur le lira.",
        )
    return AnswerGiven(
        questionnaire=questionnaire.id,
        questionnaire_version=questionnaire.version,
        indicator=indicator.id,
        state=meant.state,
        level=meant.level,
        reason=reason.strip(),
        comment=comment.strip(),
        typed=meant.typed,
        wording=wording(indicator),
        entities=entities,
    )


def understood(indicator: Indicator, said: str, today: date) -> Said:
    """What `said` means: "nsp" (unknown), "na" (not applicable), a level or a value of the
    indicator's form; "p" before those two says that it holds in part, "e" that it is equivalent.

    Where a free text is asked it may follow a level and a colon, and those letters only mean
    something before a level. InputError when it is none of these.
    """
    text = said.strip()
    if text.lower() in UNKNOWN_WORDS:
        return Said(AnswerState.UNKNOWN)
    if text.lower() in NOT_APPLICABLE_WORDS:
        return Said(AnswerState.NOT_APPLICABLE)
    prefixed = (_PREFIXED_LEVEL if _takes_text(indicator) else _PREFIXED).fullmatch(text)
    if prefixed is None or not _takes_text(indicator):
        found = _read(indicator, text, today)
        if found is not None:
            return Said(AnswerState.ANSWERED, found.level, found.text)
    held = _read(indicator, prefixed[2].strip(), today) if prefixed else None
    if prefixed is None or held is None:
        raise _refusal(indicator, prefixed[2] if prefixed else text)
    if held.level == 0:
        raise InputError(
            f"« {said} » : un niveau 0 n'est ni partiel ni équivalent.",
            "Répondez 0, ou un niveau plus élevé.",
        )
    return Said(_PREFIXES[prefixed[1].lower()], held.level, held.text)


def worth(indicator: Indicator, level: int | None) -> str:
    """What a typed value is worth, as a French sentence."""
    if level is None:
        return "Ce texte est gardé sans niveau : donnez ensuite celui que vous tenez."
    return f"Niveau {level} : {indicator.levels[level]}"


def choices_listed(indicator: Indicator) -> tuple[str, ...]:
    """The same as `choices`, one line per option of a choice."""
    form = indicator.answer
    if form is None or not form.options:
        return (choices(indicator),) if form else ()
    options = (f"{one.key} : {one.label} (niveau {one.level})." for one in form.options)
    return ("Ou un de ces mots :", *options)


def choices(indicator: Indicator) -> str:
    """What may be typed instead of a level, as a French sentence; empty when nothing may."""
    if indicator.answer is None:
        return ""
    return f"Ou {invitation(indicator.answer)}."


def _takes_text(indicator: Indicator) -> bool:
    return indicator.answer is not None and indicator.answer.kind is AnswerKind.TEXT


def _read(indicator: Indicator, text: str, today: date) -> Value | None:
    """A level, which has no text of its own, or a value of the form; None when neither."""
    levels = {str(level): level for level in indicator.levels}
    if text in levels:
        return Value("", levels[text])
    if indicator.answer is None:
        return None
    both = _LEVEL_THEN_TEXT.fullmatch(text) if _takes_text(indicator) else None
    if both is None:
        return value_of(indicator.answer, text, today)
    written = value_of(indicator.answer, both[2], today)
    return Value(written.text, levels[both[1]]) if written and both[1] in levels else None


def _refusal(indicator: Indicator, text: str) -> InputError:
    levels = ", ".join(str(level) for level in sorted(indicator.levels))
    return InputError(
        f"« {text} » n'est pas une réponse possible à {indicator.id} (niveaux : {levels}).",
        "Donnez un de ces niveaux, « nsp » (ne sais pas) ou « na » (non applicable). "
        f"{choices(indicator)}".rstrip(),
    )
