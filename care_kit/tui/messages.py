"""What a screen asks of the application; only the application writes to the dossier."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from care_kit.assessment.standing.situation import Situation
    from care_kit.dossier.dossier import Dossier
    from care_kit.model.words.errors import CareError


class AnswerTyped(Message):
    """A person answered: `said` as `answering.understood` reads it, with its reason if any."""

    def __init__(self, indicator: str, said: str, reason: str = "") -> None:
        super().__init__()
        self.indicator = indicator
        self.said = said
        self.reason = reason


class UndoAsked(Message):
    """The last answer given in this window is to be taken back."""


class WriteAsked(Message):
    """`action` writes to the dossier through the core and returns the sentence to tell."""

    def __init__(self, action: "Callable[[Dossier], str]") -> None:
        super().__init__()
        self.action = action


class PlaceAsked(Message):
    """Go to a place; `focus` names the thing to stand on there, empty for wherever it was."""

    def __init__(self, place: str, focus: str = "") -> None:
        super().__init__()
        self.place = place
        self.focus = focus


class Told(Message):
    """A sentence for the line of messages."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


class Judged(Message):
    """The readings of the dossier were judged, or why they could not be."""

    def __init__(self, found: "Situation | CareError") -> None:
        super().__init__()
        self.found = found


class Opened(Message):
    """The content is read and the dossier judged: the first place can be shown."""


class Failed(Message):
    """It cannot be: the application leaves, and the command line tells why."""
