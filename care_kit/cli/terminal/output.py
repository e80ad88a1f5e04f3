"""The only module that writes to the terminal for commands, and that knows about exit codes."""

import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from io import TextIOWrapper
from textwrap import wrap

from care_kit.model.words.errors import CareError, InputError
from care_kit.model.words.text import printable
from care_kit.station.refusals import reason

_MIN_WIDTH, _NARROWEST = 60, 24
# A space that does not break, told apart from those the text holds itself.
_BOUND = "\ue000"
_AFTER, _BEFORE = re.compile(r" ([:;?!»%€])"), re.compile(r"(«) ")
_FORMULA = ("=", "+", "-", "@")


def prepare() -> None:
    """Make ready for any text: a file or a pipe gets UTF-8, a terminal its own characters.

    What a terminal cannot show is replaced; nothing stops a command half-way through its result.
    """
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, TextIOWrapper):
            continue
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="replace")


def say(text: str = "") -> None:
    """One line on standard output; control characters never reach the terminal."""
    print(one_line(text))


def note(text: str) -> None:
    """One line on standard error: progress and remarks that are not the result."""
    if sys.stderr is not None:  # closed by who called: nobody reads
        print(one_line(text), file=sys.stderr, flush=True)


def failed(error: CareError) -> int:
    """Tell a failure (what, then what to do) on standard error; returns the exit code."""
    note(f"Erreur : {error.sentence}")
    note(f"À faire : {error.next_step}")
    return error.exit_code


def finish() -> int:
    """Hand over what is still held back; the exit code when nobody takes it, else 0."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as cause:
        return unwritten(cause)
    return 0


def unwritten(cause: OSError) -> int:
    """Tell that the output could not be written; who reads a pipe may leave when it has enough."""
    _drop_output()
    if isinstance(cause, BrokenPipeError):
        return 0
    return failed(
        InputError(
            f"La sortie n'a pas pu être écrite jusqu'au bout : {reason(cause)}.",
            "Ce qui était enregistré dans le dossier l'est resté ; libérez de la place ou "
            "choisissez un autre fichier, puis recommencez.",
        )
    )


def title(text: str) -> None:
    """A heading, underlined so that it reads without colour."""
    say()
    say(text)
    say("─" * min(len(text), terminal_width()))


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], flexible: int = -1) -> None:
    """Aligned columns; the `flexible` column wraps so that lines fit the terminal.

    When the other columns leave it no room, each row becomes a block of lines.
    """
    texts = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(headers, *texts, strict=True)]
    flexible %= len(headers)
    others = sum(widths) - widths[flexible] + 2 * (len(headers) - 1)
    room = terminal_width() - others
    if room < min(widths[flexible], _NARROWEST):
        _blocks(headers, texts)
        return
    widths[flexible] = min(widths[flexible], room)
    _line(headers, widths)
    _line(["─" * width for width in widths], widths)
    for row in texts:
        pieces = _wrapped(row[flexible], widths[flexible])
        for number, piece in enumerate(pieces):
            cells = [cell if number == 0 else "" for cell in row]
            cells[flexible] = piece
            _line(cells, widths)


def paragraph(text: str, indent: str = "") -> None:
    """Text wrapped to the terminal."""
    for line in _wrapped(one_line(text), terminal_width() - len(indent)):
        say(indent + line)


def csv_table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """CSV with semicolons; a cell that a spreadsheet would run as a formula is made harmless."""
    import csv

    writer = csv.writer(sys.stdout, delimiter=";", lineterminator="\n")
    writer.writerow(headers)
    for row in rows:
        cells = (one_line(str(cell or "")) for cell in row)
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])


def terminal_width() -> int:
    """Columns available; 100 when the output is not a terminal."""
    return max(shutil.get_terminal_size((100, 24)).columns, _MIN_WIDTH)


def one_line(text: str) -> str:
    """The text without control or direction-changing characters, on a single line."""
    return printable(text).replace("\n", " ").replace("\t", " ")


def _drop_output() -> None:
    """What is still held back goes nowhere: Python would fail on it again when it ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _blocks(headers: Sequence[str], texts: Sequence[Sequence[str]]) -> None:
    """One block per row: its first cell, then the others that hold something, each named."""
    for row in texts:
        paragraph(row[0])
        for header, cell in zip(headers[1:], row[1:], strict=True):
            if cell:
                paragraph(f"{header} : {cell}", "  ")


def _wrapped(text: str, width: int) -> list[str]:
    """Lines of `width`; a French mark never leaves the word it follows, nor « its own."""
    bound = _AFTER.sub(rf"{_BOUND}\1", _BEFORE.sub(rf"\1{_BOUND}", text))
    return [line.replace(_BOUND, " ") for line in wrap(bound, width)] or [""]


def _line(cells: Sequence[str], widths: Sequence[int]) -> None:
    padded = [
        cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)
    ]
    say("  ".join(padded).rstrip())


def _width(text: str) -> int:
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1
        for one in text
    )
