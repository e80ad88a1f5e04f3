"""Which wording an answer was given to."""

import hashlib

from care_kit.model.content.questionnaire import Indicator
from care_kit.model.formats.codec import canonical


def wording(indicator: Indicator) -> str:
    """Fingerprint (SHA-256) of what a person reads and answers: question, levels, typed values.

    Another help text or reference does not change it.
    """
    asked = (indicator.question, sorted(indicator.levels.items()), indicator.answer)
    return hashlib.sha256(canonical(asked)).hexdigest()
