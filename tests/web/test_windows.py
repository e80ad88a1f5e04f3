"""Each tab is a process of its own on the one dossier; their number and their life are bounded."""

import asyncio

import pytest
from aiohttp import WSServerHandshakeError

from care_kit.dossier.dossier import Dossier
from care_kit.web.server import WINDOWS
from tests.web.conftest import Service, closed, served, shown


async def test_a_window_shows_the_dossier_and_saves_an_answer(
    service: Service, dossier: Dossier
) -> None:
    window = await service.websocket(await service.log_in())
    await shown(window, "À faire maintenant")
    await window.send_json(["stdin", "g"])
    await shown(window, "Questionnaire (F3)")
    await window.send_json(["stdin", "q"])
    await shown(window, "( ) 3")
    await window.send_json(["stdin", "3"])
    await shown(window, "« niveau 3 » enregistré")
    await window.close()
    with Dossier.open(dossier.path, "Relecture") as again:
        answer = again.state.answers["CK-GOV-01"]
    assert (answer.level, answer.author) == (3, "Camille Testeur")


async def test_the_address_of_the_window_chooses_no_other_dossier(
    service: Service,
) -> None:
    window = await service.websocket(
        await service.log_in(), query="&command=id&dossier=/etc/passwd&CARE_DOSSIER=autre.care"
    )
    await shown(window, "GHT de démonstration")


async def test_the_name_of_a_file_is_never_a_command(dossier: Dossier) -> None:
    dossier.close()
    hostile = dossier.path.rename(dossier.path.with_name("a & b; $(touch pris) '<b>.care"))
    async with served(hostile) as service:
        key = await service.log_in()
        await shown(await service.websocket(key), "GHT de démonstration")
        page = await (await service.get(f"{service.room}/", key)).text()
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    assert {one.name for one in hostile.parent.iterdir()} == {hostile.name}


async def test_leaving_closes_the_window(service: Service) -> None:
    window = await service.websocket(await service.log_in())
    await shown(window, "À faire maintenant")
    await window.send_json(["stdin", "q"])
    assert await closed(window)


async def test_a_dossier_that_does_not_open_closes_the_window_and_tells_why(
    service: Service, dossier: Dossier, capsys: pytest.CaptureFixture[str]
) -> None:
    dossier.path.unlink()
    window = await service.websocket(await service.log_in())
    assert await closed(window)
    assert "n'existe pas" in capsys.readouterr().out


async def test_one_window_too_many_is_refused(service: Service) -> None:
    key = await service.log_in()
    windows = [await service.websocket(key) for _ in range(WINDOWS)]
    with pytest.raises(WSServerHandshakeError) as caught:
        await service.websocket(key)
    assert caught.value.status == 503
    await windows[0].close()
    for _ in range(50):  # its place is free once its process has left
        try:
            await service.websocket(key)
            return
        except WSServerHandshakeError:
            await asyncio.sleep(0.1)
    raise AssertionError("the place of a closed window stays taken")


async def test_sizes_beyond_reason_and_broken_messages_harm_nothing(service: Service) -> None:
    key = await service.log_in()
    window = await service.websocket(key, query="&width=-1")
    await shown(window, "À faire maintenant")
    await window.send_json(["resize", {"width": 10**9, "height": "x"}])
    await shown(window, "GHT")
    await window.send_str("not json")
    assert await closed(window)
    await shown(await service.websocket(key), "À faire maintenant")


class TestIdle:
    @pytest.fixture
    def idle_seconds(self) -> float:
        return 4

    async def test_a_window_without_a_key_pressed_is_closed(self, service: Service) -> None:
        window = await service.websocket(await service.log_in())
        await shown(window, "À faire maintenant")
        assert await closed(window)
