"""CISO Assistant libraries: what both formats share goes and comes back the same."""

import copy
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomli
import yaml
from hypothesis import given
from hypothesis import strategies as st

from care_kit.catalog import toml_file
from care_kit.catalog.authoring import toml_writer, wording, yaml_file
from care_kit.catalog.authoring.ciso_export import library
from care_kit.catalog.authoring.ciso_import import Imported, questionnaire_of
from care_kit.catalog.content import Content
from care_kit.model.content.questionnaire import AnswerForm, AnswerKind, AnswerOption, Questionnaire
from care_kit.model.words.errors import CareError, InputError
from care_kit.model.words.vocabulary import Provenance

TODAY = date(2026, 11, 21)
FOREIGN: dict[str, Any] = yaml.safe_load(
    """
urn: urn:exemple:risk:library:accueil
locale: fr
ref_id: ACCUEIL-2
name: Sécurité de l'accueil
description: Un référentiel d'essai.
copyright: Exemple SAS, tous droits réservés
version: 3
publication_date: 2025-05-02
provider: Exemple
packager: exemple
objects:
  framework:
    urn: urn:exemple:risk:framework:accueil
    ref_id: ACCUEIL-2
    name: Sécurité de l'accueil
    requirement_nodes:
    - {urn: u:1, assessable: false, depth: 1, ref_id: '1', name: Locaux}
    - {urn: u:1.1, assessable: false, depth: 2, parent_urn: u:1, ref_id: '1.1', name: Portes}
    - urn: u:1.1.a
      assessable: true
      depth: 3
      parent_urn: u:1.1
      ref_id: Art. 5 (1)
      name: Les portes ferment
      description: Toute porte ferme à clé.
      annotation: Voir le plan.
      typical_evidence: "Plan des portes\\nPhotographie (6 mois)"
    - urn: u:2
      assessable: true
      depth: 1
      ref_id: '2'
      description: "Les visiteurs sont accompagnés.\\nToujours."
      questions:
        u:2:q:
          type: unique_choice
          text: Accompagnez-vous les visiteurs ?
          choices:
          - {urn: u:2:c:0, value: Non, add_score: 0}
          - {urn: u:2:c:1, value: 'Oui', add_score: 3}
"""
)


def shared(form: AnswerForm | None) -> AnswerForm | None:
    """The form as the library can say it: choices only."""
    return form if form and form.kind is AnswerKind.CHOICE else None


def asking(question: dict[str, Any]) -> AnswerForm | None:
    """The form of the answer, once the only question of the second requirement is replaced."""
    table = copy.deepcopy(FOREIGN)
    table["objects"]["framework"]["requirement_nodes"][3]["questions"] = {"q": question}
    return questionnaire_of(table, TODAY).questionnaire.indicators[1].answer


def choice(value: str, score: int, urn: str = "") -> dict[str, Any]:
    return {"urn": urn, "value": value, "add_score": score}


def read_back(text: str, folder: Path) -> Imported:
    file = folder / "bibliotheque.yaml"
    file.write_text(text, encoding="utf-8")
    return questionnaire_of(yaml_file.read(file), TODAY)


def test_what_is_exported_comes_back_the_same(every: Content, tmp_path: Path) -> None:
    for one in every.questionnaires.values():
        found = read_back(library(one, own=False), tmp_path).questionnaire
        assert (found.id, found.version, found.title) == (one.id, one.version, one.title)
        assert found.source == one.source
        assert {each.id: each.title for each in found.domains}.items() <= {
            each.id: each.title for each in one.domains
        }.items()
        before = {each.id: each for each in one.indicators}
        assert len(found.indicators) == len(before)
        for each in found.indicators:
            same = before[each.id]
            assert each.levels == same.levels
            assert shared(each.answer) == shared(same.answer)
            assert each.evidence == same.evidence
            for field in ("domain", "title", "question", "why", "help", "socle", "weight"):
                assert getattr(each, field) == getattr(same, field), (each.id, field)
            assert each.profiles == same.profiles


def test_choices_of_equal_score_are_options_that_can_be_typed() -> None:
    form = asking(
        {
            "type": "unique_choice",
            "text": "Par quel moyen ?",
            "choices": [
                choice("Rien", 0),
                choice("Par téléphone", 2),
                choice("Par télécopie", 2, "u:2:c:fax"),
                choice("42", 2, "u:2:c:1"),
            ],
        }
    )
    assert form == AnswerForm(
        AnswerKind.CHOICE,
        options=(
            AnswerOption("rien", "Rien", 0),
            AnswerOption("par-telephone", "Par téléphone", 2),
            AnswerOption("fax", "Par télécopie", 2),
            AnswerOption("option-d", "42", 2),
        ),
    )


def test_a_question_of_free_text_takes_a_text_that_bears_no_level() -> None:
    form = asking({"type": "text", "text": "Quel outil employez-vous ?"})
    assert form is not None
    assert (form.kind, form.text_level) == (AnswerKind.TEXT, None)


def test_choices_without_a_score_of_ours_give_nothing() -> None:
    assert asking({"type": "unique_choice", "choices": [choice("A", 0), choice("B", 9)]}) is None


def test_the_rights_of_a_library_survive_both_ways(tmp_path: Path) -> None:
    made = questionnaire_of(FOREIGN, TODAY)
    assert made.rights == "Exemple SAS, tous droits réservés"
    assert made.rights in made.questionnaire.notice
    again = yaml.safe_load(library(made.questionnaire, own=True))
    assert again["copyright"] == made.rights
    assert again["description"] == "Un référentiel d'essai."


def test_rights_are_ours_only_on_what_is_ours(socle: Questionnaire) -> None:
    assert "GPL" in yaml.safe_load(library(socle, own=False))["copyright"]
    assert "GPL" not in yaml.safe_load(library(socle, own=True))["copyright"]


