"""The shipped questionnaires say what they are and ask answerable questions."""

import re
from collections import Counter

from care_kit.catalog.authoring.wording import indicator_advice
from care_kit.catalog.content import Content
from care_kit.model.content.questionnaire import AnswerKind, Indicator, Profile, Questionnaire
from care_kit.model.words.vocabulary import Provenance

SOCLES = {
    *("CK-GOV-01", "CK-GOV-02", "CK-HUM-04", "CK-ACT-01", "CK-ACT-04"),
    *("CK-ADM-01", "CK-ADM-02", "CK-ADM-08", "CK-EXP-01", "CK-EXP-02"),
    *("CK-SAU-01", "CK-SAU-03", "CK-SAU-04", "CK-SAU-07"),
    *("CK-CRI-01", "CK-CRI-03", "CK-CRI-06", "CK-INC-01", "CK-TIE-03"),
}


# Documents that a cited text lets live longer than a year: risk analysis, greenhouse-gas report.
LONGER = {"CK-GOV-08": 36, "CK-DUR-01": 36}


def named(indicators: list[Indicator]) -> list[str]:
    return [one.id for one in indicators]


def test_none_passes_for_an_official_questionnaire(every: Content) -> None:
    for one in every.questionnaires.values():
        assert one.provenance is Provenance.PROPOSED
        assert "liste officielle" in one.notice, one.id
        assert "propositions de care-kit" in one.notice, one.id
        assert named([i for i in one.indicators if i.provenance is Provenance.OFFICIAL]) == []


def test_the_blocking_items_are_all_there_and_no_other_blocks(every: Content) -> None:
    for name in ("socle", "maturin-h-tous", "maturin-h-ei", "maturin-h-securite"):
        found = every.questionnaires[name].indicators
        assert {one.id for one in found if one.socle} == SOCLES


def test_a_blocking_item_weighs_double(indicators: list[Indicator]) -> None:
    assert {one.id: one.weight for one in indicators} == {
        one.id: 2 if one.socle else 1 for one in indicators
    }


def test_the_security_dimension_has_its_eighty_one_indicators_and_more(every: Content) -> None:
    whole = every.questionnaires["maturin-h-securite"]
    assert len(whole.domains) == 15
    assert len(whole.indicators) >= 81
    essential = [one for one in whole.indicators if Profile.ALL not in one.profiles]
    important = every.questionnaires["maturin-h-ei"].indicators
    assert len(important) + len(essential) == len(whole.indicators)
    assert essential


def test_every_measure_of_recyf_is_answered_at_least_in_part(
    every: Content, indicators: list[Indicator]
) -> None:
    answered = {
        reference.official_id
        for one in indicators
        for reference in one.references
        if reference.referential == "ReCyF v2.5" and reference.extent is not None
    }
    assert {one.id for one in every.referentials["recyf"].measures} - answered == set()


def test_every_question_is_short_and_every_level_is_one_sentence_that_stands_alone(
    indicators: list[Indicator],
) -> None:
    assert [remark for one in indicators for remark in indicator_advice(one)] == []


def test_no_level_sentence_is_used_twice(indicators: list[Indicator]) -> None:
    sentences = Counter(text for one in indicators for text in one.levels.values())
    assert [text for text, times in sentences.items() if times > 1] == []


def test_every_indicator_says_why_and_names_who_answers_and_what_proves_it(
    indicators: list[Indicator],
) -> None:
    for indicator in indicators:
        assert indicator.why.endswith("."), indicator.id
        assert indicator.help.endswith("."), indicator.id
        assert indicator.answered_by, indicator.id
        assert indicator.references, indicator.id
        longest = LONGER.get(indicator.id, 12)
        assert all(one.validity_months <= longest for one in indicator.evidence), indicator.id
        assert indicator.evidence, indicator.id


def test_every_acronym_is_met_again_in_the_help(every: Content) -> None:
    acronym = re.compile(r"\b[A-Z][A-Za-z]*[A-Z][A-Za-z]*\b")
    for one in (each for form in every.questionnaires.values() for each in form.indicators):
        asked = " ".join((one.title, one.question, *one.levels.values()))
        used = set(acronym.findall(re.sub(r"CK-[A-Z]{3}-\d\d", "", asked))) - {"USB"}
        assert {word for word in used if word not in one.help} == set(), one.id


def test_a_question_answered_by_a_rate_asks_for_that_rate(indicators: list[Indicator]) -> None:
    rates = [one for one in indicators if one.answer and one.answer.kind is AnswerKind.RATE]
    assert [one.id for one in rates if not re.search(r"\b(part|combien)\b", one.question)] == []
    negated = re.compile(r"\bne\b|\bn'|échapp|sans\b")
    assert [one.id for one in rates if negated.search(one.question)] == []


def test_every_domain_has_questions(every: Content) -> None:
    for one in every.questionnaires.values():
        assert {domain.id for domain in one.domains} == {each.domain for each in one.indicators}


def test_an_indicator_id_names_its_domain_or_the_identifier_it_prepares(
    indicators: list[Indicator],
) -> None:
    for one in indicators:
        identifiers = [each.official_id.partition("-")[2] for each in one.references]
        prepared = re.fullmatch(r"HCM-(\d\d[A-K])(-(MED|IDE|AUT))?", one.id)
        named = re.fullmatch(rf"CK-{one.domain}-\d\d", one.id)
        assert named or (prepared and prepared[1] in identifiers), one.id


def test_no_failing_check_leaves_the_level_that_passing_gives(indicators: list[Indicator]) -> None:
    for indicator in indicators:
        for one in indicator.measured.checks if indicator.measured else ():
            assert indicator.measured
            bound = indicator.measured.pass_at_least
            assert not bound or one.optional or one.fail_at_most < bound, (indicator.id, one.check)


def test_the_directory_level_decides_the_directory_indicator(socle: Questionnaire) -> None:
    indicator = socle.indicator("CK-ADM-01")
    assert indicator is not None
    assert indicator.measured is not None
    assert indicator.measured.directory_level
    for level, sentence in indicator.levels.items():
        assert f"niveau {level + 1}" in sentence


def test_what_only_a_transcription_shows_is_called_secondary(indicators: list[Indicator]) -> None:
    second_hand = [
        reference
        for one in indicators
        for reference in one.references
        if reference.referential == "CaRE domaine 2"
    ]
    assert second_hand
    for reference in second_hand:
        assert "source secondaire" in reference.note
