"""The terminal application: start, moves in a large dossier, a list of 100,000 findings.

    python bench/tui.py

Everything runs here, without a terminal (Textual's headless driver), in temporary folders.
"""

import asyncio
import fcntl
import os
import pty
import signal
import statistics
import struct
import sys
import tempfile
import termios
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter

from noise import machine, spread

from care_kit.assessment.standing.situation import reassess
from care_kit.catalog.content import Content, load
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.events import AnswerGiven, EvidenceAdded
from care_kit.model.content.questionnaire import Indicator, Questionnaire
from care_kit.model.dossier.establishment import Establishment, LegalEntity
from care_kit.model.facts.finding import Finding
from care_kit.model.formats.codec import sha512
from care_kit.model.words.vocabulary import AnswerState, ProbeKind, Severity, Verdict
from care_kit.tui.app import CareApp
from care_kit.tui.screens.findings import FindingsScreen
from care_kit.tui.screens.questions import QuestionsScreen
from care_kit.tui.work.session import Session

TODAY = date(2026, 11, 21)
MOVES = 60
HELLO = """
from textual.app import App
from textual.widgets import Static
class Hello(App):
    def compose(self): yield Static("bonjour")
Hello().run()
"""
FIRST, WHOLE = "Ouverture", "maintenant"
"""Words of our first screen, then of the first one with everything read."""


def content_of(size: int) -> Content:
    """The shipped content with a questionnaire of `size` questions made from its own."""
    real = load()
    base = real.questionnaires["maturin-h-securite"]
    asked = tuple(_copy(base.indicators[at % len(base.indicators)], at) for at in range(size))
    domains = {one.domain for one in asked}
    mine = replace(
        base,
        id="socle",
        indicators=asked,
        domains=tuple(one for one in base.domains if one.id in domains),
    )
    questionnaires: dict[str, Questionnaire] = {"socle": mine}
    return replace(real, questionnaires=questionnaires, programmes={}, referentials={})


def _copy(one: Indicator, at: int) -> Indicator:
    return replace(one, id=f"B-{at:04}")


def filled(folder: Path, content: Content, pieces: int) -> Dossier:
    """A dossier with half of the questions answered and `pieces` pieces."""
    place = Establishment("CH de mesure", "public", "Région", (LegalEntity("CH", "990000010"),))
    dossier = Dossier.create(folder / "mesure.care", place, "mesure")
    asked = content.questionnaires["socle"].indicators
    for one in asked[::2]:
        dossier.append(AnswerGiven("socle", 1, one.id, AnswerState.UNKNOWN))
    for number in range(pieces):
        data = f"pièce {number}".encode()
        subject = asked[number % len(asked)].id
        dossier.append(
            EvidenceAdded(
                f"e{number}", f"{number}.txt", f"Pièce {number}", "text/plain", len(data),
                sha512(data), TODAY, (subject,),
            ),
            data,
        )  # fmt: skip
    return dossier


def findings_of(content: Content, count: int) -> tuple[Finding, ...]:
    """`count` findings spread over every check; those of the directory are about one forest."""
    checks = sorted(content.checks)

    def target(at: int) -> str:
        directory = content.checks[checks[at % len(checks)]].family is ProbeKind.DIRECTORY
        return "ch-mesure.lan" if directory else f"hote{at:06}.example"

    return tuple(
        Finding(
            checks[at % len(checks)], target(at), tuple(Verdict)[at % 5],
            "Ce que le relevé a montré.", 443, (f"objet {at}",), severity=Severity.MEDIUM,
        )
        for at in range(count)
    )  # fmt: skip


async def painted(app: CareApp, action: Callable[[], object]) -> float:
    """Seconds from an action to the drawing that shows it."""
    done = asyncio.Event()
    begun = perf_counter()
    action()
    app.screen.call_later(lambda: app.screen.call_after_refresh(done.set))
    await done.wait()
    return perf_counter() - begun


async def opened(app: CareApp, findings: tuple[Finding, ...]) -> None:
    """Wait for the first place, then give it the findings."""
    while len(app.screen_stack) < 2:
        await asyncio.sleep(0.02)
    session = app.session
    assert session is not None
    now = session.view.now
    session.show(
        reassess(now.state, now.content, now.questionnaire, now.statements, findings, TODAY)
    )
    app._show()
    await asyncio.sleep(0.5)