def test_a_library_of_others_is_secondary_dated_and_cited() -> None:
    found = questionnaire_of(FOREIGN, TODAY).questionnaire
    assert found.provenance is Provenance.SECONDARY
    first = found.indicators[0]
    assert first.provenance is Provenance.SECONDARY
    assert first.source_date == date(2025, 5, 2)
    assert "version 3 du 02/05/2025, Exemple, exemple" in first.source
    assert first.references[0].official_id == "Art. 5 (1)"


def test_ids_follow_the_questionnaire_so_that_two_libraries_can_live_together() -> None:
    found = questionnaire_of(FOREIGN, TODAY, "accueil").questionnaire
    assert [one.id for one in found.indicators] == ["ACCUEIL-Art.-5-1", "ACCUEIL-2"]


def test_the_nearest_heading_is_the_domain_and_the_furthest_the_dimension() -> None:
    domains = questionnaire_of(FOREIGN, TODAY).questionnaire.domains
    assert [(one.title, one.dimension) for one in domains] == [
        ("Portes", "Locaux"),
        ("Sécurité de l'accueil", ""),
    ]


def test_what_the_library_does_not_say_is_left_to_complete() -> None:
    first, second = questionnaire_of(FOREIGN, TODAY).questionnaire.indicators
    for text in (first.question, first.why, first.answered_by, *first.levels.values()):
        assert wording.is_unfinished(text)
    assert first.help == "Toute porte ferme à clé.\nVoir le plan."
    assert [(one.title, one.validity_months) for one in first.evidence] == [
        ("Plan des portes", 12),
        ("Photographie", 6),
    ]
    assert second.question == "Accompagnez-vous les visiteurs ?"
    assert second.title == "Les visiteurs sont accompagnés."
    assert second.levels[3] == "Oui"
    assert wording.is_unfinished(second.levels[4])


def test_what_is_imported_can_be_written_and_read(every: Content) -> None:
    found = questionnaire_of(FOREIGN, TODAY).questionnaire
    table = tomli.loads(toml_writer.dumps(found, "Un essai."))
    assert toml_file.validate(table, Questionnaire, "essai") == found


def test_a_loop_of_parents_ends() -> None:
    looped = copy.deepcopy(FOREIGN)
    nodes = looped["objects"]["framework"]["requirement_nodes"]
    nodes[0]["parent_urn"] = "u:1.1"
    assert questionnaire_of(looped, TODAY).questionnaire.domains[0].title == "Portes"


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        ({}, "ne contient pas de référentiel"),
        ({"objects": []}, "ne contient pas de référentiel"),
        ({"objects": {"framework": {}}}, "aucune exigence"),
        ({"objects": {"framework": {"requirement_nodes": "x"}}}, "aucune exigence"),
        ({"objects": {"framework": {"requirement_nodes": [{}] * 5_001}}}, "plus de 5000"),
        ({"name": "x" * 30_000, "objects": {"framework": {}}}, "20000 caractères"),
    ],
)
def test_what_is_no_library_is_refused(broken: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        questionnaire_of(broken, TODAY)


def test_one_of_ours_with_an_id_twice_is_refused(socle: Questionnaire) -> None:
    tampered = yaml.safe_load(library(socle, own=False))
    nodes = tampered["objects"]["framework"]["requirement_nodes"]
    nodes.append(copy.deepcopy(nodes[1]))
    with pytest.raises(InputError, match="deux fois l'identifiant « CK-GOV-01 »"):
        questionnaire_of(tampered, TODAY)


def refused_or(action: Callable[[], object]) -> None:
    try:
        action()
    except CareError as error:
        assert error.sentence.endswith(".")


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.data())
def test_a_library_with_anything_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    library_ = copy.deepcopy(FOREIGN)
    framework = library_["objects"]["framework"]
    node = data.draw(st.sampled_from(framework["requirement_nodes"]))
    where = data.draw(st.sampled_from([library_, framework, node]))
    where[data.draw(st.sampled_from(sorted(where)))] = data.draw(ANY)
    refused_or(lambda: questionnaire_of(library_, TODAY))


def with_one(node: Mapping[str, object], **more: object) -> dict[str, object]:
    """A library with one requirement."""
    requirement = {"urn": "urn:t:1", "assessable": True, "ref_id": "1", "name": "Backups", **node}
    framework = {"ref_id": "essai", "name": "Rules", "requirement_nodes": [requirement]}
    return {"urn": "urn:t", "objects": {"framework": framework}, **more}


def test_french_texts_of_a_library_are_taken_and_told() -> None:
    french = {
        "translations": {"fr": {"name": "Sauvegardes", "description": "Elles sont essayées."}}
    }
    made = questionnaire_of(with_one(french), date(2026, 3, 1))
    (indicator,) = made.questionnaire.indicators
    assert indicator.title == "Sauvegardes"
    assert "Elles sont essayées." in indicator.help
    assert "Textes français repris : 1." in made.notes


def test_several_questions_of_one_requirement_are_kept_and_counted() -> None:
    choices = [{"value": "Oui"}, {"value": "Non"}]
    asked = {
        f"q{rank}": {"type": "unique_choice", "text": text, "choices": choices}
        for rank, text in enumerate(("La copie est-elle hors ligne ?", "Est-elle essayée ?"))
    }
    made = questionnaire_of(with_one({"questions": asked}), date(2026, 3, 1))
    (indicator,) = made.questionnaire.indicators
    for words in ("hors ligne", "essayée", "Oui", "Non"):
        assert words in indicator.help
    assert any("2 questions (4 choix)" in one for one in made.notes)
