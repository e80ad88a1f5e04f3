"""From what a person typed to an answer event, whatever the front end."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date

from care_kit.dossier.events import AnswerGiven
from care_kit.model.codec import canonical
from care_kit.model.errors import InputError
from care_kit.model.questionnaire import Indicator, Questionnaire
from care_kit.model.typed_answer import invitation, level_of
from care_kit.model.vocabulary import AnswerState

UNKNOWN_WORDS = ("nsp", "?", "ne sais pas")
NOT_APPLICABLE_WORDS = ("na", "n/a", "non applicable", "sans objet")

# « p3 », « e 31/03/2026 »: a letter before a level or a value.
_PREFIXED = re.compile(r"([pe])\s*(\S.*)", re.IGNORECASE)
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
    *,
    today: date,
) -> AnswerGiven:
    """The event for `said`, as `understood` reads it on the day of the answer.

    InputError for an unknown question, a text that is no answer to it, or a missing reason.
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
    )


def wording(indicator: Indicator) -> str:
    """Fingerprint (SHA-256) of what a person reads and answers: question, levels, typed values.

    Another help text or reference does not change it.
    """
    asked = (indicator.question, sorted(indicator.levels.items()), indicator.answer)
    return hashlib.sha256(canonical(asked)).hexdigest()


def understood(indicator: Indicator, said: str, today: date) -> Said:
    """What `said` means: "nsp" (unknown), "na" (not applicable), a level or a value of the
    indicator's form; "p" before those two says that it holds in part, "e" that it is equivalent.

    InputError when it is none of these.
    """
    word = said.strip().lower()
    if word in UNKNOWN_WORDS:
        return Said(AnswerState.UNKNOWN)
    if word in NOT_APPLICABLE_WORDS:
        return Said(AnswerState.NOT_APPLICABLE)
    prefixed = _PREFIXED.fullmatch(said.strip())
    if prefixed is None:
        level, typed = _levelled(indicator, said.strip(), today)
        return Said(AnswerState.ANSWERED, level, typed)
    level, typed = _levelled(indicator, prefixed[2], today)
    if level == 0:
        raise InputError(
            f"« {said} » : un niveau 0 n'est ni partiel ni équivalent.",
            "Répondez 0, ou un niveau plus élevé.",
        )
    return Said(_PREFIXES[prefixed[1].lower()], level, typed)


def choices(indicator: Indicator) -> str:
    """What may be typed instead of a level, as a French sentence; empty when nothing may."""
    if indicator.answer is None:
        return ""
    return f"Ou {invitation(indicator.answer)}."


def _levelled(indicator: Indicator, text: str, today: date) -> tuple[int, str]:
    """The level, and the text when it is a value rather than a level."""
    levels = {str(level): level for level in sorted(indicator.levels)}
    if text in levels:
        return levels[text], ""
    if indicator.answer is not None:
        level = level_of(indicator.answer, text, today)
        if level is not None:
            return level, text
    raise InputError(
        f"« {text} » n'est pas une réponse possible à {indicator.id} "
        f"(niveaux : {', '.join(levels)}).",
        "Donnez un de ces niveaux, « nsp » (ne sais pas) ou « na » (non applicable). "
        f"{choices(indicator)}".rstrip(),
    )
