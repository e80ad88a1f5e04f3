"""What a verification says."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from care_kit.model.words.french import counted

ENVELOPE = "enveloppe zip"


@dataclass(frozen=True)
class Problem:
    """One thing wrong: the file it is about (path in the package, or ENVELOPE) and why."""

    file: str
    sentence: str


@dataclass(frozen=True)
class Summary:
    """What the package says of itself; texts are empty and counts zero when it does not.

    `head` is the hash of the last journal event, to compare with what the hospital announces by
    another channel. `made_on` is an ISO date.
    """

    top: str = ""
    organisation: str = ""
    finess: str = ""
    profile: str = ""
    tlp: str = ""
    redacted: bool = False
    made_on: str = ""
    agent: str = ""
    head: str = ""
    events: int = 0
    pieces: int = 0
    readings: int = 0


@dataclass(frozen=True)
class Verification:
    """Outcome: `ok` when nothing is wrong; `files` were checked; `notes` say what was not."""

    ok: bool
    problems: tuple[Problem, ...]
    files: int
    summary: Summary
    notes: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The outcome, in French."""
        if not self.ok:
            return f"Paquet NON conforme : {counted(len(self.problems), 'anomalie')}."
        checked = counted(self.files, "fichier vérifié", "fichiers vérifiés")
        return f"Paquet intègre : {checked} (SHA-512), journal continu."


@dataclass(frozen=True)
class Digest:
    """Size in bytes and SHA-512 of one file."""

    size: int
    sha512: str


@dataclass(frozen=True)
class Contents:
    """Files of a bag by path relative to its top folder, whatever they were read from.

    `small` holds the bytes of the tag files and of the data the checks need to read.
    """

    top: str
    digests: Mapping[str, Digest]
    small: Mapping[str, bytes]
    problems: tuple[Problem, ...] = field(default=())
