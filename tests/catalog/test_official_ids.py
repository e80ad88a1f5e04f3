"""No official identifier is cited that a source was not seen to use."""

from collections.abc import Iterator
from pathlib import Path

import tomli

from care_kit.catalog.content import Content
from care_kit.model.content.questionnaire import Indicator

Cited = tuple[str, str]
KNOWN = tomli.loads(Path(__file__).with_name("established_ids.toml").read_text("utf-8"))


def established() -> set[Cited]:
    return {(one["name"], each) for one in KNOWN["referentials"] for each in one["ids"]}


# The text whose identifiers the objectives of each programme may bear; no other may bear one.
TEXTS = {
    "d1": "CaRE domaine 1",
    "d2": "CaRE domaine 2",
    "crise": "Instruction DNS/2025/12 du 22/01/2025",
}


def cited(every: Content, indicators: list[Indicator]) -> Iterator[Cited]:
    for indicator in indicators:
        for reference in indicator.references:
            if reference.official_id:
                yield reference.referential, reference.official_id
    for programme in every.programmes.values():
        for objective in programme.objectives:
            if objective.official_id:
                yield TEXTS[programme.id], objective.official_id


def test_every_official_id_cited_is_established(
    every: Content, indicators: list[Indicator]
) -> None:
    assert set(cited(every, indicators)) - established() == set()


def test_the_measures_listed_are_the_established_ones(every: Content) -> None:
    for referential in every.referentials.values():
        listed = {(referential.title, one.id) for one in referential.measures}
        assert listed == {one for one in established() if one[0] == referential.title}


def test_an_invented_id_would_be_seen() -> None:
    assert ("CaRE domaine 1", "D1.O2.A") not in established()
    assert ("ReCyF v2.5", "2.A.2-EI/EE") not in established()


def test_every_established_id_says_where_it_was_read() -> None:
    assert [one["name"] for one in KNOWN["referentials"] if not one["where"].strip()] == []


def test_a_referential_without_an_id_tells_why_it_is_cited(indicators: list[Indicator]) -> None:
    for indicator in indicators:
        for reference in indicator.references:
            assert reference.official_id or reference.note, indicator.id
