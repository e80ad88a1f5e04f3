"""The command killed, or interrupted from the keyboard, in the middle of a real reading."""

import signal
import time
from dataclasses import replace

import pytest

from care_kit.demo.samba import LabDomain
from care_kit.dossier.dossier import Dossier
from care_kit.model.facts import directory_codec
from care_kit.model.facts.reading import Statement
from care_kit.model.formats import codec
from care_kit.model.words.vocabulary import Verdict
from care_kit.rules.directory import evaluate
from tests.lab.directory.command import probing
from tests.lab.directory.relay import relaying
from tests.rules.directory.domain import CHECKS

pytestmark = pytest.mark.lab

SOME = 400_000  # bytes: well within the reading of the hospital, past its opening
PATIENCE = 60


def on_port(port: int) -> tuple[str, ...]:
    return ("--port", str(port))


def through(lab: LabDomain) -> LabDomain:
    return replace(lab, address="127.0.0.1")


def test_a_kill_in_the_middle_leaves_a_dossier_that_opens_as_it_was(
    hopital: LabDomain, dossier: Dossier
) -> None:
    before = dossier.journal()
    dossier.close()
    with (
        relaying(hopital.address, 636, SOME, cut=False) as relay,
        probing(through(hopital), dossier.path, hopital.password, *on_port(relay.port)) as started,
    ):
        assert relay.reached.wait(PATIENCE), started.text
        started.process.send_signal(signal.SIGKILL)
        started.process.wait(PATIENCE)
    with Dossier.open(dossier.path, "Camille Testeur") as again:
        assert again.journal() == before
        assert again.state.readings == ()
    assert [one.name for one in dossier.path.parent.iterdir()] == [dossier.path.name]


def test_ctrl_c_keeps_what_was_read_and_says_that_it_is_incomplete(
    hopital: LabDomain, dossier: Dossier
) -> None:
    dossier.close()
    with (
        relaying(hopital.address, 636, SOME, cut=False) as relay,
        probing(through(hopital), dossier.path, hopital.password, *on_port(relay.port)) as started,
    ):
        assert relay.reached.wait(PATIENCE), started.text
        time.sleep(0.5)  # what was forwarded is read
        started.process.send_signal(signal.SIGINT)
        began = time.monotonic()
        started.process.wait(PATIENCE)
        assert time.monotonic() - began < 20  # the silent server is not waited for
    assert "Relevé INCOMPLET enregistré" in started.text
    assert "Traceback" not in started.text
    with Dossier.open(dossier.path, "Camille Testeur") as again:
        (reading,) = again.state.readings
        facts = directory_codec.decode(again.blob(reading.facts_sha512))
        statement = codec.decode(Statement, again.blob(reading.statement_sha512))
    assert not statement.complete
    assert any("interrompue à la demande de l'utilisateur" in one for one in statement.limits)
    assert len(facts.entries) > 50
    assert Verdict.PASS not in {one.verdict for one in evaluate(facts, CHECKS)}
