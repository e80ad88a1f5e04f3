"""Work away from the screen: what it refuses is told, what breaks leaves a report."""

from pathlib import Path
from typing import NoReturn

import pytest
from textual.message import Message

from care_kit.dossier.dossier import Dossier
from care_kit.model.words.errors import InputError, ProgramError
from care_kit.station import crash
from care_kit.tui.app import CareApp
from care_kit.tui.messages import Told
from care_kit.tui.work.away import away, while_wanted
from tests.tui.small import app_on, running, screen_text, until


@pytest.fixture
def app(dossier: Dossier) -> CareApp:
    return app_on(dossier, place="package")


async def test_a_refusal_is_told_with_its_next_step(app: CareApp) -> None:
    def refused() -> NoReturn:
        raise InputError("Le disque est plein.", "Faites de la place.")

    async with running(app) as pilot:
        away(app.screen, "test", refused)
        await until(pilot, lambda: "Erreur : Le disque est plein. À faire :" in screen_text(app))


async def test_what_is_no_longer_awaited_stops_and_says_nothing(app: CareApp) -> None:
    from threading import Event

    gate, seen = Event(), []

    def slow() -> Message:
        for one in while_wanted(range(3)):
            seen.append(one)
            gate.wait(10)
        return Told("le premier")

    async with running(app) as pilot:
        away(app.screen, "test", slow)
        await until(pilot, lambda: bool(seen))
        away(app.screen, "test", lambda: Told("le second"))
        gate.set()
        await until(pilot, lambda: "le second" in screen_text(app))
        await pilot.pause(0.2)
        assert "le premier" not in screen_text(app)
    assert seen == [0]


async def test_a_failure_of_the_program_leaves_and_its_report_tells_where(
    app: CareApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from care_kit.model.formats import codec

    monkeypatch.setattr(crash, "user_log_dir", lambda *_, **__: str(tmp_path))

    def broken() -> Message:
        return Told(str(codec.decode(int, "jean.dupont@ch-exemple.fr")))

    with pytest.raises(Exception, match="Worker raised exception"):
        async with running(app) as pilot:
            away(app.screen, "test", broken)
            await until(pilot, lambda: app.failure is not None)
    assert isinstance(app.failure, ProgramError)
    report = next(tmp_path.glob("care-kit-panne-*.txt")).read_text(encoding="utf-8")
    assert "care_kit/model/formats/codec.py:" in report
    assert "jean.dupont" not in report
