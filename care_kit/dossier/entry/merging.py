"""A copy that comes back: what it would bring, then all of it or nothing.

The union of the records, by hash: each copy may be merged into the other, in any order and as
often as one likes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.folding.fold import event_of, fold
from care_kit.dossier.journal.chain import Record
from care_kit.dossier.journal.events import Event, SpendingRecorded, SpendingWithdrawn
from care_kit.dossier.journal.graph import Journal
from care_kit.dossier.journal.labels import LABELS
from care_kit.model.dossier.state import Candidate, Dispute, DossierState
from care_kit.model.words.errors import DossierError, InputError

SHORT = 8
"""Characters of a hash that name a word on a screen."""
_SETTLED = "choix fait entre deux copies"


@dataclass(frozen=True)
class Kind:
    """Events of one kind that would come: its French name, how many, from whom."""

    kind: str
    number: int
    authors: tuple[str, ...]


@dataclass(frozen=True)
class Coming:
    """What a copy would bring: `records` parents first, `state` what the dossier would then be.

    `blobs` are the SHA-512 of the contents to take from the copy, `ahead` how many events of the
    dossier the copy does not know.
    """

    records: tuple[Record, ...]
    blobs: tuple[str, ...]
    before: DossierState
    state: DossierState
    ahead: int

    @property
    def kinds(self) -> tuple["Kind", ...]:
        """Events by kind, the most frequent first."""
        found: dict[str, list[Record]] = {}
        for one in self.records:
            found.setdefault(one.kind, []).append(one)
        return tuple(
            Kind(LABELS[kind], len(group), tuple(sorted({one.author for one in group})))
            for kind, group in sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))
        )

    @property
    def conflicts(self) -> tuple[Dispute, ...]:
        """Conflicts that the merge would make, or change."""
        return tuple(one for one in self.state.disputes if one not in self.before.disputes)


def refuse_itself(path: Path, copy: Path) -> None:
    """InputError when both are one file: opened twice by one process, it would lose its locks."""
    try:
        same = path.samefile(copy)
    except OSError:
        return  # the one that is absent is told when it is opened
    if same:
        raise InputError(
            f"« {copy} » est le dossier lui-même.", "Donnez le chemin de la copie qui revient."
        )


def opened_copy(copy: Path) -> Dossier:
    """The copy, to be read; nobody signs anything in it."""
    return Dossier.open(copy, "")


def look(dossier: Dossier, copy: Dossier) -> Coming:
    """What `copy` would bring to `dossier`; nothing is written.

    InputError when it is not a copy of that dossier; DossierError when it lacks bytes that its own
    events name.
    """
    mine, theirs = dossier.records, copy.records
    if mine[0].hash != theirs[0].hash:
        raise InputError(
            f"« {copy.path.name} » est un autre dossier "
            f"({copy.state.establishment.name}) : il n'a pas le même premier événement.",
            "Donnez une copie de ce dossier-ci ; rien n'a été écrit.",
        )
    known, theirs_known = {one.hash for one in mine}, {one.hash for one in theirs}
    coming = tuple(one for one in theirs if one.hash not in known)
    union = Journal()
    union.take((*mine, *coming))
    return Coming(
        records=coming,
        blobs=_bytes_to_take(dossier, copy, coming),
        before=dossier.state,
        state=fold(union.told) if coming else dossier.state,
        ahead=len(known - theirs_known),
    )


def merge(dossier: Dossier, copy: Dossier, coming: Coming) -> DossierState:
    """Write what was looked at, in one transaction; the bytes are checked on their way."""
    return dossier.take(coming.records, ((one, copy.blob(one)) for one in coming.blobs))


def find(state: DossierState, typed: str) -> tuple[Dispute, Candidate]:
    """The word whose hash begins so, and its conflict; InputError when none or several do."""
    found = [
        (dispute, one)
        for dispute in state.disputes
        for one in dispute.candidates
        if one.record.startswith(typed.strip().lower())
    ]
    if len({one.record for _, one in found}) != 1:
        raise InputError(
            f"« {typed} » ne désigne aucun des mots en conflit, ou plusieurs.",
            "Reprenez le repère qu'affiche « care conflicts ».",
        )
    return found[0]


def ending(dossier: Dossier, dispute: Dispute, chosen: Candidate) -> tuple[Event, ...]:
    """The events that end a conflict by the word chosen, said again by whoever chooses.

    InputError for two migrations of the questionnaire: they are gone over again, not chosen.
    """
    if dispute.family == "migration":
        raise InputError(
            "Deux passages à une nouvelle version ne se choisissent pas.",
            "Relisez les réponses avec « care questionnaire migrate ».",
        )
    events = {one.hash: event_of(one) for one in dossier.records}
    words = {one.record: events[one.record] for one in dispute.candidates}
    kept = words[chosen.record]
    if dispute.family in ("spending", "invoice"):
        return tuple(_other_lines(dispute, words, kept))
    return (kept,)


def _other_lines(
    dispute: Dispute, words: Mapping[str, Event], kept: Event
) -> Iterator[SpendingWithdrawn]:
    """Lines of spending add up: those not chosen are withdrawn, and the choice is told last."""
    for word in words.values():
        if isinstance(word, SpendingRecorded) and word != kept:
            yield SpendingWithdrawn(word.spending_id, _SETTLED)
    if isinstance(kept, SpendingRecorded) and any(
        isinstance(one, SpendingWithdrawn) for one in words.values()
    ):
        yield SpendingWithdrawn(dispute.about[0], _SETTLED)


def _bytes_to_take(dossier: Dossier, copy: Dossier, coming: tuple[Record, ...]) -> tuple[str, ...]:
    named = {
        str(digest)
        for record in coming
        for field, digest in record.payload.items()
        if field.endswith("sha512")
    }
    wanted, held = named - dossier.kept().keys(), copy.kept()
    absent = sorted(wanted - held.keys())
    if absent:
        raise DossierError(
            f"La copie « {copy.path.name} » ne contient plus tout ce que nomme son journal "
            f"(SHA-512 {absent[0][:16]}…).",
            "Reprenez une copie intègre ; rien n'a été écrit.",
        )
    return tuple(sorted(wanted))
