"""Every number typed has bounds, told in one French sentence."""

from collections.abc import Iterator
from typing import Any

import pytest
import typer

from care_kit.cli.app import build
from tests.cli.conftest import Care


def numbers() -> Iterator[tuple[tuple[str, ...], Any]]:
    def walk(command: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
        for name, one in getattr(command, "commands", {}).items():
            yield from walk(one, (*path, name))
        for parameter in getattr(command, "params", ()):
            if parameter.type.name.startswith(("int", "float")):
                yield path, parameter

    yield from walk(typer.main.get_command(build()), ())


def test_every_number_has_bounds_on_both_sides() -> None:
    found = list(numbers())
    assert len(found) >= 9
    for path, parameter in found:
        bounds = (getattr(parameter.type, "min", None), getattr(parameter.type, "max", None))
        assert None not in bounds, (path, parameter.name)


@pytest.mark.parametrize("typed", ["70000", "-1", "0x10", "1e3", "²", "99999999999999999999", ""])
def test_a_number_outside_its_bounds_is_refused_in_french(started: Care, typed: str) -> None:
    result = started("probe", "directory", "dc1.exemple.fr", "--user", "a", f"--port={typed}")
    assert result.refused_clearly, result.err
    assert "il faut un nombre entier de 1 à 65535" in result.err


@pytest.mark.parametrize(
    "line",
    [
        ("calendar", "--on", "0001-01-01"),
        ("precheck", "--on", "9999-12-31"),
        ("plan", "add", "x", "--due", "31/12/9999"),
        ("plan", "add", "x", "--days", "9" * 40),
        ("plan", "list", "--day-cost", "9" * 40),
        ("counter", "attachments", "d1", "--limit", "9" * 40),
        ("evidence", "add", "x", "--for", "CK-GOV-01", "--date", "2026-13-01"),
        ("spending", "add", "--domain", "d1", "--label", "x", "--amount", "9" * 40),
        ("ght", "share", "990000010", "101", "--source", "x"),
        ("ght", "headcount", "990000010", "20260", "--employees", "1", "--self-employed", "1",
         "--source", "x"),
        ("readings", "held", "--max-critical", "9" * 40),
    ],
)  # fmt: skip
def test_a_day_or_an_amount_that_is_a_slip_is_refused(started: Care, line: tuple[str, ...]) -> None:
    assert started("init", "x.care", "--name", "", "--category", "c").code != 8
    assert started(*line).refused_clearly, line
