"""The journal as a graph: what follows what, in which order it is told, and whether it is whole.

Copies of one dossier are merged by the union of their records, known by their hash: no copy has a
name, no record says that a merge took place. Everything here depends on the set of records only,
never on the road they came by.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from heapq import heapify, heappop, heappush

from care_kit.dossier.journal.chain import GENESIS, Record, intact
from care_kit.dossier.journal.commitments import hideable
from care_kit.model.words.french import counted

MAX_PARENTS = 64
"""Copies one event may bring together: more is no dossier, but an attempt to exhaust a station."""

MAX_KEPT = 2_000_000
"""What may be kept of who knew whom: about 1,400 merges of as many branches, and 200 MB."""


def heads(records: Iterable[Record]) -> tuple[str, ...]:
    """Sorted hashes of the records that no other follows: what the next event will follow."""
    followed: set[str] = set()
    known: set[str] = set()
    for record in records:
        known.add(record.hash)
        followed.update(record.parents)
    return tuple(sorted(known - followed))


def ordered(records: Iterable[Record]) -> list[Record]:
    """Parents before children; among those that could come next, by moment, then by hash.

    Records whose parents are missing are left out.
    """
    by_hash = {record.hash: record for record in records}
    waiting = {key: len(record.parents) for key, record in by_hash.items()}
    children: dict[str, list[str]] = {}
    for key, record in by_hash.items():
        for parent in record.parents:
            children.setdefault(parent, []).append(key)
    ready = [(by_hash[key].at, key) for key, count in waiting.items() if count == 0]
    heapify(ready)
    told = []
    while ready:
        _, key = heappop(ready)
        told.append(by_hash[key])
        for child in children.get(key, ()):
            waiting[child] -= 1
            if waiting[child] == 0:
                heappush(ready, (by_hash[child].at, child))
    return told


class Journal:
    """Records taken parents first and checked one by one; their order, and what follows nothing."""

    def __init__(self) -> None:
        self._told: list[Record] = []
        self._in_order = True
        self._ranks: dict[str, int] = {}
        self._tips: dict[str, Record] = {}

    def take(self, records: Iterable[Record]) -> bool:
        """Add records, parents first; False when the order of what was already told changes.

        `BrokenJournal` at the first that does not hold where it stands.
        """
        extends = True
        for record in records:
            why = self._fault(record)
            if why:
                raise BrokenJournal(len(self._told) + 1, why)
            # What follows everything comes after everything; the rest finds its place by sorting.
            extends &= set(record.parents) == self._tips.keys()
            for parent in record.parents:
                self._tips.pop(parent, None)
            self._tips[record.hash] = record
            self._ranks[record.hash] = record.seq
            self._told.append(record)
        self._in_order &= extends
        return extends

    @property
    def told(self) -> list[Record]:
        """Every record, parents before children: the order of the journal."""
        if not self._in_order:
            self._told, self._in_order = ordered(self._told), True
        return self._told

    def __contains__(self, digest: object) -> bool:
        return digest in self._ranks

    @property
    def heads(self) -> tuple[str, ...]:
        """Sorted hashes of the records that no other follows."""
        return tuple(sorted(self._tips))

    def placed(self, drafts: Iterable[Record], news: Iterable[Record] = ()) -> list[Record]:
        """Drafts sealed as records that follow every head, then one another.

        `news` are records that came since, parents first, which will be taken afterwards.
        """
        tips = dict(self._tips)
        for record in news:
            for parent in record.parents:
                tips.pop(parent, None)
            tips[record.hash] = record
        made: list[Record] = []
        seq, previous, also = _next(tips)
        for draft in drafts:
            made.append(replace(draft, seq=seq, previous=previous, also=also).sealed())
            seq, previous, also = seq + 1, made[-1].hash, ()
        return made

    def _fault(self, record: Record) -> str:
        parents = record.parents
        if bool(self._told) != bool(parents) or any(one not in self._ranks for one in parents):
            return "il ne suit pas l'événement précédent"
        if list(record.also) != sorted({*record.also} - {record.previous}):
            return "ses parents ne sont pas écrits dans l'ordre"
        if len(parents) > MAX_PARENTS:
            return f"il suit plus de {MAX_PARENTS} branches"
        if record.seq != 1 + max((self._ranks[one] for one in parents), default=0):
            return f"il porte le n° {record.seq}"
        if not intact(record):
            return "son contenu a changé"
        if not hideable(record.kind).issuperset((*record.salts, *record.withheld)):
            return "il masque ce qui doit être lu"
        return "il est écrit deux fois" if record.hash in self._ranks else ""


def _next(tips: Mapping[str, Record]) -> tuple[int, str, tuple[str, ...]]:
    """`seq`, `previous` and `also` of a record that follows every head."""
    if not tips:
        return 1, GENESIS, ()
    first = max(tips.values(), key=lambda one: (one.seq, one.hash))
    return first.seq + 1, first.hash, tuple(sorted(tips.keys() - {first.hash}))


class BrokenJournal(Exception):
    """The record at `rank` (from 1) does not hold where it stands; `why` is French."""

    def __init__(self, rank: int, why: str) -> None:
        super().__init__(f"{rank}: {why}")
        self.rank = rank
        self.why = why


def before(records: Sequence[Record], heads: Iterable[str]) -> list[Record]:
    """The records `heads` rest on, themselves included, in the order they come in `records`."""
    wanted = set(heads)
    for record in reversed(records):
        if record.hash in wanted:
            wanted.update(record.parents)
    return [record for record in records if record.hash in wanted]


def backwards(records: Iterable[Record]) -> tuple[int, ...]:
    """Ranks in the journal of records dated before a record they follow: a clock was changed."""
    seen: dict[str, str] = {}
    found = []
    for rank, record in enumerate(records, 1):
        latest = max((seen.get(parent, "") for parent in record.parents), default="")
        if record.at < latest:
            found.append(rank)
        seen[record.hash] = record.at
    return tuple(found)


def told_backwards(ranks: Sequence[int]) -> str:
    """The French remark about them, empty when there is none."""
    if not ranks:
        return ""
    which = ", ".join(f"n° {one}" for one in ranks[:5]) + ("…" if len(ranks) > 5 else "")
    noun = "événement est daté", "événements sont datés"
    return (
        f"{counted(len(ranks), *noun)} d'avant un événement qu'il suit ({which}) : "
        "l'horloge du poste a reculé."
    )


class Ancestry:
    """Who follows whom, asked as records are added parents first.

    Records are laid on runs, each following the one before on its run; a record knows, for every
    other run, how far it had got. A dossier that was never copied is a single run.
    """

    def __init__(self) -> None:
        self._place: dict[str, tuple[int, int]] = {}
        self._seen: dict[str, Mapping[int, int]] = {}
        self._tips: list[str] = []
        self._kept = 0

    def add(self, record: Record) -> None:
        """Take a record whose parents were taken; ValueError when it was taken already."""
        if record.hash in self._place:
            raise ValueError("a record taken twice")
        parents = record.parents
        seen = self._seen[parents[0]] if parents else {}
        run = self._place[parents[0]][0] if parents else 0
        if parents and self._tips[run] == parents[0]:
            place = (run, self._place[parents[0]][1] + 1)
            self._tips[run] = record.hash
        else:
            place = (len(self._tips), 0)
            self._tips.append(record.hash)
            seen = self._with(seen, parents[:1])
        if len(parents) > 1:
            seen = self._with(seen, parents[1:])
        self._place[record.hash], self._seen[record.hash] = place, seen

    def follows(self, later: str, earlier: str) -> bool:
        """True when the record `later` was made in the knowledge of `earlier`."""
        run, rank = self._place[earlier]
        own, own_rank = self._place[later]
        return rank <= own_rank if run == own else rank <= self._seen[later].get(run, -1)

    def _with(self, seen: Mapping[int, int], parents: Sequence[str]) -> Mapping[int, int]:
        joined = dict(seen)
        for parent in parents:
            run, rank = self._place[parent]
            reached = {**self._seen[parent], run: rank}
            for each, far in reached.items():
                joined[each] = max(far, joined.get(each, -1))
        self._kept += len(joined)
        if self._kept > MAX_KEPT:
            raise ValueError("too many branches")
        return joined
