"""Compares a page with the one made again: which sentence, under which heading, differs."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from html.parser import HTMLParser

from care_kit.model.words.french import cut
from care_kit.model.words.text import printable
from care_kit.review.codes import Code
from care_kit.review.verification import Problem

MOST_BLOCKS = 4_000
_ENDS = frozenset(
    {"h1", "h2", "h3", "h4", "p", "td", "th", "li", "caption", "figcaption", "title", "pre", "br"}
    | {"tr", "div", "text"}
)
_HEADINGS = frozenset({"h1", "h2", "h3"})
_FIGURE = re.compile(r"[0-9][0-9\u202f\u00a0 .,/:]*[0-9]|[0-9]")
_LONGEST = 160


class _Blocks(HTMLParser):
    """Visible texts of a page, each with the heading it stands under."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, str]] = []
        self._text: list[str] = []
        self._heading, self._hidden = "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "script"):
            self._hidden += 1
        if tag in _ENDS:
            self._flush(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script"):
            self._hidden = max(0, self._hidden - 1)
        if tag in _ENDS:
            self._flush(tag)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._text.append(data)

    def _flush(self, tag: str) -> None:
        text = " ".join(printable("".join(self._text)).split())
        self._text.clear()
        if text:
            self.blocks.append((self._heading, text))
            if tag in _HEADINGS:
                self._heading = text


def blocks(raw: bytes) -> list[tuple[str, str]]:
    """(heading, text) of each visible block."""
    parser = _Blocks()
    parser.feed(raw.decode("utf-8", "replace"))
    parser.close()
    return parser.blocks


def differences(file: str, printed: bytes, again: bytes) -> Iterator[Problem]:
    """Each visible text that is not the one made again; the page as a whole when none shows it."""
    left, right = blocks(printed), blocks(again)
    found = False
    if max(len(left), len(right)) <= MOST_BLOCKS:
        for one in _paired(file, left, right):
            found = True
            yield one
    if not found:
        yield Problem(
            file,
            f"« {file} » n'est pas la page que care-kit refait, bien que son texte visible soit le "
            "même : ce qu'on ne voit pas (balises, style, script) a été changé."
            if left == right
            else f"« {file} » n'est pas la page que care-kit refait.",
            Code.DOCUMENT,
        )


def _paired(
    file: str, left: list[tuple[str, str]], right: list[tuple[str, str]]
) -> Iterator[Problem]:
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        for rank in range(max(b - a, d - c)):
            one = left[a + rank] if a + rank < b else None
            other = right[c + rank] if c + rank < d else None
            yield _differs(file, one, other)


def _differs(file: str, printed: tuple[str, str] | None, again: tuple[str, str] | None) -> Problem:
    heading = (again or printed or ("", ""))[0]
    where = f"sous « {cut(heading, 80)} »" if heading else "en tête"
    says = cut(printed[1], _LONGEST) if printed else "absent"
    finds = cut(again[1], _LONGEST) if again else "absent"
    return Problem(
        file,
        f"{where} : imprimé « {says} », recalculé « {finds} ».",
        Code.FIGURE,
        where,
        says,
        finds,
    )


def foreign_figures(file: str, printed: bytes, again: bytes) -> Iterator[Problem]:
    """Figures printed by another version that the page made here prints nowhere."""
    known = {one for _, text in blocks(again) for one in _FIGURE.findall(text)}
    for heading, text in blocks(printed)[:MOST_BLOCKS]:
        for one in _FIGURE.findall(text):
            if one not in known:
                where = f"sous « {cut(heading, 80)} »" if heading else "en tête"
                yield Problem(
                    file,
                    f"{where} : le chiffre {one} de « {cut(text, _LONGEST)} » n'est pas retrouvé.",
                    Code.FIGURE,
                    where,
                    one,
                    "absent",
                )
