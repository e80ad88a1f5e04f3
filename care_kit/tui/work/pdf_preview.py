"""The first words of a PDF, read in a process of its own: a hostile one is given up in seconds.

`preview` is for the application, from a thread; `main` is that process: the PDF on its standard
input, a `Preview` as JSON on its output.
"""

import logging
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO

from care_kit.model.formats import codec
from care_kit.model.words.french import seconds

PAGES = 3
CHARACTERS = 4_000
SAID = 200
"""Characters kept of what the PDF says of itself."""
SECONDS = 8.0
MOST_BYTES = 50_000_000


@dataclass(frozen=True)
class Preview:
    """What could be read; `why` is the end of a French sentence when nothing could."""

    text: str = ""
    pages: int = 0
    title: str = ""
    author: str = ""
    made: str = ""
    why: str = ""


def preview(content: bytes) -> Preview:
    """The beginning of a PDF. Slow (a process is started), so from a thread."""
    if len(content) > MOST_BYTES:
        return Preview(why=f"il dépasse {MOST_BYTES // 1_000_000} Mo")
    command = [sys.executable, "-P", "-m", "care_kit.tui.work.pdf_preview"]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command, input=content, capture_output=True, timeout=SECONDS, check=True
        )
        return codec.decode(Preview, done.stdout)
    except subprocess.TimeoutExpired:
        return Preview(why=f"sa lecture dépasse {seconds(SECONDS)}")
    except (subprocess.SubprocessError, OSError, ValueError):
        return Preview(why="sa construction est anormale")


def read(content: bytes) -> Preview:
    """What pypdf makes of the first pages; it may raise anything on a hostile file."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(BytesIO(content))
    pages, text = len(reader.pages), ""
    for rank in range(min(pages, PAGES)):
        text += reader.pages[rank].extract_text() + "\n"
        if len(text) > CHARACTERS:
            break
    said = reader.metadata
    made = said.creation_date if said else None
    return Preview(
        text=text[:CHARACTERS].strip(),
        pages=pages,
        title=str(said.title or "")[:SAID] if said else "",
        author=str(said.author or "")[:SAID] if said else "",
        made=f"{made:%d/%m/%Y}" if made else "",
    )


def main() -> None:
    """One PDF; a failure ends the process, which tells enough."""
    sys.stdout.buffer.write(codec.canonical(read(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
