"""No official identifier is cited that a source was not seen to use."""

from collections.abc import Iterator
from pathlib import Path

import tomli

from care_kit.model.programme import Programme
from care_kit.model.questionnaire import Questionnaire

Cited = tuple[str, str]
KNOWN = tomli.loads(Path(__file__).with_name("established_ids.toml").read_text("utf-8"))


def established() -> set[Cited]:
    return {(one["name"], each) for one in KNOWN["referentials"] for each in one["ids"]}


def cited(questionnaire: Questionnaire, programme: Programme) -> Iterator[Cited]:
    for indicator in questionnaire.indicators:
        for reference in indicator.references:
            if reference.official_id:
                yield reference.referential, reference.official_id
    for objective in programme.objectives:
        if objective.official_id:
            yield "CaRE domaine 1", objective.official_id


def test_every_official_id_cited_is_established(socle: Questionnaire, d1: Programme) -> None:
    assert set(cited(socle, d1)) - established() == set()


def test_an_invented_id_would_be_seen() -> None:
    assert ("CaRE domaine 1", "D1.O2.A") not in established()
    assert ("ReCyF v2.5", "2.A.2-EI/EE") not in established()


def test_every_established_id_says_where_it_was_read() -> None:
    assert [one["name"] for one in KNOWN["referentials"] if not one["where"].strip()] == []


def test_a_referential_without_an_id_tells_why_it_is_cited(socle: Questionnaire) -> None:
    for indicator in socle.indicators:
        for reference in indicator.references:
            assert reference.official_id or reference.note, indicator.id
