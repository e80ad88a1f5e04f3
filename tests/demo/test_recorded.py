"""The recorded reading stays what the lab's hospital seed gives."""

from care_kit.demo.recorded import recorded_reading
from care_kit.demo.samba import Seed
from care_kit.demo.samba.seed.manifest import expected_failures
from care_kit.model.facts import directory_codec
from care_kit.model.formats.codec import sha512
from care_kit.model.words.vocabulary import Verdict
from care_kit.rules.directory import evaluate
from tests.rules.directory.domain import CHECKS


def test_it_says_that_it_is_replayed() -> None:
    facts, statement = recorded_reading()
    assert statement.replayed
    assert "enregistré à l'avance" in statement.limits[0]
    assert statement.facts_sha512 == sha512(facts)


def test_it_holds_every_flaw_of_the_hospital_seed_and_nothing_else() -> None:
    facts, _ = recorded_reading()
    findings = evaluate(directory_codec.decode(facts), CHECKS)
    failed = {one.check: one.objects for one in findings if one.verdict is Verdict.FAIL}
    assert failed == expected_failures(Seed.HOPITAL)


def test_it_is_small() -> None:
    assert len(recorded_reading()[0]) < 50_000
