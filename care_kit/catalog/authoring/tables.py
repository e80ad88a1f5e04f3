"""Walks the raw tables of a content file, telling where each value is."""

from collections.abc import Iterator
from typing import Any

Place = str


def texts(value: object, place: Place = "") -> Iterator[tuple[Place, str]]:
    """Every text with its place, such as `indicators[CK-GOV-01].levels.3`."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from texts(one, _under(place, key))
    elif isinstance(value, list):
        for rank, one in enumerate(value):
            yield from texts(one, f"{place}[{_label(one, rank)}]")


def stated(value: object, place: Place = "") -> Iterator[tuple[Place, dict[str, Any]]]:
    """Every table that carries a provenance, with its place."""
    if isinstance(value, dict):
        if "provenance" in value:
            yield place, value
        for key, one in value.items():
            yield from stated(one, _under(place, key))
    elif isinstance(value, list):
        for rank, one in enumerate(value):
            yield from stated(one, f"{place}[{_label(one, rank)}]")


def _under(place: Place, key: str) -> Place:
    return f"{place}.{key}" if place else key


def _label(item: object, rank: int) -> object:
    return item.get("id", rank) if isinstance(item, dict) else rank
