"""Fills a provisioned domain with one of the seeds."""

from pathlib import Path

from care_kit.demo.samba.seed import baseline, hopital, laps, sain
from care_kit.demo.samba.seed.store import Store
from care_kit.demo.samba.seeds import Seed


def fill(folder: Path, seed: Seed, password: str) -> None:
    """Write the seed; `password` is the ordinary auditor's."""
    for step in (laps.declare, laps.allow):  # each change of the schema needs the one before
        with Store(folder) as store:
            step(store)
    with Store(folder) as store:
        baseline.fill(store, password)
        (hopital if seed is Seed.HOPITAL else sain).fill(store)
