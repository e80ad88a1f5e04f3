"""Shorter questionnaires: what they ask, what they leave out, and in whose words."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from care_kit.catalog.authoring.wording import indicator_advice
from care_kit.catalog.content import Content
from care_kit.dossier.folding.migration import wordings
from care_kit.model.content.questionnaire import Indicator, Profile, Questionnaire
from tests.catalog.conftest import Overlay
from tests.catalog.test_malformed_content import broken

ESMS = "questionnaires/selections/maturin_esms.toml"

# Words that only make sense in a hospital, or name people a medico-social reader calls otherwise.
HOSPITAL = re.compile(
    r"\b(hôpita\w*|hospital\w*|patient\w*|DPI|dossier patient|blocs?|opératoire|réanimat\w*|"
    r"urgences|imagerie|biologie|laboratoire\w*|plateau technique|services? de soins|lits|"
    r"au lit|chevet|chirurg\w*|plan blanc|biomédic\w*|soignants?|médecins?|CHU|GHT|PACS)\b",
    re.IGNORECASE,
)


def said(indicator: Indicator) -> list[str]:
    """Every text of ours that a person reads; references cite texts by their own names."""
    form = indicator.answer
    labels = [one.label for one in form.options] if form else []
    return [
        indicator.title,
        indicator.question,
        indicator.why,
        indicator.help,
        indicator.answered_by,
        *indicator.levels.values(),
        *(one.title for one in indicator.evidence),
        *((form.numerator, form.denominator, form.label) if form else ()),
        *labels,
    ]


def touched(questionnaire: Questionnaire) -> set[str]:
    """Measures of ReCyF that a question of it answers, in full or in part."""
    return {
        reference.official_id
        for one in questionnaire.indicators
        for reference in one.references
        if reference.referential == "ReCyF v2.5" and reference.extent is not None
    }


def test_fifty_questions_are_asked_of_every_establishment(every: Content) -> None:
    everyone = every.questionnaires["maturin-h-tous"]
    assert len(everyone.indicators) == 50
    assert all(Profile.ALL in one.profiles for one in everyone.indicators)
    short = {one.id for one in every.questionnaires["socle"].indicators}
    assert short <= {one.id for one in everyone.indicators}
    assert "environ 50 indicateurs" in everyone.notice
    assert "est lui aussi une proposition" in everyone.notice


def test_the_measures_left_aside_are_counted_where_the_choice_is_explained(
    every: Content,
) -> None:
    everyone = every.questionnaires["maturin-h-tous"]
    important = every.questionnaires["maturin-h-ei"]
    demanded = {one.id for one in every.referentials["recyf"].measures if "-EI" in one.id}
    assert demanded <= touched(important), "what is demanded of an important entity is asked of it"
    shown = (
        f"touchent {len(touched(everyone))} des 152 mesures de ReCyF v2.5, dont "
        f"{len(touched(everyone) & demanded)} des {len(demanded)} destinées aussi aux entités "
        f"importantes\u00a0; «\u00a0maturin-h-ei\u00a0» en touche {len(touched(important))}, dont "
        f"{len(touched(important) & demanded)}."
    )
    assert shown in everyone.notice
    page = Path(__file__).parents[2].joinpath("docs/fr/questionnaire.md").read_text("utf-8")
    for name in ("socle", "maturin-h-tous", "maturin-h-ei", "maturin-h-securite"):
        row = rf"\| `{name}` \| .* \| {len(touched(every.questionnaires[name]))} sur 152"
        assert re.search(row, page), row


def test_no_word_of_the_hospital_is_left_in_the_medico_social_questions(every: Content) -> None:
    esms = every.questionnaires["maturin-esms"]
    found = {
        one.id: word[0] for one in esms.indicators for text in said(one)
        if (word := HOSPITAL.search(text))
    }  # fmt: skip
    assert found == {}
    assert [one.title for one in esms.domains if HOSPITAL.search(one.title)] == []


def test_the_words_looked_for_do_occur_in_the_hospital_questions(every: Content) -> None:
    hospital = every.questionnaires["maturin-h-securite"].indicators
    assert sum(any(HOSPITAL.search(text) for text in said(one)) for one in hospital) > 50


def test_a_reworded_question_keeps_its_id_its_scale_and_what_measures_it(every: Content) -> None:
    originals = {one.id: one for one in every.indicators}
    changed = 0
    for one in every.questionnaires["maturin-esms"].indicators:
        base = originals[one.id]
        changed += one != base
        same_words = replace(
            one, title=base.title, question=base.question, why=base.why, help=base.help,
            answered_by=base.answered_by, levels=base.levels, evidence=base.evidence,
            answer=base.answer,
        )  # fmt: skip
        assert same_words == base
        assert set(one.levels) == set(base.levels)
        assert [each.validity_months for each in one.evidence] == [
            each.validity_months for each in base.evidence
        ]
        if one.answer and base.answer:
            assert (one.answer.kind, one.answer.bounds) == (base.answer.kind, base.answer.bounds)
    assert changed > 40


def test_reworded_questions_are_as_well_written_as_the_others(every: Content) -> None:
    esms = every.questionnaires["maturin-esms"].indicators
    assert [remark for one in esms for remark in indicator_advice(one)] == []


def test_the_figures_in_a_reworded_level_are_those_of_the_original(every: Content) -> None:
    originals = {one.id: one for one in every.indicators}
    for one in every.questionnaires["maturin-esms"].indicators:
        for level, sentence in one.levels.items():
            figures = re.findall(r"\d+", originals[one.id].levels[level])
            assert re.findall(r"\d+", sentence) == figures, (one.id, level)


def test_both_wordings_are_known_so_that_one_answer_serves_twice(every: Content) -> None:
    known = wordings(every.questionnaires)["CK-CRI-01"]
    assert known["maturin-esms"] != known["maturin-h-securite"]
    assert known["socle"] == known["maturin-h-securite"]


def test_content_shows_the_original_words_first(every: Content) -> None:
    shown = {one.id: one for one in every.indicators}["CK-CRI-01"]
    assert shown == every.questionnaires["maturin-h-securite"].indicator("CK-CRI-01")


@pytest.mark.parametrize(
    ("old", "new", "place", "mend"),
    [
        (
            "[wording.CK-GOV-02]",
            "[wording.CK-GOV-03]",
            "wording.CK-GOV-03",
            "pas dans la sélection",
        ),
        ("levels.4 =", "levels.5 =", ".levels", "ne décrit pas"),
        ("evidence.0 =", "evidence.9 =", ".evidence", "un rang"),
        ("[wording.CK-AST-03]", '[wording.CK-AST-03]\nlabel = "x"', ".label", "forme de réponse"),
        ("[wording.CK-AST-03]", "[wording.CK-AST-03]\nsocle = true", ".socle", "champ inconnu"),
        ("FON =", "RES =", "domain_titles.RES", "aucune question de ce domaine"),
    ],
)
def test_words_for_what_is_not_there_are_refused(
    overlay: Overlay, old: str, new: str, place: str, mend: str
) -> None:
    sentence = broken(overlay, ESMS, old, new)
    assert f"{place} »" in sentence
    assert mend in sentence
