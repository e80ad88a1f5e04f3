"""Scopes to start from in tests: a valid one, changed one field at a time."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from care_kit.model.facts.scope import Host, Scope, Validity

NOON = datetime(2026, 11, 20, 12, 0)
SITE = Host("www.chu-exemple.test", ("203.0.113.10",), (443,))
TODAY = Validity(date.today(), date.today() + timedelta(days=1))
"""For tests that really send something."""

CLOUD = Host("mail.chu-exemple.test", ("198.51.100.7",), (443,), provider="Hébergeur HDS")


def scope(**changes: object) -> Scope:
    """An external scope of sixteen public addresses, open all day in November 2026."""
    valid = Scope(
        owner="CHU Exemple",
        purpose="contrôle mensuel",
        contact="astreinte",
        view="externe",
        networks=("203.0.113.0/28",),
        validity=Validity(date(2026, 11, 1), date(2026, 11, 30)),
        domains=("chu-exemple.test",),
        hosts=(SITE,),
    )
    return replace(valid, **changes)  # type: ignore[arg-type]


def office_hours(begins: time, ends: time) -> Validity:
    """The same month, some hours a day."""
    return Validity(date(2026, 11, 1), date(2026, 11, 30), begins, ends)
