"""What a screen asks of the application; only the application writes to the dossier."""

from textual.message import Message


class AnswerTyped(Message):
    """A person answered: `said` as `answering.understood` reads it, with its reason if any."""

    def __init__(self, indicator: str, said: str, reason: str = "") -> None:
        super().__init__()
        self.indicator = indicator
        self.said = said
        self.reason = reason


class ExplanationTyped(Message):
    """A person wrote why declared and measured differ."""

    def __init__(self, indicator: str, text: str) -> None:
        super().__init__()
        self.indicator = indicator
        self.text = text
