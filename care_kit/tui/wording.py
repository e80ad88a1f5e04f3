"""Words and marks shared by the widgets: every state reads without colour."""

import re
from collections.abc import Iterable
from textwrap import wrap

from textual.content import Content

from care_kit.model.results.assessment import IndicatorResult
from care_kit.model.words.french import NBSP
from care_kit.model.words.text import printable
from care_kit.model.words.vocabulary import AnswerState, Verdict

CONFLICT = "[!]"
UNANSWERED = "[ ]"
MARKS = {
    AnswerState.ANSWERED: "[x]",
    AnswerState.UNKNOWN: "[?]",
    AnswerState.NOT_APPLICABLE: "[-]",
    AnswerState.PARTIAL: "[~]",
    AnswerState.EQUIVALENT: "[=]",
}
SOCLE = "*"
COMMENTED = "#"
TO_REVIEW = "+"
VERDICTS = {
    Verdict.FAIL: "[X]",
    Verdict.ERROR: "[!]",
    Verdict.NOT_TESTED: "[-]",
    Verdict.INFO: "[i]",
    Verdict.PASS: "[v]",
}
NUANCES = "« p3 » : niveau 3 tenu en partie ; « e3 » : mesure équivalente (motif demandé)."
NARROWEST = 10

Part = tuple[str, str, str]
_BREAKABLE = re.compile("(?<=«) | (?=[:;?!»%])")


def mark(found: IndicatorResult) -> str:
    """Three characters telling the state of an indicator; a conflict hides the answer's mark."""
    if found.conflict or found.disputed:
        return CONFLICT
    return MARKS[found.state] if found.state else UNANSWERED


def one_line(text: str) -> str:
    """The text on one line, without control characters."""
    return " ".join(printable(text).split())


def laid_out(parts: Iterable[Part], width: int) -> Content:
    """Parts (prefix, text, style) wrapped to `width` columns, following lines under the text.

    Wrapped here rather than by Textual, which takes non-breaking spaces for ordinary ones: no line
    starts with « : » or « ? », whether the text was typed with such spaces or not.
    """
    lines = [
        Content.styled(start + line, style)
        for prefix, text, style in parts
        for start, line in _hanging(prefix, text, width)
    ]
    return Content("\n").join(lines)


def _hanging(prefix: str, text: str, width: int) -> Iterable[tuple[str, str]]:
    room = max(width - len(prefix), NARROWEST)
    bound = _BREAKABLE.sub(NBSP, printable(text))
    lines = wrap(bound, room, break_on_hyphens=False) or [""]
    starts = [prefix, *[" " * len(prefix)] * (len(lines) - 1)]
    return zip(starts, lines, strict=True)
