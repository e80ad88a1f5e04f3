"""Days and months later on the calendar, within what a date can hold.

Dates come from journals others wrote: a sum that would leave the calendar stops at its last day.
"""

from datetime import MAXYEAR, date


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month when it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    if year > MAXYEAR:
        return date.max
    for last in range(day.day, 27, -1):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    return date(year, month, day.day)


def add_days(day: date, days: int) -> date:
    """The day `days` later."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))
