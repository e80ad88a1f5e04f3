"""Documents to attach for a programme, in as few sendings as their sizes allow."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from care_kit.dossier.dossier import Dossier
from care_kit.exporters.atomic import folder, whole_file
from care_kit.exporters.names import Numbered
from care_kit.model.content.programme import Programme
from care_kit.model.dossier.state import DossierState, Evidence
from care_kit.model.words.errors import InputError

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


def copied(dossier: Dossier, groups: Iterable[Sending], to: Path) -> None:
    """Write the documents of each sending in a folder of its own: `to`/envoi_1, envoi_2…"""
    names = Numbered()
    for rank, one in enumerate(groups, 1):
        target = folder(to / f"envoi_{rank}")
        for piece in one.pieces:
            numbered = names.path(target.name, piece.name).split("/")[1]
            with whole_file(target / numbered) as stream:
                stream.write(dossier.blob(piece.sha512))


def limit(megabytes: str) -> int:
    """Bytes of a size typed in megabytes; InputError when it is none."""
    typed = megabytes.strip()
    if not _MEGABYTES.fullmatch(typed):
        raise InputError(
            f"« {megabytes} » n'est pas une taille en mégaoctets.", "Écrivez par exemple 20."
        )
    return int(typed) * 1_000_000


def _size(pieces: Iterable[Evidence]) -> int:
    return sum(one.size for one in pieces)
