"""Work done in a thread, away from the screen, which then gets a message."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from care_kit.model.words.errors import CareError
from care_kit.tui.messages import Told

T = TypeVar("T")


class _NotWantedError(Exception):
    """Something newer is awaited."""


def away(screen: Screen[Any], group: str, work: Callable[[], Message]) -> None:
    """Run `work` in a thread, then post to `screen` what it returns; a CareError is told.

    What was begun under the same `group` is no longer awaited. A failure of the program leaves,
    with its report, as it does anywhere else.
    """

    def run() -> None:
        try:
            message = work()
        except _NotWantedError:
            return
        except CareError as error:
            message = Told(f"Erreur : {error.sentence} À faire : {error.next_step}")
        if not get_current_worker().is_cancelled:
            screen.post_message(message)

    screen.run_worker(run, thread=True, exclusive=True, group=group)


def while_wanted(items: Iterable[T]) -> Iterator[T]:
    """The items, one by one, as long as the work that asks for them is still awaited."""
    worker = get_current_worker()
    for one in items:
        if worker.is_cancelled:
            raise _NotWantedError
        yield one
