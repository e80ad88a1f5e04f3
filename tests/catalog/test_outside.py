"""Files others wrote are read within bounds, and what is left out is never silent."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from care_kit.catalog import workbook
from care_kit.catalog.outside import read_bounded
from care_kit.model.words.errors import InputError


def book(folder: Path, rows: int) -> Path:
    made, out = Workbook(), io.BytesIO()
    assert made.active is not None
    for number in range(rows):
        made.active.append([f"ligne {number}"])
    made.save(out)
    (folder / "a.xlsx").write_bytes(out.getvalue())
    return folder / "a.xlsx"


def test_a_file_up_to_the_limit_is_read_and_one_more_byte_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_bounded(tmp_path / "a", 5, "Vérifiez.") == b"12345"
    with pytest.raises(InputError, match="dépasse"):
        read_bounded(tmp_path / "a", 4, "Vérifiez.")


@pytest.mark.parametrize("name", ["absent", "."])
def test_what_is_not_a_file_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="n'existe pas"):
        read_bounded(tmp_path / name, 5, "Vérifiez.")


def test_every_row_of_a_workbook_is_read_or_the_file_is_refused(tmp_path: Path) -> None:
    assert len(workbook.filled_sheet(book(tmp_path, 3), max_rows=3)) == 3
    with pytest.raises(InputError, match="plus de 3 lignes"):
        workbook.filled_sheet(book(tmp_path, 4), max_rows=3)


def test_a_workbook_too_large_is_refused_before_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MAX_BYTES", 100)
    with pytest.raises(InputError, match="dépasse"):
        workbook.filled_sheet(book(tmp_path, 1), max_rows=3)
