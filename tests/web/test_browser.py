"""The whole way in a real Chromium, from the terminal to the dossier."""

import asyncio
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from care_kit.dossier.dossier import Dossier
from tests.web.browser import Tab, chromium
from tests.web.command import Command, in_terminal

pytestmark = pytest.mark.lab


@pytest.fixture
def command(dossier: Dossier) -> Iterator[Command]:
    dossier.close()
    with in_terminal(dossier.path) as running:
        yield running


def index(screen: str) -> str:
    """The index of the whole, as the score lines show it."""
    found = re.search(r"^Ensemble +\S+ à \S+ +(\S+ à \S+)", screen, re.MULTILINE)
    return found[1] if found else ""


async def in_questionnaire(tab: Tab) -> str:
    await tab.until(lambda screen: "À faire maintenant" in screen)
    await tab.press("g")
    await tab.until(lambda screen: "Questionnaire (F3)" in screen)
    await tab.press("q")
    return await tab.until(lambda screen: "( ) 3" in screen and bool(index(screen)))


async def test_log_in_answer_and_see_the_score_change(
    command: Command, dossier: Dossier, tmp_path: Path
) -> None:
    async with chromium(tmp_path / "profil") as new_tab:
        tab = await new_tab()
        await tab.open(command.link)
        before = index(await in_questionnaire(tab))
        await tab.press("3")
        after = await tab.until(lambda screen: "« niveau 3 » enregistré" in screen)
        assert before == "0 à 100"
        assert index(after) not in ("", before)
        assert "(*) 3" in after
        await tab.picture(tmp_path / "page.png")
        assert not [one for one in tab.complaints if "WebGL" not in one]
        here = command.link.split("/")[2]
        assert {address.split("/")[2] for address in tab.requested} == {here}
    with Dossier.open(dossier.path, "Relecture") as again:
        assert again.state.answers["CK-GOV-01"].author == "Camille Testeur"


async def test_the_link_is_of_no_use_to_another_browser(command: Command, tmp_path: Path) -> None:
    async with chromium(tmp_path / "premier") as new_tab, chromium(tmp_path / "second") as other:
        tab, stranger = await new_tab(), await other()
        await tab.open(command.link)
        await tab.until(lambda screen: "À faire maintenant" in screen)
        room = await tab.evaluate("location.href")
        for address in (command.link, room):
            await stranger.open(address)
            assert "Accès refusé." in await stranger.text(address)
        assert await tab.evaluate("document.cookie") == ""  # not for scripts
        second_tab = await new_tab()
        await second_tab.open(room)
        await second_tab.until(lambda screen: "À faire maintenant" in screen)
        assert len(command.children) == 2


async def test_the_token_is_in_no_process(command: Command, tmp_path: Path) -> None:
    token = command.link.rsplit("/", 1)[1].encode()
    async with chromium(tmp_path / "profil") as new_tab:
        tab = await new_tab()
        await tab.open(command.link)
        await tab.until(lambda screen: "À faire maintenant" in screen)
        for process in (command.process.pid, *command.children):
            for what in ("cmdline", "environ"):
                assert token not in Path(f"/proc/{process}/{what}").read_bytes()
    assert not [one for one in tmp_path.glob("test.care*") if token in one.read_bytes()]
    told = command.leave(signal.SIGINT)
    assert told.strip().endswith("Service arrêté. Chaque réponse donnée est enregistrée.")
    assert token.decode() not in told
    assert command.process.returncode == 0


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
async def test_no_window_outlives_the_command(
    command: Command, tmp_path: Path, how: signal.Signals
) -> None:
    async with chromium(tmp_path / "profil") as new_tab:
        tab = await new_tab()
        await tab.open(command.link)
        await tab.until(lambda screen: "À faire maintenant" in screen)
        (window,) = command.children
        told = await asyncio.to_thread(command.leave, how)
        assert "Traceback" not in told
        for _ in range(100):
            if not Path(f"/proc/{window}").exists():
                break
            await asyncio.sleep(0.1)
        assert not Path(f"/proc/{window}").exists()
        assert "Cette fenêtre est fermée." in await tab.text()


async def test_a_window_that_answers_no_more_is_ended(command: Command, tmp_path: Path) -> None:
    async with chromium(tmp_path / "profil") as new_tab:
        tab = await new_tab()
        await tab.open(command.link)
        await tab.until(lambda screen: "À faire maintenant" in screen)
        (window,) = command.children
        os.kill(window, signal.SIGSTOP)
        await asyncio.to_thread(command.leave, signal.SIGINT)
        assert not Path(f"/proc/{window}").exists()
