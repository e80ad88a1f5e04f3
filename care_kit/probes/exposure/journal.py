"""Finished parts of a run, on disk as they come: a stop of any kind loses only those in progress.

A text file beside the dossier. Its first line says which scope and which tool it belongs to; then
come the parts and the starts of sittings, one JSON object per line, each after the beginning of
its SHA-256: a line cut by a crash is known by it. The file holds facts, hence names and
addresses of the scope, and no secret; it is removed once its reading is in a dossier.
"""

import hashlib
import os
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BufferedRandom
from pathlib import Path

from pydantic import ValidationError

from care_kit.model.formats import codec
from care_kit.model.words.errors import InputError, ProbeError
from care_kit.probes.exposure.pieces import Piece

FORMAT = 1
MOST_AGE = timedelta(days=3)
"""Between the first sitting and the last: a reading spread over more days has no date."""

MOST_BYTES = 500_000_000
_START_AGAIN = "Relancez avec --restart : la mesure repart de zéro."
_DIGITS = 16


@dataclass(frozen=True)
class Header:
    """What a file of finished parts belongs to."""

    format: int
    scope_sha256: str
    tool: str


@dataclass(frozen=True)
class Sitting:
    """One time the probe was run: its start and the end of the last part it finished (UTC)."""

    started: datetime
    last: datetime


@dataclass(frozen=True)
class _Line:
    """A start (`piece` is None) or a finished part, and when."""

    at: datetime
    piece: Piece | None = None


def beside(dossier: Path) -> Path:
    """Where the finished parts of a dossier's exposure run are kept."""
    return dossier.with_name(f"{dossier.name}.exposition-en-cours")


def open_beside(
    dossier: Path, scope_sha256: str, tool: str, *, resume: bool, restart: bool
) -> "Journal":
    """The file of this dossier's run, new or gone on with.

    InputError when an interrupted run waits and nobody said what to do of it.
    """
    path = beside(dossier)
    if resume:
        return Journal.resume(path, scope_sha256, tool)
    if path.exists() and not restart:
        raise InputError(
            f"Un relevé interrompu attend d'être repris (« {path.name} »).",
            "Ajoutez --resume pour garder ce qui est terminé, ou --restart pour tout refaire.",
        )
    return Journal.begin(path, scope_sha256, tool)


class Journal:
    """The file, open for one sitting; safe to use from several threads."""

    def __init__(self, file: BufferedRandom, path: Path, lines: Iterable[_Line]) -> None:
        self._file, self._path, self._lock = file, path, threading.Lock()
        self._lines = list(lines)
        self.pieces = {
            (one.piece.kind, one.piece.key): one.piece for one in self._lines if one.piece
        }
        self._add(_Line(datetime.now(UTC)))

    @classmethod
    def begin(cls, path: Path, scope_sha256: str, tool: str) -> "Journal":
        """A new file; whatever stood there is replaced. ProbeError when it cannot be written."""
        try:
            path.unlink(missing_ok=True)
            file = open(path, "x+b", opener=_private)  # noqa: SIM115 - closed by `close`
        except OSError as cause:
            raise _unwritable(path) from cause
        _write(file, codec.canonical(Header(FORMAT, scope_sha256, tool)))
        return cls(file, path, ())

    @classmethod
    def resume(cls, path: Path, scope_sha256: str, tool: str) -> "Journal":
        """The file of an interrupted run; ProbeError unless it can honestly be gone on with."""
        header, lines, end = _read(path)
        _same_run(header, scope_sha256, tool)
        first = min((one.at for one in lines), default=datetime.now(UTC))
        if datetime.now(UTC) - first > MOST_AGE:
            raise ProbeError(
                f"Le relevé commencé le {first.astimezone():%d/%m/%Y à %H:%M} est trop ancien "
                f"pour être repris ({MOST_AGE.days} jours au plus).",
                _START_AGAIN,
            )
        try:
            file = path.open("r+b")
        except OSError as cause:
            raise _unwritable(path) from cause
        file.truncate(end)  # a line cut by a crash
        file.seek(end)
        return cls(file, path, lines)

    @property
    def sittings(self) -> tuple[Sitting, ...]:
        """Every time the probe was run for this reading, in order."""
        found: list[Sitting] = []
        for one in self._lines:
            if one.piece is None:
                found.append(Sitting(one.at, one.at))
            elif found:
                found[-1] = Sitting(found[-1].started, one.at)
        return tuple(found)

    def keep(self, piece: Piece) -> None:
        """Save a finished part; it is on the disk once this returns."""
        self._add(_Line(datetime.now(UTC), piece))
        self.pieces[piece.kind, piece.key] = piece

    def close(self, *, remove: bool) -> None:
        """Release the file, and remove it once a dossier holds its reading."""
        self._file.close()
        if remove:
            self._path.unlink(missing_ok=True)

    def _add(self, line: _Line) -> None:
        with self._lock:
            try:
                _write(self._file, codec.canonical(line))
            except OSError as cause:
                raise _unwritable(self._path) from cause
            self._lines.append(line)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _write(file: BufferedRandom, data: bytes) -> None:
    file.write(_sum(data) + b" " + data + b"\n")
    file.flush()
    os.fsync(file.fileno())


def _sum(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest()[:_DIGITS].encode()


def _read(path: Path) -> tuple[Header, list[_Line], int]:
    """Header, whole lines, and where they end; ProbeError when the file is not of ours."""
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as cause:
        raise ProbeError(
            "Aucun relevé interrompu n'est à reprendre.", "Relancez sans --resume."
        ) from cause
    texts = list(_whole(raw))
    try:
        header = codec.decode(Header, texts[0])
        lines = [codec.decode(_Line, one) for one in texts[1:]]
    except (IndexError, ValidationError) as cause:
        raise _damaged(path) from cause
    return header, lines, sum(len(one) + _DIGITS + 2 for one in texts)


def _whole(raw: bytes) -> Iterator[bytes]:
    """The lines that are as they were written, up to the first that is not."""
    for line in raw.splitlines(keepends=True):
        expected, _, data = line.removesuffix(b"\n").partition(b" ")
        if not line.endswith(b"\n") or expected != _sum(data):
            return
        yield data


def _same_run(header: Header, scope_sha256: str, tool: str) -> None:
    if header.format != FORMAT or header.tool != tool:
        raise ProbeError(
            f"Le relevé interrompu a été commencé avec d'autres moyens ({header.tool}).",
            "Relancez avec les mêmes (voir --without-nmap), ou avec --restart pour tout refaire.",
        )
    if header.scope_sha256 != scope_sha256:
        raise ProbeError(
            "Le relevé interrompu a été commencé avec un autre périmètre.",
            f"Reprenez-le avec le périmètre d'alors. Sinon : {_START_AGAIN[0].lower()}"
            f"{_START_AGAIN[1:]}",
        )


def _damaged(path: Path) -> ProbeError:
    return ProbeError(f"Le fichier « {path} » d'un relevé interrompu est abîmé.", _START_AGAIN)


def _unwritable(path: Path) -> ProbeError:
    return ProbeError(
        f"Le fichier « {path} » des adresses terminées ne peut pas être écrit.",
        "Libérez de la place ou vérifiez vos droits, puis relancez la sonde avec --resume.",
    )
