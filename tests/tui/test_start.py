"""What is told before anything is drawn, and what is told once the application has left."""

from datetime import date
from pathlib import Path

import pytest

from care_kit.model.words.errors import DossierError, InputError
from care_kit.tui.app import start

TODAY = date(2026, 11, 21)


def test_an_unknown_theme_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refusal:
        start(tmp_path / "ch.care", "Camille", TODAY, "rose")
    assert "sombre, clair, contraste" in refusal.value.next_step


def test_a_missing_dossier_is_told_before_anything_is_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(DossierError, match="n'existe pas"):
        start(tmp_path / "ch.care", "Camille", TODAY, "sombre")
    assert capsys.readouterr().out == ""


def test_what_is_no_dossier_is_told(tmp_path: Path) -> None:
    file = tmp_path / "ch.care"
    file.write_text("rien" * 100, encoding="utf-8")
    with pytest.raises(DossierError, match="n'est pas un dossier care-kit"):
        start(file, "Camille", TODAY, "sombre")
