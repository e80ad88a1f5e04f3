"""What an exported document contains and for whom."""

from dataclasses import dataclass

from care_kit.model.content.strict import Strict
from care_kit.model.words.vocabulary import Tlp


@dataclass(frozen=True)
class ExportProfile(Strict):
    """One export: its reader, its marking, whether names are replaced, and its parts.

    `parts` are among "report", "spreadsheet", "data", "pieces", "readings", "journal".
    `redacted` replaces accounts and hosts by stable pseudonyms, leaves raw facts out, and withholds
    from the journal the authors (unless `authors`) and every free text but `texts`, written
    "Event.field"; a text that names an account or a host is withheld all the same.
    """

    id: str
    title: str
    reader: str
    tlp: Tlp
    redacted: bool
    parts: tuple[str, ...]
    notice: str = ""
    authors: bool = False
    texts: tuple[str, ...] = ()
