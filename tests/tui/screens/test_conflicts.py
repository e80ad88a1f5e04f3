"""A copy merged and its conflict ended from the keyboard."""

import asyncio
import shutil
from pathlib import Path

import pytest

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.events import AnswerGiven
from care_kit.model.words.vocabulary import AnswerState
from tests.tui.small import app_on, running, screen_text


def answer(indicator: str, level: int) -> AnswerGiven:
    return AnswerGiven("socle", 1, indicator, AnswerState.ANSWERED, level)


@pytest.fixture
def copy(dossier: Dossier, tmp_path: Path) -> Path:
    """A copy that answered one question otherwise, and another one."""
    path = Path(shutil.copy(dossier.path, tmp_path / "site.care"))
    dossier.append(answer("CK-GOV-01", 1))
    with Dossier.open(path, "Denis") as other:
        other.append_all([answer("CK-GOV-01", 4), answer("CK-GOV-02", 2)])
    return path


async def seen(app: object, text: str) -> None:
    for _ in range(200):
        if text in screen_text(app):  # type: ignore[arg-type]
            return
        await asyncio.sleep(0.02)
    raise AssertionError(screen_text(app))  # type: ignore[arg-type]


async def test_a_copy_is_merged_then_its_conflict_ends_in_two_keys(
    dossier: Dossier, copy: Path
) -> None:
    app = app_on(dossier)
    async with running(app) as pilot:
        await pilot.press("g", "o")
        await seen(app, "Aucun conflit entre copies.")
        await pilot.press("n", *str(copy), "enter")
        await seen(app, "réponse donnée : 2 (Denis)")
        assert "Conflit, réponse CK-GOV-01" in screen_text(app)
        assert dossier.state.events == 2, "nothing is written before it was seen"
        await pilot.press("enter")
        await seen(app, "1 conflit entre copies")
        assert "Copie fusionnée : 2" in screen_text(app).replace("\u00a0", " ")
        assert "compte en attendant" in screen_text(app)
        words = [one.answer for one in dossier.state.disputes[0].candidates if one.answer]
        four = [one.level for one in words].index(4) + 1
        await pilot.press("enter", str(four))
        await seen(app, "Conflit clos, réponse CK-GOV-01")
        assert dossier.state.answers["CK-GOV-01"].level == 4
        assert not dossier.state.disputes


async def test_what_is_no_copy_is_told_on_the_line_of_messages(
    dossier: Dossier, tmp_path: Path
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("bonjour")
    app = app_on(dossier, place="conflicts")
    async with running(app) as pilot:
        for path, told in ((note, "n'est pas un dossier"), (dossier.path, "lui-même")):
            await pilot.press("n", *str(path), "enter")
            await seen(app, told)


async def test_a_copy_that_brings_nothing_says_so(dossier: Dossier, tmp_path: Path) -> None:
    same = Path(shutil.copy(dossier.path, tmp_path / "pareille.care"))
    dossier.append(answer("CK-GOV-01", 1))
    app = app_on(dossier, place="conflicts")
    async with running(app) as pilot:
        await pilot.press("n", *str(same), "enter")
        await seen(app, "rien de nouveau")
        await pilot.press("enter")
        assert dossier.state.events == 2
