"""The days and hours a scope allows: whether now is one of them, and when they end."""

from datetime import date, datetime, time, timedelta

from care_kit.model.facts.scope import Validity
from care_kit.model.words.errors import ScopeError

_LAST = time(23, 59, 59)
"""Written for the end of the day: the last second is allowed too."""


class OutOfHours(ScopeError):
    """The allowed days or hours are over, or have not begun: nothing may leave."""


def in_force(validity: Validity, now: datetime) -> None:
    """Raise OutOfHours outside the allowed days or hours (local time)."""
    local = now.astimezone()
    if local.date() < validity.begins:
        raise OutOfHours(
            f"Le périmètre n'est pas encore valable : il commence le {_day(validity.begins)}.",
            "Attendez cette date ou faites signer un nouveau périmètre.",
        )
    if local.date() > validity.ends:
        raise OutOfHours(
            f"Le périmètre a expiré le {_day(validity.ends)}.",
            "Mettez ses dates à jour, puis faites-le signer à nouveau.",
        )
    if not _within(validity, local.time()):
        raise OutOfHours(
            f"Il est {local:%H:%M} : le périmètre n'autorise la sonde que de "
            f"{validity.from_hour:%H:%M} à {validity.to_hour:%H:%M}.",
            "Relancez la sonde pendant ces heures.",
        )


def end(validity: Validity, now: datetime) -> datetime:
    """When the hours under way at `now` end, aware; `now` must be within them."""
    local = now.astimezone()
    last_day = _midnight_after(validity.ends)
    if _all_day(validity):
        return last_day
    day = local.date()
    if local.time() > validity.to_hour:  # hours that run over midnight, before it
        day += timedelta(days=1)
    if validity.to_hour >= _LAST:
        closing = _midnight_after(day)
    else:
        closing = datetime.combine(day, validity.to_hour).astimezone()
    return min(closing, last_day)


def _within(validity: Validity, at: time) -> bool:
    """Whether `at` is allowed; hours such as 22:00-06:00 run over midnight."""
    begins, ends = validity.from_hour, validity.to_hour
    if ends >= _LAST:
        ends = time.max
    return begins <= at <= ends if begins <= ends else at >= begins or at <= ends


def _all_day(validity: Validity) -> bool:
    return validity.from_hour == time(0) and validity.to_hour >= _LAST


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(0)).astimezone()


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
