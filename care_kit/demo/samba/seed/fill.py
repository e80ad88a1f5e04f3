"""Fills a provisioned domain with one of the seeds."""

from pathlib import Path

from care_kit.demo.samba.seed import baseline, hopital
from care_kit.demo.samba.seed.store import Store
from care_kit.demo.samba.seeds import Seed


def fill(folder: Path, seed: Seed, password: str) -> None:
    """Write the seed; `password` is the ordinary auditor's."""
    with Store(folder) as store:
        baseline.fill(store, password)
        if seed is Seed.HOPITAL:
            hopital.fill(store)
