"""What keeps one odd answer from stopping the rest: the reader that fails is told, and only it."""

from collections.abc import Callable
from typing import TypeVar

from care_kit.model.words.errors import ProbeError, ScopeError
from care_kit.probes.exposure.pace import Stopped
from care_kit.probes.exposure.text import clean

Read = TypeVar("Read")


class Wall:
    """Gathers what failed while a part was read."""

    def __init__(self) -> None:
        self._failed: list[str] = []

    def behind(self, what: str, read: Callable[[], Read], unread: Read) -> Read:
        """What `read` gives, or `unread` when it raises; a run that must end is not kept going."""
        try:
            return read()
        except (Stopped, ScopeError):
            raise
        except Exception as cause:
            self._failed.append(f"{what} : {reason(cause)}")
            return unread

    def told(self, key: str) -> str:
        """Everything that failed, in one French line; empty when nothing did."""
        return f"{key} : {' ; '.join(self._failed)}" if self._failed else ""


def reason(cause: Exception) -> str:
    """Why something could not be read: our own sentence, or the name of the fault."""
    if isinstance(cause, ProbeError):
        return cause.sentence.rstrip(".")
    detail = clean(str(cause), 120)
    return f"réponse illisible ({type(cause).__name__}{f', {detail}' if detail else ''})"
