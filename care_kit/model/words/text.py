"""Texts others wrote, made safe to show on a screen or in a document."""

import re
import unicodedata

_LONGEST_SHOWN = 120
_WORD = re.compile(r"[^\W_]+")
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def printable(text: str) -> str:
    """The text without control characters, direction overrides or halves of characters.

    Line feeds and tabulations stay. What is left is valid in XML and reads in its own order.
    """
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def folded(text: str) -> str:
    """What is meant, whatever the letter case, the accents, their form, marks and spaces."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return " ".join(_WORD.findall(letters))


def shown(name: str) -> str:
    """A name from a file others wrote, on one line, short and without control characters."""
    clean = printable(name).replace("\n", " ")
    return clean if len(clean) <= _LONGEST_SHOWN else clean[:_LONGEST_SHOWN] + "…"
