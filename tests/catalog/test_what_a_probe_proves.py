"""A measured level never says more than its sentence, and a proof does not outlive the claim."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from care_kit.assessment.scores.indicators import in_force, measured
from care_kit.catalog import without_question
from care_kit.catalog.content import Content, load
from care_kit.model.content.questionnaire import AnswerKind, Indicator
from care_kit.model.words.vocabulary import ProbeKind, Verdict
from tests.assessment.builders import TODAY, finding, piece

DURATION = re.compile(r"\b(\d+|un|deux|trois|six) (?:derniers )?(mois|ans?) (?:au plus|derniers)")
NUMBERS = {"un": 1, "deux": 2, "trois": 3, "six": 6}
CONTRADICTIONS = {
    "CK-EXP-05": ("TLS-SSL2", "TLS-NULL-ANON-EXP", "TLS-RC4-3DES", "CRT-CHAINE", "CRT-SIG"),
    "CK-EXP-04": ("EXP-WINRM", "EXP-IPMI", "EXP-HYPERV", "VPN-ADMIN", "EXP-KRB-RPC", "EXP-MSSQL"),
    "CK-MSG-01": ("MEL-SPF-SYNTAXE",),
    "CK-ADM-03": ("vuln_reversible_password_priv_namingcontext",),
}


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


def questions(content: Content) -> dict[str, Indicator]:
    return {one.id: one for one in content.indicators}


@pytest.mark.parametrize(
    ("question", "check"),
    [(question, check) for question, checks in CONTRADICTIONS.items() for check in checks],
)
def test_one_failure_among_passes_forbids_the_level_it_contradicts(
    content: Content, question: str, check: str
) -> None:
    one = questions(content)[question]
    assert one.measured is not None
    every = {each.check: Verdict.PASS for each in one.measured.checks} | {check: Verdict.FAIL}
    found = {name: (finding(name, verdict),) for name, verdict in every.items()}
    bounds = measured(one, found, ())
    assert bounds is not None
    assert bounds.high <= 2


def test_every_grave_check_and_every_observation_bounds_a_question_or_says_why(
    content: Content,
) -> None:
    assert list(without_question.faults(content)) == []
    assert all(len(reason) > 40 for reason in without_question.reasons().values())


def test_a_grave_check_without_a_question_is_refused(content: Content) -> None:
    known = content.checks["MEL-DANE"]
    stranger = replace(known, id="EXP-NOUVEAU")
    added = replace(content, checks={**content.checks, "EXP-NOUVEAU": stranger})
    assert [where for where, _, _ in without_question.faults(added)] == ["EXP-NOUVEAU"]


def test_every_directory_point_bounds_the_level_of_the_directory(content: Content) -> None:
    points = {one.id for one in content.points.points}
    checks = {one.id for one in content.checks.values() if one.family is ProbeKind.DIRECTORY}
    assert points <= checks
    assert any(one.measured and one.measured.directory_level for one in content.indicators)


def months_said(sentence: str) -> int | None:
    found = DURATION.search(sentence.replace("\u00a0", " "))
    if found is None:
        return None
    count = NUMBERS.get(found[1]) or int(found[1])
    return count * (12 if found[2].startswith("an") else 1)


def test_no_document_supports_a_level_longer_than_its_sentence_says(content: Content) -> None:
    for one in content.indicators:
        for level, sentence in one.levels.items():
            said = months_said(sentence)
            if level and said is not None:
                assert one.evidence_months(level) <= said, (one.id, level)


def test_what_is_counted_over_a_month_is_proven_for_a_month(content: Content) -> None:
    monthly = re.compile(r"du mois\b|dans le mois|est mensuel")
    for one in content.indicators:
        for level, sentence in one.levels.items():
            if level and monthly.search(sentence):
                assert one.evidence_months(level) == 1, (one.id, level)


def test_a_date_answered_and_its_proof_age_together(content: Content) -> None:
    for one in content.indicators:
        if one.answer and one.answer.kind is AnswerKind.DATE and one.evidence:
            for level, months in one.answer.bounds.items():
                assert one.evidence_months(level) <= max(int(months), 12), (one.id, level)


def test_a_proof_of_two_months_supports_level_two_but_not_three(content: Content) -> None:
    one = questions(content)["CK-ACT-05"]
    old = piece(TODAY - timedelta(days=60), one.id)
    assert in_force(old, one, 2, TODAY)
    assert not in_force(old, one, 3, TODAY)
    assert not in_force(old, one, 2, date(TODAY.year + 1, 1, 1))
