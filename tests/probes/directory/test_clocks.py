"""Ages are counted by the directory's own time; a station whose clock is wrong is told."""

from datetime import UTC, datetime, timedelta

import pytest

from care_kit.probes.directory.collector import _clocks
from care_kit.probes.directory.domain import server_moment

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_the_directory_says_what_time_it_is() -> None:
    assert server_moment({"currentTime": ("20261120120000.0Z",)}) == NOW


@pytest.mark.parametrize("root", [{}, {"currentTime": ("hier",)}, {"currentTime": ()}])
def test_without_it_nothing_is_made_up(root: dict[str, tuple[str, ...]]) -> None:
    assert server_moment(root) is None


@pytest.mark.parametrize(
    ("gap", "said"),
    [(timedelta(minutes=4), ""), (timedelta(days=400), "avance"), (-timedelta(hours=2), "retarde")],
)
def test_clocks_that_disagree_are_told(gap: timedelta, said: str) -> None:
    told = " ".join(_clocks(NOW + gap, NOW))
    assert said in told if said else not told
