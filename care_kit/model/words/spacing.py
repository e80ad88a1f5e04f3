"""Spaces as French prints them: the one before a high sign never ends a line."""

import re

from care_kit.model.words.french import NBSP

_BEFORE = re.compile(r" (?=[?!;:»%€](?:\W|$))")
_AFTER = re.compile(r"« ")
_TAGS = re.compile(r"(<[^>]*>)")
_VERBATIM = ("script", "style", "pre", "code", "textarea")


def spaced(text: str) -> str:
    """The same text, its spaces before « ; : ? ! » % € » and inside quotes made non-breaking.

    No space is added: an address, an hour, a foreign word stay as they are.
    """
    return _AFTER.sub(f"«{NBSP}", _BEFORE.sub(NBSP, text))


def spaced_page(page: str) -> str:
    """An HTML page whose visible texts are `spaced`; tags, scripts, styles and code are not."""
    verbatim = ""
    parts: list[str] = []
    for part in _TAGS.split(page):
        if not part.startswith("<"):
            parts.append(part if verbatim else spaced(part))
            continue
        parts.append(part)
        name = part[1:].lstrip("/").split(">")[0].split()[0].lower() if part[1:-1].strip() else ""
        if not verbatim and name in _VERBATIM and not part.startswith("</"):
            verbatim = name
        elif part.startswith("</") and name == verbatim:
            verbatim = ""
    return "".join(parts)
