"""The one place that writes files: whole or not at all, and never in place of what matters.

A file that is there already is never replaced unasked: the new one takes the next number
(« candidature-2.docx »). Asked (`force`), an earlier file of the same kind is replaced; a dossier,
or a file of another kind, never is. What was written is on the disk, name included, before the
caller goes on. Every file is readable by its owner only.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, cast

from care_kit.model.words.errors import InputError, PackageError
from care_kit.station.drafts import PREFIX, hold, sweep
from care_kit.station.kinds import DOSSIER, EMPTY, kind, named_as_dossier
from care_kit.station.refusals import reason

_OWNER_ONLY, _ANYONE_READS = 0o600, 0o644
_LONGEST_NAME = 255


@dataclass
class Writing:
    """A file being written; `path` is where it really is, known once the block has ended."""

    stream: BinaryIO
    path: Path


@contextmanager
def whole_file(target: Path, *, force: bool = False) -> Iterator[Writing]:
    """A stream whose content becomes `target`, or the next numbered name, when the block ends well.

    InputError when a dossier or a file of another kind stands there; PackageError when the folder
    is missing, full or closed to writing. Nothing is left behind in both cases.
    """
    with _whole_files((target,), force=force) as (only,):
        yield only


def write_files(documents: Mapping[Path, bytes], *, force: bool = False) -> tuple[Path, ...]:
    """Write documents that go together, under the same number; where they are, in order."""
    with _whole_files(tuple(documents), force=force) as writings:
        for one, content in zip(writings, documents.values(), strict=True):
            one.stream.write(content)
    return tuple(one.path for one in writings)


def write_file(target: Path, content: bytes, *, force: bool = False) -> Path:
    """Write one document; where it is."""
    (path,) = write_files({target: content}, force=force)
    return path


def write_new(target: Path, content: bytes) -> None:
    """Write a file anyone may read, or refuse when its name is taken; its folder is made.

    InputError when something stands there; PackageError when it cannot be written.
    """
    folder(target.parent)
    if os.path.lexists(target):
        raise _taken(target)
    with _told(target), _draft(target.parent) as (draft, stream):
        stream.write(content)
        _finish(stream)
        draft.chmod(_ANYONE_READS)
        if not _placed(draft, target):
            raise _taken(target)
        sync_folder(target.parent)


def keep_own(target: Path, content: bytes) -> None:
    """Write a file of care-kit's own, in place of the one before whatever it was.

    PackageError when it cannot be written.
    """
    folder(target.parent)
    with _told(target), _draft(target.parent) as (draft, stream):
        stream.write(content)
        _finish(stream)
        draft.replace(target)
        sync_folder(target.parent)


def folder(path: Path) -> Path:
    """The folder to write in, created when it does not exist; InputError when it cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise InputError(
            f"Le dossier « {path} » ne peut pas être créé : {reason(cause)}.",
            "Choisissez un autre dossier.",
        ) from cause
    return path


def numbered(target: Path, number: int) -> Path:
    """`target` itself for 1, then « nom-2.ext », « nom-3.ext »…, within what a name may hold."""
    if number == 1:
        return target
    end = f"-{number}{target.suffix}"
    stem = target.stem
    while len(os.fsencode(stem + end)) > _LONGEST_NAME:
        stem = stem[:-1]
    return target.with_name(stem + end)


def sync_folder(path: Path) -> None:
    """The folder's own list of names reaches the disk too, where the system allows it."""
    if os.name == "nt":
        return
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _whole_files(targets: Sequence[Path], *, force: bool) -> Iterator[tuple[Writing, ...]]:
    for one in targets:
        _refuse_precious(one)
    with ExitStack() as stack:
        with _told(targets[0]):
            drafts = [stack.enter_context(_draft(one.parent)) for one in targets]
        writings = tuple(
            Writing(stream, target) for (_, stream), target in zip(drafts, targets, strict=True)
        )
        with _told(targets[0]):
            yield writings
            for _, stream in drafts:
                _finish(stream)
            paths = _put([draft for draft, _ in drafts], targets, force=force)
    for writing, path in zip(writings, paths, strict=True):
        writing.path = path


