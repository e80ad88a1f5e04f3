"""What a window's process does when its server speaks, or is heard no more."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

# A stand-in for the application: it is measuring something, and leaves properly when asked.
APPLICATION = """
import sys
from textual.app import App

class Application(App[None]):
    stops = [print] if sys.argv[1] == "busy" else []

    async def action_quit(self) -> None:
        print("left properly", file=sys.__stderr__)
        self.exit()

Application().run()
"""
Process = subprocess.Popen[bytes]


@pytest.fixture
def application(request: pytest.FixtureRequest) -> Iterator[Process]:
    """Its process, once it draws."""
    environment = {"TEXTUAL_DRIVER": "care_kit.web.driver:BrowserDriver", "PYTHONSAFEPATH": "1"}
    process = subprocess.Popen(
        [sys.executable, "-c", APPLICATION, request.param],
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        assert process.stdout and process.stdout.readline() == b"__GANGLION__\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def say(process: Process, word: str) -> None:
    said = json.dumps({"type": word}).encode()
    assert process.stdin
    process.stdin.write(b"M" + len(said).to_bytes(4, "big") + said)
    process.stdin.flush()


def left_properly(process: Process) -> bool:
    _, told = process.communicate(timeout=10)
    return process.returncode == 0 and told == b"left properly\n"


@pytest.mark.parametrize("application", ["free"], indirect=True)
def test_left_alone_it_leaves(application: Process) -> None:
    say(application, "idle")
    assert left_properly(application)


@pytest.mark.parametrize("application", ["busy"], indirect=True)
def test_left_alone_while_measuring_it_stays_until_asked(application: Process) -> None:
    say(application, "idle")
    with pytest.raises(subprocess.TimeoutExpired):
        application.wait(2)
    say(application, "quit")
    assert left_properly(application)


@pytest.mark.parametrize("application", ["busy"], indirect=True)
def test_without_its_server_it_leaves(application: Process) -> None:
    assert application.stdin and application.stdout
    application.stdout.close()  # what it draws goes nowhere, as when the server was killed
    assert left_properly(application)
