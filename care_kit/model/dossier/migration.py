"""What becomes of the answers of a dossier when the questions have changed since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Fate(StrEnum):
    """What becomes of one answer; none of them is ever lost."""

    CARRIED = "carried"
    TO_REVIEW = "to_review"
    GONE = "gone"

    @property
    def label(self) -> str:
        """French words shown to the user."""
        return {
            "carried": "reprise telle quelle",
            "to_review": "à relire : la question a changé",
            "gone": "gardée : la question n'est plus posée",
        }[self.value]


@dataclass(frozen=True)
class AnswerFate:
    """One answer given to an older version: `asked` is that version, `now` the one in force.

    `questionnaire` asks the question now, `wording` is its fingerprint there; both empty when no
    questionnaire asks it any more. `title` is empty then too.
    """

    indicator: str
    fate: Fate
    asked: str
    now: str = ""
    title: str = ""
    questionnaire: str = ""
    wording: str = ""


@dataclass(frozen=True)
class Migration:
    """The fate of every answer not given to the content in force, in the order of the dossier.

    `versions` are those in force, by questionnaire id; `waiting` are the fates nobody was told of
    yet: the others are known, and stay to be reviewed.
    """

    versions: Mapping[str, int]
    fates: tuple[AnswerFate, ...]
    waiting: tuple[AnswerFate, ...]

    def count(self, fate: Fate) -> int:
        """How many answers have that fate."""
        return sum(one.fate is fate for one in self.fates)

    def of(self, fate: Fate) -> Iterable[AnswerFate]:
        """The answers that have that fate."""
        return (one for one in self.fates if one.fate is fate)


@dataclass(frozen=True)
class MigrationRecord:
    """The last time a person went over the fates: what was left to review, and what is gone."""

    to_review: Mapping[str, str]
    gone: tuple[str, ...]
    author: str
    at: datetime

    def told(self, one: AnswerFate) -> bool:
        """True when this very fate, against this very wording, was shown and confirmed then."""
        if one.fate is Fate.GONE:
            return one.indicator in self.gone
        return self.to_review.get(one.indicator) == one.wording
