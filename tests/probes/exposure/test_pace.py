"""One ceiling whatever the number of hosts, a rest for each host, and a stop that is heard."""

import itertools
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from ipaddress import ip_address

import pytest

from care_kit.probes.exposure.pace import (
    CAREFUL,
    OWN_STATION,
    WINDOW,
    Ceiling,
    Ceilings,
    Lane,
    Pace,
    Stopped,
)
from tests.probes.exposure.scopes import scope

NO_REST = Pace(rate=100, delay=0.0, http_delay=0.0)


def starts(lanes: list[Lane], turns: int, packets: int) -> list[float]:
    """When each exchange of each lane began, all lanes running at once."""
    found: list[float] = []

    def run(lane: Lane) -> None:
        for _ in range(turns):
            with lane.turn(packets):
                found.append(time.monotonic())

    with ThreadPoolExecutor(len(lanes)) as pool:
        list(pool.map(run, lanes))
    return sorted(found)


def worst(moments: list[float], packets: int) -> int:
    """The most packets within any WINDOW."""
    return packets * max(sum(0 <= one - first < WINDOW for one in moments) for first in moments)


@pytest.mark.parametrize("packets", [1, 7])
def test_several_hosts_share_one_ceiling(packets: int) -> None:
    ceiling = Ceiling(NO_REST.rate)
    turns = 2 * NO_REST.rate // packets // 4
    found = starts([Lane(NO_REST, ceiling) for _ in range(4)], turns, packets)
    assert worst(found, packets) <= NO_REST.rate
    assert found[-1] - found[0] < 10 * WINDOW


def test_exchanges_are_spread_over_the_window() -> None:
    ceiling = Ceiling(50)
    found = starts([Lane(NO_REST, ceiling) for _ in range(4)], 3, 1)
    assert found[-1] - found[0] >= (len(found) - 1) * WINDOW / 50 * 0.95


def test_each_host_rests_between_two_connections() -> None:
    slow = replace(NO_REST, rate=10_000, delay=0.05)
    found = starts([Lane(slow, Ceiling(slow.rate))], turns=5, packets=1)
    assert found[-1] - found[0] >= 4 * slow.delay * 0.95


def test_rests_of_several_hosts_are_taken_together() -> None:
    slow = replace(NO_REST, rate=10_000, delay=0.1)
    ceiling = Ceiling(slow.rate)
    found = starts([Lane(slow, ceiling) for _ in range(4)], turns=3, packets=1)
    assert found[-1] - found[0] < 4 * 2 * slow.delay / 2


def test_packets_that_did_not_leave_give_their_room_back() -> None:
    ceiling = Ceiling(10)
    with ceiling.take(10) as taken:
        taken.packets = 2
    start = time.monotonic()
    with ceiling.take(8):
        assert time.monotonic() - start < 0.9 * WINDOW


def test_room_taken_by_a_long_exchange_is_kept_until_after_its_end() -> None:
    ceiling = Ceiling(10)
    with ceiling.take(8):
        time.sleep(0.2)
    start = time.monotonic()
    with ceiling.take(8):
        assert time.monotonic() - start >= WINDOW * 0.95


def test_a_clock_that_passes_what_is_awaited_leaves_nobody_waiting_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Room is awaited at one look at the clock, and already there at the next one."""
    ticks = itertools.count(step=0.6 * WINDOW)
    monkeypatch.setattr(time, "monotonic", lambda: float(next(ticks)))
    ceiling = Ceiling(2)

    def run() -> None:
        for _ in range(3):
            with ceiling.take(2):
                pass

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(30)
    assert not thread.is_alive()


def test_more_than_the_ceiling_is_taken_whole() -> None:
    """Otherwise the exchange would wait for ever."""
    with Ceiling(5).take(30) as taken:
        assert taken.packets == 5


def test_a_stop_wakes_whoever_waits_and_lets_nothing_more_leave() -> None:
    resting = Lane(replace(NO_REST, delay=30.0), Ceiling(10))
    full = Lane(NO_REST, Ceiling(10))
    stopped: list[Lane] = []

    def wait(lane: Lane) -> None:
        with pytest.raises(Stopped), lane.turn(10):
            pass
        stopped.append(lane)

    with full.turn(10):
        threads = [threading.Thread(target=wait, args=(one,)) for one in (resting, full)]
        for thread in threads:
            thread.start()
        for lane in (resting, full):
            lane.ceiling.stop()
        for thread in threads:
            thread.join(2)
    assert {id(one) for one in stopped} == {id(resting), id(full)}


def test_an_address_has_one_lane_at_the_pace_it_deserves() -> None:
    own = Ceilings(scope(view="interne", networks=("127.0.0.60/32",), hosts=()))
    loopback, other = ip_address("127.0.0.60"), ip_address("10.0.0.1")
    assert own.lane(loopback) is own.lane(loopback)
    assert own.lane(loopback).pace == OWN_STATION
    assert own.lane(other).pace == CAREFUL
    assert own.lane(other).ceiling is own.of(CAREFUL)
