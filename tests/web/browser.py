"""A real Chromium, driven over its DevTools protocol, and the terminal it shows read back."""

import asyncio
import base64
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse

Values = dict[str, Any]

_COMMAND = (
    *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
    *("--no-first-run", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-proxy-server", "--window-size=1280,800"),
    *("--remote-debugging-port=0", "about:blank"),
)
# The terminal is drawn on a canvas: its text is read from xterm.js, found among the living objects.
_TERMINAL = """function() {
  const terminal = one => { try { return one.buffer.active && one.loadAddon } catch { } };
  return this.find(terminal);
}"""
_LINES = """function() {
  const shown = this.buffer.active;
  const lines = Array.from({length: this.rows}, (_, row) => shown.getLine(shown.viewportY + row));
  return lines.map(line => line?.translateToString() ?? "").join("\\n");
}"""


class Tab:
    """One tab of the browser."""

    def __init__(self, websocket: ClientWebSocketResponse) -> None:
        self._websocket = websocket
        self._answers: dict[int, asyncio.Future[Values]] = {}
        self._reading = asyncio.create_task(self._read())
        self.requested: list[str] = []
        """The address of everything the page asked for."""
        self.complaints: list[str] = []
        """What the browser wrote in its console: refused by the policy, not found…"""

    async def call(self, method: str, **options: Any) -> Values:
        """Run one command of the protocol."""
        number = len(self._answers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        await self._websocket.send_json({"id": number, "method": method, "params": options})
        return await asyncio.wait_for(answer, 30)

    async def open(self, address: str) -> None:
        """Go there, as from the address bar."""
        for domain in ("Page", "Network", "Log", "Runtime"):
            await self.call(f"{domain}.enable")
        await self.call("Page.navigate", url=address)

    async def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page; None while it is being left."""
        answer = await self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return answer.get("result", {}).get("value")

    async def press(self, keys: str) -> None:
        """Type characters, one after the other."""
        for key in keys:
            await self.call("Input.dispatchKeyEvent", type="keyDown", text=key, key=key)
            await self.call("Input.dispatchKeyEvent", type="keyUp", key=key)

    async def screen(self) -> str:
        """The text of the terminal, line by line, non-breaking spaces made ordinary."""
        try:
            plain = await self.call("Runtime.evaluate", expression="Object.prototype")
            root = plain["result"]["objectId"]
            found = await self.call("Runtime.queryObjects", prototypeObjectId=root)
            terminal = await self._of(found["objects"], _TERMINAL)
            lines = await self._of(terminal, _LINES)
            return str(lines["value"]).replace("\u00a0", " ")
        except KeyError:  # no terminal in this page, or the page is being left
            return ""

    async def text(self, address: str = "") -> str:
        """The words of the page, once it is at `address` and has some."""
        for _ in range(50):
            here = await self.evaluate("location.href") or ""
            words = await self.evaluate("document.body?.innerText.trim()")
            if here.startswith(address) and words:
                return str(words)
            await asyncio.sleep(0.1)
        raise AssertionError("an empty page")

    async def until(self, wanted: Callable[[str], bool], seconds: float = 30) -> str:
        """The screen once it is as wanted."""
        shown = ""
        for _ in range(int(seconds / 0.25)):
            shown = await self.screen()
            if wanted(shown):
                return shown
            await asyncio.sleep(0.25)
        raise AssertionError(f"never shown; last:\n{shown}\n{self.complaints}")

    async def picture(self, file: Path) -> None:
        """Keep what the tab looks like."""
        shot = await self.call("Page.captureScreenshot")
        file.write_bytes(base64.b64decode(shot["data"]))

    async def _of(self, thing: Values, function: str) -> Values:
        result = await self.call(
            "Runtime.callFunctionOn", objectId=thing["objectId"], functionDeclaration=function
        )
        value: Values = result["result"]
        return value

    async def _read(self) -> None:
        async for message in self._websocket:
            said = message.json()
            if "id" in said:
                self._answers[said["id"]].set_result(said.get("result", said))
            elif said["method"] == "Network.requestWillBeSent":
                self.requested.append(said["params"]["request"]["url"])
            elif said["method"] == "Network.webSocketCreated":
                self.requested.append(said["params"]["url"])
            elif said["method"] == "Log.entryAdded":
                self.complaints.append(said["params"]["entry"]["text"])


@asynccontextmanager
async def chromium(profile: Path, *options: str) -> AsyncIterator[Callable[[], Any]]:
    """A browser of its own profile; gives a function that opens a tab."""
    process = await asyncio.create_subprocess_exec(
        *_COMMAND,
        *options,
        f"--user-data-dir={profile}",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        base = f"http://127.0.0.1:{await _port(profile / 'DevToolsActivePort')}"
        async with ClientSession(base) as session:

            async def tab() -> Tab:
                async with session.put("/json/new?about:blank") as answer:
                    address = (await answer.json())["webSocketDebuggerUrl"]
                return Tab(await session.ws_connect(address, max_msg_size=0))

            yield tab
    finally:
        process.terminate()
        await process.wait()


async def _port(file: Path) -> int:
    for _ in range(200):
        if file.is_file() and (lines := file.read_text().splitlines()):
            return int(lines[0])
        await asyncio.sleep(0.1)
    raise AssertionError("chromium did not start")
