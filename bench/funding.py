"""Three years of a dossier: assessment, pre-check and papers against the bare package.

`python bench/funding.py --runs 5`: 500 PDF pieces, 40 readings, every question answered, 60 lines
of spending. Each side is a process of its own, and the sides take turns.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import typst
from noise import in_turn, machine, spread

from care_kit.catalog.content import load
from care_kit.demo.recorded import recorded_reading
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry.adding import add_evidence, add_reading
from care_kit.dossier.entry.answering import given
from care_kit.dossier.journal import events
from care_kit.model.dossier.establishment import Establishment, LegalEntity, Nis2, Site
from care_kit.model.dossier.money import SpendingKind
from care_kit.model.facts.exposure import ExposureFacts
from care_kit.model.facts.reading import Statement
from care_kit.model.formats import codec
from care_kit.model.words.vocabulary import PeriodKind, ProbeKind

PIECES, READINGS, BILLS = 500, 40, 60
PROGRAMMES = ("d1", "d2", "hospiconnect")
LAST = date(2026, 11, 21)
ENTITIES = (
    LegalEntity("Centre hospitalier fictif", "990000010", (Site("Site", "990000028"),)),
    LegalEntity("Hôpital du Val fictif", "990000036", (Site("Val", "990000044"),)),
)
CHILD = """
import os, resource, sys, time
sys.stdout = open(os.devnull, "w")
from care_kit.cli.app import run
began = time.perf_counter()
for line in {lines!r}:
    code = run(line)
    assert code in (0, 1), (line, code)
took = time.perf_counter() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(took, peak, file=sys.__stdout__)
"""


def fill(path: Path, folder: Path) -> None:
    """The dossier, as years of work leave it."""
    content = load()
    hospital = Establishment("GHT", "public", "Région", ENTITIES, Nis2.ESSENTIAL, True, True)
    with Dossier.create(path, hospital, "bench") as dossier:
        dossier.append(events.QuestionnaireChosen("maturin-h-securite"))
        for questionnaire in content.questionnaires.values():
            if questionnaire.id == "maturin-h-securite":
                for one in questionnaire.indicators:
                    dossier.append(given(questionnaire, one.id, "2", today=LAST))
        for programme in PROGRAMMES:
            dossier.append(events.ProgrammeFollowed(programme, True))
        _pieces(dossier, folder)
        _readings(dossier)
        _bills(dossier)


def _pieces(dossier: Dossier, folder: Path) -> None:
    content = load()
    subjects = [
        piece.id
        for key in PROGRAMMES
        for one in content.programmes[key].objectives
        for piece in one.pieces
    ]
    for rank in range(PIECES):
        file = folder / f"piece-{rank:03d}.pdf"
        text = f"Pièce {rank}. " * 200
        file.write_bytes(typst.compile(text.encode("utf-8"), format="pdf"))
        effective = LAST - timedelta(days=rank * 1000 // PIECES)
        add_evidence(dossier, file, [subjects[rank % len(subjects)]], effective)


def _readings(dossier: Dossier) -> None:
    facts, statement = recorded_reading()
    nothing = ExposureFacts(datetime(2023, 12, 1, tzinfo=UTC), "externe", "")
    empty = codec.compress(codec.canonical(nothing))
    for rank in range(READINGS):
        at = datetime(2023, 12, 1, 20, tzinfo=UTC) + timedelta(days=26 * rank)
        if rank % 2:
            told = replace(statement, started=at, ended=at, replayed=False)
            add_reading(dossier, facts, told)
        else:
            seen = Statement(
                ProbeKind.EXPOSURE, "bench", "ch.example", "", at, at,
                codec.sha512(empty), True, view="externe",
            )  # fmt: skip
            add_reading(dossier, empty, seen)


def _bills(dossier: Dossier) -> None:
    content = load()
    for programme in PROGRAMMES:
        dossier.append(events.CeilingNotified(programme, Decimal(200_000), "bench"))
        period = (date(2023, 12, 1), LAST)
        dossier.append(events.PeriodNotified(programme, PeriodKind.ELIGIBLE, *period, "bench"))
        objectives = content.programmes[programme].objectives
        for rank in range(BILLS // len(PROGRAMMES)):
            line = events.SpendingRecorded(
                str(uuid4()), programme, objectives[rank % len(objectives)].id, f"Ligne {rank}",
                Decimal("1200.50"), kind=SpendingKind.INVOICE, number=f"F{rank}",
                supplier="Fournisseur", dated=date(2025, 3, 1), evidence_id=_any(dossier),
            )  # fmt: skip
            dossier.append(line)


def _any(dossier: Dossier) -> str:
    return next(iter(dossier.state.evidence))


def side(lines: list[list[str]], peaks: list[float]) -> float:
    """One process; its time in seconds, its peak memory added to `peaks` in megabytes."""
    code = CHILD.format(lines=lines)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    took, peak = map(float, done.stdout.split())
    peaks.append(peak / 1000)
    return took


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    print(machine())
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        path = folder / "bench.care"
        fill(path, folder)
        os.environ["CARE_DOSSIER"] = str(path)
        out = ["--to", str(folder / "out")]
        papers = [
            ["export", "application", "--domain", one, "--paper", paper, *out]
            for one in PROGRAMMES
            for paper in ("candidature", "declaration", "paiement")
        ]
        package = [["export", "package", *out]]
        one_programme = [["assess"], ["precheck"], *papers[:3]]
        all_of_them = [["assess"], ["precheck"], *papers]
        peaks: dict[str, list[float]] = {"package": [], "d1": [], "all": []}
        found = in_turn(
            {
                "package": lambda: side(package, peaks["package"]),
                "d1": lambda: side(one_programme, peaks["d1"]),
                "all": lambda: side(all_of_them, peaks["all"]),
            },
            runs,
        )
        for name, times in found.items():
            print(f"{name}: {spread(times)}, peak {max(peaks[name]):.0f} MB")
        for name in ("d1", "all"):
            ratios = [one / bare for one, bare in zip(found[name], found["package"], strict=True)]
            print(f"{name} against the package: {spread(ratios, 'x')}")
    print(machine())


if __name__ == "__main__":
    main()
