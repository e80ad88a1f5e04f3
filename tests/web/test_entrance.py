"""Nobody comes in but the first browser that opened the link."""

import re
from http.cookies import SimpleCookie

import pytest
from aiohttp import WSServerHandshakeError, hdrs

from care_kit.web.entrance import COOKIE, Entrance
from tests.web.conftest import Service

INSIDE = ("/", "/static/js/textual.js", "/static/css/xterm.css", "/page/care.css", "/ws", "/no")
OUTSIDE = ("/", "/ws", "/static/js/textual.js", "/download/x", "/favicon.ico", "/entree/")


async def test_nothing_is_served_without_the_link(service: Service) -> None:
    for path in (*OUTSIDE, *(f"{service.room}{one}" for one in INSIDE)):
        for key in ("", "wrong", "é"):
            assert (await service.get(path, key)).status == 403, path
    refused = await service.get("/")
    assert "ne sert qu'une fois" in await refused.text()


async def test_no_websocket_without_the_link(service: Service) -> None:
    with pytest.raises(WSServerHandshakeError) as caught:
        await service.websocket("wrong")
    assert caught.value.status == 403


async def test_before_its_first_use_no_cookie_is_good(service: Service) -> None:
    for key in ("None", "", service.link.rsplit("/", 1)[1]):
        assert (await service.get(f"{service.room}/", key)).status == 403


async def test_the_link_opens_the_page_with_a_cookie(service: Service) -> None:
    async with service.session.get(service.link) as answer:
        assert f"url={service.room}/" in await answer.text()
        key = answer.cookies[COOKIE].value
    for path in INSIDE[:4]:
        assert (await service.get(f"{service.room}{path}", key)).status == 200, path
    page = await (await service.get(f"{service.room}/", key)).text()
    assert "test.care" in page


async def test_the_link_does_not_work_twice(service: Service) -> None:
    key = await service.log_in()
    again = await service.session.get(service.link)
    assert (again.status, again.cookies) == (403, SimpleCookie())
    assert (await service.get(f"{service.room}/", key)).status == 200


async def test_a_wrong_link_opens_nothing_and_the_right_one_still_works(service: Service) -> None:
    assert (await service.get(f"/entree/{'a' * 43}")).status == 403
    await service.log_in()


async def test_a_browser_that_looks_ahead_does_not_use_the_link_up(service: Service) -> None:
    looked = await service.session.get(service.link, headers={"Sec-Purpose": "prefetch"})
    assert looked.status == 403
    assert (await service.session.head(service.link)).status == 403
    await service.log_in()


async def test_the_cookie_is_kept_from_scripts_other_sites_and_other_ports(
    service: Service,
) -> None:
    async with service.session.get(service.link) as answer:
        cookie = answer.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert cookie["path"] == f"{service.room}/"
    assert not cookie["max-age"] and not cookie["expires"]  # forgotten with the browser


@pytest.mark.parametrize("host", ["attaquant.example", "localhost", "127.0.0.1", "127.0.0.1:1"])
async def test_another_name_for_this_machine_is_refused(service: Service, host: str) -> None:
    async with service.session.get(service.link, headers={hdrs.HOST: host}) as refused:
        assert refused.status == 421
    key = await service.log_in()
    answer = await service.get(f"{service.room}/", key, **{hdrs.HOST: host})
    assert answer.status == 421


@pytest.mark.parametrize("origin", ["", "null", "http://127.0.0.1:1", "https://attaquant.example"])
async def test_only_our_page_opens_a_websocket(service: Service, origin: str) -> None:
    key = await service.log_in()
    with pytest.raises(WSServerHandshakeError) as caught:
        await service.websocket(key, origin)
    assert caught.value.status == 403


async def test_a_request_made_by_another_page_is_refused(service: Service) -> None:
    key = await service.log_in()
    answer = await service.get(f"{service.room}/", key, Origin="http://127.0.0.1:1")
    assert answer.status == 403


async def test_every_answer_protects_the_browser(service: Service) -> None:
    refused = await service.get("/")
    key = await service.log_in()
    for answer in (
        refused,
        await service.get(f"{service.room}/", key),
        await service.get(f"{service.room}/static/js/textual.js", key),
        await service.get(f"{service.room}/no", key),
    ):
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Server" not in answer.headers
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self';")
        assert "frame-ancestors 'none'" in policy


async def test_the_page_asks_nothing_of_any_other_machine(service: Service) -> None:
    key = await service.log_in()
    page = await (await service.get(f"{service.room}/", key)).text()
    style = await (await service.get(f"{service.room}/page/care.css", key)).text()
    authority = service.origin.removeprefix("http://")
    assert re.findall(r"\w+://[^/\"]+", page + style) == [f"ws://{authority}"]
    assert not re.search(r"<script>|<style|onclick|style=", page)


async def test_nothing_from_the_address_reaches_the_page(service: Service) -> None:
    key = await service.log_in()
    answer = await service.get(f"{service.room}/?fontsize=%22%3E%3Cscript%3E&command=id", key)
    page = await answer.text()
    assert 'data-font-size="16"' in page
    assert "command" not in page


async def test_behind_a_tls_proxy_the_public_name_is_the_only_one(behind_tls: Service) -> None:
    public = {hdrs.HOST: "care.hopital.example"}
    assert behind_tls.link.startswith("https://care.hopital.example/entree/")
    path = behind_tls.link.removeprefix("https://care.hopital.example")
    assert (await behind_tls.get(path)).status == 421
    answer = await behind_tls.get(path, **public)
    cookie = answer.cookies[COOKIE]
    assert cookie["secure"]
    page = await (await behind_tls.get(f"{behind_tls.room}/", cookie.value, **public)).text()
    assert f'"wss://care.hopital.example{behind_tls.room}/ws"' in page


def test_each_start_has_its_own_secrets() -> None:
    first, second = Entrance("http://127.0.0.1:1"), Entrance("http://127.0.0.1:1")
    assert first.link() != second.link()
    assert first.room != second.room
    assert len(first.link().rsplit("/", 1)[1]) >= 43  # 256 bits