def _put(drafts: Sequence[Path], targets: Sequence[Path], *, force: bool) -> list[Path]:
    """Give every draft its name, all with the same number; those names."""
    for draft, target in zip(drafts, targets, strict=True):
        _refuse_other_kind(draft, target)
    if force:
        for draft, target in zip(drafts, targets, strict=True):
            draft.replace(target)
        paths = list(targets)
    else:
        paths = _put_numbered(drafts, targets)
    for place in {one.parent for one in paths}:
        sync_folder(place)
    return paths


def _put_numbered(drafts: Sequence[Path], targets: Sequence[Path]) -> list[Path]:
    for number in count(1):
        paths = [numbered(one, number) for one in targets]
        if any(os.path.lexists(one) for one in paths):
            continue
        done: list[Path] = []
        for draft, path in zip(drafts, paths, strict=True):
            if not _placed(draft, path):  # taken since the look above
                break
            done.append(path)
        else:
            return paths
        for path in done:
            path.unlink()
    raise AssertionError("there is always a free number")


def _placed(draft: Path, path: Path) -> bool:
    """Name the draft unless that name is taken; a second name first, since a rename replaces."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    except OSError:  # no second name on this medium (FAT, some shares)
        if os.path.lexists(path):
            return False
        draft.rename(path)
    return True


@contextmanager
def _draft(place: Path) -> Iterator[tuple[Path, BinaryIO]]:
    sweep(place)
    made = NamedTemporaryFile(dir=place, prefix=PREFIX, delete=False)  # noqa: SIM115
    try:
        with made:
            hold(made.fileno())
            yield Path(made.name), cast(BinaryIO, made)
    finally:
        with suppress(OSError):
            Path(made.name).unlink(missing_ok=True)


def _finish(stream: BinaryIO) -> None:
    stream.flush()
    os.fsync(stream.fileno())
    if os.name == "nt":  # Windows renames no open file
        stream.close()


def _refuse_precious(target: Path) -> None:
    """InputError when the name is a dossier's, or when what stands there is no ordinary file."""
    if named_as_dossier(target):
        raise _refused(target, "ce nom est celui d'un dossier care-kit")
    if os.path.isfile(target):  # noqa: PTH113 - Path.is_file raises on a name too long
        if _kind(target) == DOSSIER:
            raise _refused(target, "c'est un dossier care-kit")
    elif os.path.exists(target):  # noqa: PTH110
        raise _refused(target, "ce n'est pas un fichier ordinaire")


def _refuse_other_kind(draft: Path, target: Path) -> None:
    if not os.path.isfile(target):  # noqa: PTH113
        return
    there = _kind(target)
    if there in (EMPTY, kind(draft, target.suffix)):
        return
    raise _refused(target, f"{there} s'y trouve, qui n'est pas de même nature")


def _kind(target: Path) -> str:
    try:
        return kind(target)
    except OSError as cause:
        raise _refused(target, f"ce qui s'y trouve est illisible ({reason(cause)})") from cause


def _refused(target: Path, why: str) -> InputError:
    return InputError(
        f"« {target} » ne sera pas remplacé : {why}.", "Donnez un autre nom de fichier."
    )


def _taken(target: Path) -> InputError:
    return InputError(
        f"« {target} » existe déjà : rien n'est écrit.",
        "Déplacez-le, ou choisissez un autre dossier avec --to.",
    )


@contextmanager
def _told(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as cause:
        raise PackageError(
            f"Le fichier « {target} » ne peut pas être écrit : {reason(cause)}.",
            "Vérifiez que le dossier existe, vos droits d'écriture et la place libre.",
        ) from cause
