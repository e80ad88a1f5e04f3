"""Dates as typed: two forms, whole years, and years that make sense."""

from datetime import date

import pytest

from care_kit.dossier.entry.days import day
from care_kit.model.words.errors import InputError


@pytest.mark.parametrize("text", ["2026-03-31", "31/03/2026", " 31/03/2026 "])
def test_two_forms_say_the_same_day(text: str) -> None:
    assert day(text, "--date") == date(2026, 3, 31)


@pytest.mark.parametrize(
    "text", ["", "31/03/26", "31/02/2026", "31-03-2026", "demain", "31/12/9999", "01/01/0001"]
)
def test_anything_else_is_refused_with_what_it_is_for(text: str) -> None:
    with pytest.raises(InputError, match="n'est pas une date pour l'échéance"):
        day(text, "l'échéance")
