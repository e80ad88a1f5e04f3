"""The journal: copies merged and verified, the fold as it grows, many writers on one file.

`python bench/journal.py graph`, `fold` or `writers`. Writers are compared with bare SQLite doing
the same inserts, in turn; the rest is linear work, given at four sizes with its exponent.
"""

import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from math import log
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.folding.fold import fold
from care_kit.dossier.journal import commitments, events
from care_kit.dossier.journal.chain import Record, read
from care_kit.dossier.journal.graph import Journal, ordered
from care_kit.model.dossier.establishment import Establishment, LegalEntity
from care_kit.model.formats.codec import adapter
from care_kit.model.words.vocabulary import AnswerState

HOSPITAL = Establishment("CH d'essai", "CH", "Région fictive", (LegalEntity("CH", "990000010"),))
KEY = b"k" * 32
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
SIZES = (5_000, 10_000, 20_000, 50_000)
RUNS = 5


def draft(number: int, event: events.Event, author: str = "Camille") -> Record:
    kind = type(event).__name__
    payload = adapter(type(event)).dump_python(event, mode="json")
    salts = commitments.salts(KEY, str(number), kind, author, payload)
    at = (EPOCH + timedelta(minutes=number)).isoformat(timespec="milliseconds")
    return Record(0, str(number), at, author, kind, payload, "", salts=salts)


def mixed(number: int) -> events.Event:
    """Mostly answers, some comments, some pieces: what a dossier is made of."""
    if number % 10 == 0:
        return events.Commented(f"Q{number % 400}", "Vu avec l'équipe réseau, à reprendre.")
    if number % 10 == 1:
        name = f"piece {number}.pdf"
        return events.EvidenceAdded(
            str(number), name, name, "application/pdf", 9, f"{number:0128x}", None, ("Q1",)
        )
    return events.AnswerGiven(
        "socle", 1, f"Q{number % 400}", AnswerState.ANSWERED, number % 3, comment="constaté"
    )


def linear(made: Iterable[events.Event]) -> list[Record]:
    journal = Journal()
    first = draft(0, events.DossierCreated("d", HOSPITAL))
    drafts = [first, *(draft(number, event) for number, event in enumerate(made, 1))]
    return journal.placed(drafts)


def copies(total: int, seed: int = 1) -> list[list[Record]]:
    """Three copies that write by handfuls, and now and then take in what another knows."""
    chance = Random(seed)
    root = linear([])
    every = [Journal() for _ in range(3)]
    for one in every:
        one.take(root)
    number = 1
    while number < total:
        who = chance.randrange(3)
        if chance.random() < 0.2:
            other = every[chance.randrange(3)].told
            every[who].take([one for one in other if one.hash not in every[who]])
        handful = [
            draft(number + rank, mixed(number + rank), f"Auteur {who}") for rank in range(50)
        ]
        every[who].take(every[who].placed(handful))
        number += 50
    return [list(one.told) for one in every]


def timed(work: Callable[[], object]) -> float:
    found = []
    for _ in range(RUNS):
        started = process_time()
        work()
        found.append(process_time() - started)
    return median(found)


def graph() -> None:
    """Merge of three copies of 20,000 events in all, then everything one wants to know of them."""
    three = copies(20_000)
    lines = [one.line() for one in ordered({one.hash: one for c in three for one in c}.values())]
    union: dict[str, Record] = {}

    def united() -> None:
        union.clear()
        for copy in three:
            union.update((one.hash, one) for one in copy)

    def verified() -> None:
        Journal().take(ordered(union.values()))

    united()
    told = ordered(union.values())
    branches = sum(len(one.parents) > 1 for one in told)
    conflicts = len(fold(told).disputes)
    print(f"{len(told)} events, {branches} merges, {conflicts} conflicts")
    each = {
        "union by hash": timed(united),
        "order": timed(lambda: ordered(union.values())),
        "order and verification": timed(verified),
        "fold and conflicts": timed(lambda: fold(told)),
        "reading the lines": timed(lambda: [read(line) for line in lines]),
    }
    for what, seconds in each.items():
        print(f"{what:<24} {seconds * 1000:7.0f} ms")
    both = each["union by hash"] + each["order and verification"]
    print(f"merged and verified      {both * 1000:7.0f} ms")


