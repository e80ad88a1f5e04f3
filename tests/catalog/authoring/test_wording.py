"""A question is short, each level is one sentence that stands alone."""

from dataclasses import replace

from care_kit.catalog.authoring.wording import indicator_advice
from care_kit.model.content.questionnaire import Indicator, Questionnaire, Reference


def advice(indicator: Indicator) -> str:
    return " ; ".join(f"{place} {mend}" for place, mend in indicator_advice(indicator))


def one(socle: Questionnaire) -> Indicator:
    return socle.indicators[0]


def test_a_long_question_is_told_with_its_length(socle: Questionnaire) -> None:
    asked = "mot " * 26 + "\u00a0?"
    assert "compte 26 mots, 25 au plus" in advice(replace(one(socle), question=asked))


def test_a_question_that_asks_nothing_is_told(socle: Questionnaire) -> None:
    assert "se termine par « ? »" in advice(replace(one(socle), question="Dites."))


def test_a_level_of_two_sentences_is_told(socle: Questionnaire) -> None:
    levels = {**one(socle).levels, 2: "Une règle est écrite. Elle est tenue."}
    assert "levels.2 une seule phrase" in advice(replace(one(socle), levels=levels))


def test_a_level_that_leans_on_the_one_before_is_told(socle: Questionnaire) -> None:
    levels = {**one(socle).levels, 3: "En plus, la règle est tenue."}
    assert "levels.3 la phrase se lit seule" in advice(replace(one(socle), levels=levels))


def test_a_sentence_used_twice_is_told(socle: Questionnaire) -> None:
    levels = {**one(socle).levels, 3: "La règle est tenue.", 4: "La règle est tenue."}
    assert "levels.4 deux niveaux" in advice(replace(one(socle), levels=levels))


def test_a_level_without_a_sentence_is_told(socle: Questionnaire) -> None:
    levels = {key: text for key, text in one(socle).levels.items() if key != 2}
    assert "levels.2 ce niveau n'a pas de phrase" in advice(replace(one(socle), levels=levels))


def test_a_reference_without_an_id_says_why_it_is_cited(socle: Questionnaire) -> None:
    bare = replace(one(socle), references=(Reference("Un texte"),))
    assert "references[0]" in advice(bare)


def test_a_why_without_a_final_stop_is_told(socle: Questionnaire) -> None:
    assert "why une phrase terminée" in advice(replace(one(socle), why="Parce que"))
