"""The maturity questionnaire of HospiConnect: 118 identifiers, its scales at each bound."""

import re
from datetime import date

import pytest

from care_kit.catalog.content import Content, load
from care_kit.model.content.questionnaire import AnswerKind, Indicator, Questionnaire
from care_kit.model.dossier.typed_answer import value_of

TODAY = date(2026, 12, 1)
IDENTIFIER = re.compile(r"(PROC|COUV|PILOT|GOUV)-(\d\d)([A-K])")


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


@pytest.fixture(scope="module")
def maturity(content: Content) -> Questionnaire:
    return content.questionnaires["hospiconnect-maturite"]


def identifier(one: Indicator) -> str:
    return one.references[0].official_id


def level(one: Indicator, typed: str) -> int | None:
    assert one.answer is not None
    value = value_of(one.answer, typed, TODAY)
    assert value is not None
    return value.level


def test_every_identifier_read_is_asked_once_and_two_are_split_by_profession(
    maturity: Questionnaire,
) -> None:
    every = [identifier(one) for one in maturity.indicators]
    assert all(IDENTIFIER.fullmatch(one) for one in every)
    assert len(set(every)) == 118
    assert {one for one in every if every.count(one) > 1} == {"COUV-22D", "COUV-22F"}
    assert len(every) == 118 + 2 * 2


def test_no_wording_is_called_official_and_the_gap_of_five_is_said(
    maturity: Questionnaire,
) -> None:
    assert "123" in maturity.notice
    assert "cinq manquants" in maturity.notice
    assert {one.provenance.value for one in maturity.indicators} == {"proposed"}
    assert all("secondaire" in one.references[0].note for one in maturity.indicators)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("0 %", 0), ("9 %", 0), ("9,9 %", 0), ("10 %", 1), ("39 %", 1), ("40 %", 2), ("69 %", 2),
     ("70 %", 3), ("89 %", 3), ("89,9 %", 3), ("90 %", 4), ("100 %", 4)],
)  # fmt: skip
def test_coverage_at_each_bound(maturity: Questionnaire, typed: str, expected: int) -> None:
    inverted = {"COUV-01E", "COUV-04E", "COUV-05C", "COUV-16C", "COUV-16D"}
    for one in maturity.indicators:
        if identifier(one).startswith("COUV") and identifier(one) not in inverted:
            assert one.answer is not None
            assert one.answer.kind is AnswerKind.RATE, one.id
            assert level(one, typed) == expected, one.id


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("100 %", 0), ("21 %", 0), ("20,1 %", 0), ("20 %", 1), ("10 %", 1), ("9,5 %", 1), ("9 %", 2),
     ("5 %", 2), ("4 %", 3), ("1 %", 3), ("0,5 %", 3), ("0 %", 4), ("0/120", 4)],
)  # fmt: skip
def test_inverted_coverage_at_each_bound(
    maturity: Questionnaire, typed: str, expected: int
) -> None:
    for name in ("HCM-01E", "HCM-04E", "HCM-05C", "HCM-16C", "HCM-16D"):
        one = maturity.indicator(name)
        assert one is not None
        assert level(one, typed) == expected, name


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("n=0", 4), ("n=7", 4), ("n=8", 3), ("n=14", 3), ("n=15", 2), ("n=30", 2), ("n=31", 1)],
)
def test_the_delay_at_each_bound(maturity: Questionnaire, typed: str, expected: int) -> None:
    one = maturity.indicator("HCM-04F")
    assert one is not None
    assert level(one, typed) == expected


def test_it_feeds_the_objective_of_2026(content: Content, maturity: Questionnaire) -> None:
    programme = content.programmes["hospiconnect"]
    fed = next(one for one in programme.objectives if one.id == "HC-2026-MATURITE")
    assert set(fed.indicators) == {one.id for one in maturity.indicators}
    assert programme.counter_form == maturity.indicators[0].references[0].referential


def test_related_questions_exist(content: Content) -> None:
    known = {one.id for one in content.indicators}
    related = {name for one in content.indicators for name in one.related}
    assert related <= known
    assert "CK-HUM-04" in related
