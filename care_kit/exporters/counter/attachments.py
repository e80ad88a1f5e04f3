"""Documents to attach for a programme, in as few sendings as their sizes allow."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from care_kit.dossier.dossier import Dossier
from care_kit.exporters.names import Numbered
from care_kit.model.content.programme import Programme
from care_kit.model.dossier.state import DossierState, Evidence
from care_kit.model.words.errors import InputError
from care_kit.station.writing import folder, numbered, write_file

_FOLDER = "envoi_"
_MEGABYTES = re.compile(r"[1-9][0-9]{0,5}")


@dataclass(frozen=True)
class Sending:
    """Documents sent together; `size` in bytes."""

    pieces: tuple[Evidence, ...]

    @property
    def size(self) -> int:
        """Sum of the sizes, in bytes."""
        return sum(one.size for one in self.pieces)


def attachments(state: DossierState, programme: Programme) -> tuple[Evidence, ...]:
    """Every document tied to an objective, a piece or an expense of the programme, once."""
    subjects = [programme.id]
    for one in programme.objectives:
        subjects += [one.id, *(piece.id for piece in one.pieces)]
    bills = {one.evidence_id for one in state.spending if one.programme == programme.id}
    found = {one.id: one for subject in subjects for one in state.evidence_for(subject)}
    found |= {key: state.evidence[key] for key in bills if key in state.evidence}
    return tuple(found.values())


def sendings(pieces: Iterable[Evidence], limit: int) -> tuple[Sending, ...]:
    """Documents grouped under `limit` bytes, the largest placed first where it fits.

    InputError when a document alone is over the limit.
    """
    groups: list[list[Evidence]] = []
    for piece in sorted(pieces, key=lambda one: (-one.size, one.name)):
        if piece.size > limit:
            raise InputError(
                f"« {piece.name} » dépasse à lui seul la limite du guichet.",
                "Découpez ou compressez ce document, puis joignez-le à nouveau.",
            )
        home = next((one for one in groups if _size(one) + piece.size <= limit), None)
        if home is None:
            groups.append([piece])
        else:
            home.append(piece)
    return tuple(Sending(tuple(one)) for one in groups)


def copied(dossier: Dossier, groups: Iterable[Sending], to: Path, *, force: bool = False) -> Path:
    """Write the documents of each sending in a folder of its own: `to`/envoi_1, envoi_2…

    Returns the folder that holds them: `to`, or the next number when it already holds sendings,
    so that no document of an earlier one is sent again by mistake. `force` writes in `to` again.
    """
    names = Numbered()
    place = to if force else _unused(to)
    for rank, one in enumerate(groups, 1):
        target = folder(place / f"{_FOLDER}{rank}")
        for piece in one.pieces:
            name = names.path(target.name, piece.name).split("/")[1]
            write_file(target / name, dossier.blob(piece.sha512), force=force)
    return place


def limit(megabytes: str) -> int:
    """Bytes of a size typed in megabytes; InputError when it is none."""
    typed = megabytes.strip()
    if not _MEGABYTES.fullmatch(typed):
        raise InputError(
            f"« {megabytes} » n'est pas une taille en mégaoctets.", "Écrivez par exemple 20."
        )
    return int(typed) * 1_000_000


def _unused(to: Path) -> Path:
    places = (numbered(to, number) for number in count(1))
    return next(one for one in places if not any(one.glob(f"{_FOLDER}*")))


def _size(pieces: Iterable[Evidence]) -> int:
    return sum(one.size for one in pieces)
