"""What a verification says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from care_kit.model.words.french import counted
from care_kit.review.codes import Code

ENVELOPE = "enveloppe zip"


@dataclass(frozen=True)
class Problem:
    """One thing wrong: the file it is about (path in the package, or ENVELOPE), why, which kind.

    For a figure, `where` is its place in the file, `printed` and `recomputed` its two values.
    """

    file: str
    sentence: str
    code: Code
    where: str = ""
    printed: str = ""
    recomputed: str = ""


@dataclass(frozen=True)
class Summary:
    """What the package says of itself; texts are empty and counts zero when it does not.

    `head` is the hash of the last journal event. `made_on` is an ISO date. `sha512` is that of the
    zip, to compare with what the hospital announces by another channel; empty for a folder.
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
    sha512: str = ""


@dataclass(frozen=True)
class Verification:
    """Outcome: `ok` when nothing is wrong; `files` were checked; `notes` say what was not.

    `recomputed` are the recomputed figures, as (French label, value), when they could be;
    `reserves` say which documents could not be made again, and why: nothing in them is proven;
    `signed` what the signature beside the package proves.
    """

    ok: bool
    problems: tuple[Problem, ...]
    files: int
    summary: Summary
    notes: tuple[str, ...] = ()
    recomputed: tuple[tuple[str, str], ...] = ()
    reserves: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The outcome, in French."""
        if not self.ok:
            return f"Paquet NON conforme : {counted(len(self.problems), 'anomalie')}."
        checked = counted(self.files, "fichier vérifié", "fichiers vérifiés")
        said = [f"Paquet intègre : {checked} (SHA-512)"]
        said.append("journal continu" if self.summary.events else "aucun journal joint")
        if self.recomputed:
            said.append("verdict recalculé : identique à ce qui est imprimé")
        else:
            said.append("verdict non recalculé")
        if self.reserves:
            said.append(f"sous {counted(len(self.reserves), 'réserve')}")
        return ", ".join(said) + "."


@dataclass(frozen=True)
class Digest:
    """Size in bytes and SHA-512 of one file."""

    size: int
    sha512: str


@dataclass(frozen=True)
class Contents:
    """Files of a bag by path relative to its top folder, whatever they were read from.

    `small` holds the bytes of the tag files and of the data the checks need to read; `load` gives
    those of any other file, up to a number of bytes. `notes` tell how the files were packed.
    """

    top: str
    digests: Mapping[str, Digest]
    small: Mapping[str, bytes]
    load: Callable[[str, int], bytes]
    problems: tuple[Problem, ...] = field(default=())
    notes: tuple[str, ...] = ()
    sha512: str = ""
