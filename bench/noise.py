"""Several runs into figures: medians, how far they moved, and how noisy the machine was."""

import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date

LOOPS = 2_000_000


def spread(values: Sequence[float], unit: str = "s") -> str:
    """Median, then the least and the most, in one text."""
    middle = statistics.median(values)
    return f"{middle:.2f} {unit} (from {min(values):.2f} to {max(values):.2f}, {len(values)} runs)"


def in_turn(sides: Mapping[str, Callable[[], float]], runs: int) -> dict[str, list[float]]:
    """Each side run once per round, so that the noise of the machine falls on all of them."""
    found: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(runs):
        for name, run in sides.items():
            found[name].append(run())
    return found


def machine() -> str:
    """The day, the processors, the load, and how much one fixed computation varies."""
    times = [_computation() for _ in range(7)]
    noise = (max(times) - min(times)) / statistics.median(times) * 100
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        f"{date.today()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"load {load}; the same computation seven times varies by {noise:.0f} %"
    )


def _computation() -> float:
    began = time.perf_counter()
    sum(range(LOOPS))
    return time.perf_counter() - began