async def moves(size: int, pieces: int, findings: int) -> dict[str, float]:
    """Median move between questions, and what an answer recomputes, in milliseconds."""
    content = content_of(size)
    with tempfile.TemporaryDirectory() as folder, filled(Path(folder), content, pieces) as dossier:
        app = CareApp(lambda: Session(dossier, content, TODAY), "mesure", place="questions")
        async with app.run_test(size=(120, 40)):
            await opened(app, findings_of(content, findings))
            screen = app.screen
            assert isinstance(screen, QuestionsScreen)
            steps = [1] * 7 + [-1] * 7
            taken = [
                await painted(app, partial(screen.action_move, steps[at % 14]))
                for at in range(MOVES)
            ]
            screen.action_next_unanswered()
            await asyncio.sleep(0.2)
            session = app.session
            assert session is not None
            asked = screen.asked()
            assert asked is not None
            event = AnswerGiven("socle", 1, asked.id, AnswerState.UNKNOWN)
            begun = perf_counter()
            session.write(lambda opened: opened.append(event))
            written = perf_counter() - begun
    return {"move": 1000 * statistics.median(taken[14:]), "answer": 1000 * written}


async def lazily() -> dict[str, float]:
    """100,000 findings: filtering, the longest pause of the screen meanwhile, then scrolling."""
    content = content_of(10)
    with tempfile.TemporaryDirectory() as folder, filled(Path(folder), content, 0) as dossier:
        app = CareApp(lambda: Session(dossier, content, TODAY), "mesure", place="findings")
        async with app.run_test(size=(120, 40)):
            await opened(app, findings_of(content, 100_000))
            screen = app.screen
            assert isinstance(screen, FindingsScreen)
            await _listed(screen, 100_000)
            scroll = [
                await painted(app, partial(screen._list.action_step, step))
                for step in (1, 30, 50_000, 40_000, -80_000, 1, -1) * 3
            ]
            begun = perf_counter()
            screen._with_words("99999")
            pause = await _watched(lambda: _listed(screen, 1))
            return {
                "scroll": 1000 * statistics.median(scroll),
                "worst scroll": 1000 * max(scroll),
                "filter": 1000 * (perf_counter() - begun),
                "longest pause": 1000 * pause,
            }


async def _listed(screen: FindingsScreen, count: int) -> None:
    while len(screen._list.rows) != count:
        await asyncio.sleep(0.005)


async def _watched(work: Callable[[], Awaitable[None]]) -> float:
    """The longest time the event loop did not turn during `work`."""
    worst, last, over = 0.0, perf_counter(), False

    async def tick() -> None:
        nonlocal worst, last
        while not over:
            await asyncio.sleep(0.005)
            worst, last = max(worst, perf_counter() - last - 0.005), perf_counter()

    ticking = asyncio.create_task(tick())
    await work()
    over = True
    await ticking
    return worst


def drawn(arguments: Sequence[str], *words: str) -> list[float]:
    """Seconds from the start of a process to each word on its terminal of 80 x 24."""
    begun = perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm-256color", COLUMNS="80", LINES="24")
        os.execv(sys.executable, [sys.executable, *arguments])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    text = ""
    found: list[float] = []
    try:
        while len(found) < len(words):
            text += os.read(terminal, 65_536).decode("utf-8", "replace")
            while len(found) < len(words) and words[len(found)] in text:
                found.append(perf_counter() - begun)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)
    return found


def starts(rounds: int = 9) -> Mapping[str, list[float]]:
    """Seconds to the first drawn screen, in turn."""
    hello, first, whole = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        with filled(Path(folder), load(), 20) as dossier:
            ours = ["-m", "care_kit", "tui", "--dossier", str(dossier.path)]
        drawn(ours, FIRST)  # compiled files and disk caches
        for _ in range(rounds):
            hello += drawn(["-c", HELLO], "bonjour")
            mine = drawn(ours, FIRST, WHOLE)
            first.append(mine[0])
            whole.append(mine[1])
    return {"hello-world": hello, "first screen": first, "everything read": whole}


def main() -> None:
    print(machine())
    begun = starts()
    base = statistics.median(begun["hello-world"])
    for name, taken in begun.items():
        print(f"{name}: {spread(taken)}, x {statistics.median(taken) / base:.2f}")
    small = asyncio.run(moves(10, 5, 50))
    large = asyncio.run(moves(300, 500, 20_000))
    again = asyncio.run(moves(10, 5, 50))
    base = min(small["move"], again["move"])
    print(
        f"move: 10 questions {small['move']:.1f} ms then {again['move']:.1f} ms; "
        f"300 questions, 500 pieces, 20,000 findings {large['move']:.1f} ms "
        f"(x {large['move'] / base:.2f})"
    )
    print(f"answer written and recomputed: {small['answer']:.0f} ms and {large['answer']:.0f} ms")
    print(
        "100,000 findings: "
        + ", ".join(f"{name} {value:.0f} ms" for name, value in asyncio.run(lazily()).items())
    )
    print(machine())


if __name__ == "__main__":
    main()