def growth() -> None:
    """The fold by kind of event, and the exponent from the smallest to the largest size."""
    kinds: dict[str, Callable[[int], events.Event]] = {
        "comments": lambda one: events.Commented("Q1", f"Remarque {one}"),
        "pieces": lambda one: events.EvidenceAdded(
            str(one), "a.pdf", "A", "application/pdf", 9, f"{one:0128x}", None, ("Q1",)
        ),
        "answers": lambda one: events.AnswerGiven("socle", 1, f"Q{one}", AnswerState.ANSWERED, 2),
        "mixed": mixed,
    }
    for name, make in kinds.items():
        spent = []
        for size in SIZES:
            records = linear(map(make, range(1, size + 1)))
            spent.append(timed(lambda records=records: fold(records)))  # type: ignore[misc]
        exponent = log(spent[-1] / spent[0]) / log(SIZES[-1] / SIZES[0])
        row = "  ".join(f"{size}: {one:5.2f} s" for size, one in zip(SIZES, spent, strict=True))
        print(f"{name:<10} {row}  exponent {exponent:.2f}")


OURS = """
import sys
from pathlib import Path
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.events import AnswerGiven
from care_kit.model.words.vocabulary import AnswerState
path = Path(sys.argv[1])
Dossier.open(path.with_name("warm.care"), "A").close()
print("ready", flush=True)
sys.stdin.readline()
with Dossier.open(path, "A") as dossier:
    for number in range(10):
        event = AnswerGiven("socle", 1, f"Q{sys.argv[2]}-{number}", AnswerState.ANSWERED, 2)
        dossier.append(event)
"""
BARE = """
import sqlite3, sys
print("ready", flush=True)
sys.stdin.readline()
raw = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None)
raw.execute("PRAGMA synchronous=FULL")
for number in range(10):
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("INSERT INTO event (payload) VALUES (?)", ("x" * 600,))
    raw.execute("COMMIT")
raw.close()
"""


def released(code: str, path: Path, count: int) -> float:
    """Seconds from the release of `count` ready processes to the end of the last one."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(path), str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for number in range(count)
    ]
    for one in started:
        assert one.stdout is not None
        one.stdout.readline()
    begun = perf_counter()
    for one in started:
        assert one.stdin is not None
        one.stdin.write(b"go\n")
        one.stdin.flush()
    codes = [one.wait() for one in started]
    assert not any(codes), codes
    return perf_counter() - begun


def _pair(count: int) -> tuple[float, float]:
    """Ours, then bare SQLite, each on a new file."""
    with tempfile.TemporaryDirectory() as folder:
        ours, bare = Path(folder, "ours.care"), Path(folder, "bare.db")
        for name in ("ours.care", "warm.care"):
            Dossier.create(Path(folder, name), HOSPITAL, "A").close()
        raw = sqlite3.connect(bare)
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("CREATE TABLE event (payload)")
        raw.commit()
        raw.close()
        pair = released(OURS, ours, count), released(BARE, bare, count)
        with Dossier.open(ours, "A") as opened:
            assert opened.state.events == 1 + 10 * count, "an event was lost"
    return pair


def writers(counts: Sequence[int] = (10, 25, 50, 100)) -> None:
    """Processes that each open, append ten events and close, all at once."""
    for count in counts:
        pairs = [_pair(count) for _ in range(3)]
        mine, theirs = (median(side) for side in zip(*pairs, strict=True))
        print(
            f"{count:>4} writers × 10: {mine:6.2f} s, bare SQLite {theirs:6.2f} s, "
            f"per event {mine / count * 100:5.1f} and {theirs / count * 100:4.1f} ms"
        )


if __name__ == "__main__":
    {"graph": graph, "fold": growth, "writers": writers}[sys.argv[1]]()
