"""A dated table brought from a file: newer, whole, and nothing known is lost."""

from datetime import date
from pathlib import Path

import pytest

from care_kit import resources
from care_kit.catalog.dated_tables import load_tables
from care_kit.catalog.tables_update import admitted
from care_kit.model.words.errors import CareError

TODAY = date(2026, 12, 1)
SHIPPED = resources.data("checks").joinpath("data", "end_of_support.toml")


def saved(folder: Path, text: str) -> Path:
    file = folder / "table.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_line_more_is_admitted(tmp_path: Path) -> None:
    text = SHIPPED.read_text(encoding="utf-8").replace(
        '"8.5" = 2029-12-31', '"8.5" = 2029-12-31\n"8.6" = 2030-12-31'
    )
    update = admitted(saved(tmp_path, text), TODAY)
    assert update.added == 1
    assert update.target.name == "end_of_support.toml"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"5.3" = 2014-08-14\n', "", "perd 1 des lignes en place, dont PHP 5.3"),
        ("source_date = 2026-12-01", "source_date = 2026-01-01", "plus ancien"),
        ("source_date = 2026-12-01", "source_date = 2027-01-01", "dans le futur"),
        ("source_date = 2026-12-01", "source_date = 'hier'", "source_date"),
        ("[[products]]", "[[products", "n'est pas un fichier TOML lisible"),
        (r"\bPHP/(\d+\.\d+)", r"\bPHP/\d+", "n'est pas une expression à un groupe"),
    ],
)
def test_what_would_lose_or_break_is_refused(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(CareError, match=words):
        admitted(saved(tmp_path, text.replace(old, new)), TODAY)


def test_the_ends_of_2025_and_2026_are_known() -> None:
    ends = {one.name: one.ends for one in load_tables(TODAY).support.products}
    assert ends["nginx"]["1.28"] == date(2026, 4, 14)
    assert ends["nginx"]["1.29"] == date(2026, 5, 13)
    assert ends["Exchange Server 2019"]["15.2"] == date(2025, 10, 14)


@pytest.mark.parametrize(
    ("build", "is_2019"), [("15.2.1118.9", True), ("15.2.2561.1", True), ("15.2.2562.17", False)]
)
def test_exchange_2019_ends_below_the_first_build_of_its_successor(
    build: str, is_2019: bool
) -> None:
    import re

    (product,) = (
        one for one in load_tables(TODAY).support.products if one.name == "Exchange Server 2019"
    )
    assert bool(re.search(product.pattern, f"X-OWA-Version: {build}")) is is_2019
