"""Dataclasses to the TOML that `toml_file` reads back; what equals its default is left out."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from typing import Any

import tomlkit
from tomlkit.items import AoT, Array, InlineTable, Table

# Lists of tables long enough to deserve a [[heading]] of their own; the others stay on one line.
_HEADED = {"objectives", "pieces", "milestones", "indicators"}


def dumps(value: object, comment: str) -> str:
    """TOML text of a dataclass, after a comment of one or several lines."""
    document = tomlkit.document()
    for line in comment.splitlines():
        document.add(tomlkit.comment(line))
    document.add(tomlkit.nl())
    _fill(document, value)
    return tomlkit.dumps(document)


def _fill(table: Any, value: Any) -> None:
    for field in fields(value):
        one = getattr(value, field.name)
        if one is None or one == _default(field):
            continue
        if isinstance(one, Mapping):
            for key, item in one.items():
                table.append(tomlkit.key([field.name, str(key)]), _plain(item))
        else:
            table.add(field.name, _item(field.name, one))


def _item(name: str, value: Any) -> Any:
    if not isinstance(value, tuple):
        return _inline(value) if is_dataclass(value) else _plain(value)
    if name in _HEADED and value and is_dataclass(value[0]):
        return _headed(value)
    return _list(value)


def _headed(values: tuple[Any, ...]) -> AoT:
    found = tomlkit.aot()
    for one in values:
        table: Table = tomlkit.table()
        _fill(table, one)
        found.append(table)
    return found


def _list(values: tuple[Any, ...]) -> Array:
    found = tomlkit.array()
    for one in values:
        found.append(_inline(one) if is_dataclass(one) else _plain(one))
    return found.multiline(len(values) > 1)


def _inline(value: Any) -> InlineTable:
    table = tomlkit.inline_table()
    for field in fields(value):
        one = getattr(value, field.name)
        if one is None or one == _default(field):
            continue
        table.append(field.name, _list(one) if isinstance(one, tuple) else _plain(one))
    return table


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Enum):
        return value.value
    several_lines = isinstance(value, str) and "\n" in value
    return tomlkit.string(value, multiline=True) if several_lines else value


def _default(field: "Field[Any]") -> object:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default
