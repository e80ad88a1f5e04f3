"""What we export would be accepted by CISO Assistant's loader, as far as its rules can be read."""

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import yaml

from care_kit.catalog.authoring.ciso_export import library
from care_kit.catalog.content import Content
from care_kit.model.content.questionnaire import Domain, Questionnaire
from tests.catalog.authoring.ciso_rules import broken

Library = dict[str, Any]


@pytest.fixture(scope="session")
def exported(every: Content) -> Library:
    loaded: Library = yaml.safe_load(library(every.questionnaires["socle"], own=False))
    return loaded


def test_every_shipped_questionnaire_would_load(every: Content) -> None:
    for one in every.questionnaires.values():
        assert broken(library(one, own=False)) == [], one.id


def test_long_names_and_free_domain_ids_would_load(socle: Questionnaire) -> None:
    long = "Très long " * 60
    first = replace(socle.indicators[0], title=long, domain="Art. 5 (1)")
    odd = replace(
        socle, title=long, source=long, domains=(Domain("Art. 5 (1)", long),), indicators=(first,)
    )
    assert broken(library(odd, own=True)) == []


def nodes(table: Library) -> list[Library]:
    found: list[Library] = table["objects"]["framework"]["requirement_nodes"]
    return found


def question(table: Library) -> Library:
    found: Library = next(iter(nodes(table)[1]["questions"].values()))
    return found


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda one: one.pop("version"), "no version"),
        (lambda one: one.update(urn="urn:care-kit:socle"), "URN of the library"),
        (lambda one: one.update(version="deux"), "not an integer"),
        (lambda one: one.update(publication_date="hier"), "not a date"),
        (lambda one: one.update(provider="x" * 201), "more than 200"),
        (lambda one: one["objects"].update(frameworks=[]), "two kinds"),
        (lambda one: one["objects"]["framework"].pop("ref_id"), "no reference"),
        (lambda one: one["objects"]["framework"].update(min_score=4), "least to a greater"),
        (lambda one: one["objects"]["framework"].update(max_score=3), "out of its bounds"),
        (lambda one: nodes(one)[1].pop("urn"), "has no URN"),
        (lambda one: nodes(one).append(copy.deepcopy(nodes(one)[1])), "given twice"),
        (lambda one: nodes(one)[1].update(urn="urn:care-kit:risk:é"), "badly formed"),
        (lambda one: nodes(one).reverse(), "does not come before"),
        (lambda one: nodes(one)[1].update(implementation_groups=["AUTRE"]), "not defined"),
        (lambda one: nodes(one)[1].update(weight="deux"), "weight"),
        (lambda one: nodes(one)[1].update(name="x" * 201), "more than 200"),
        (lambda one: nodes(one)[2].update(questions=nodes(one)[1]["questions"]), "asked twice"),
        (lambda one: question(one).update(type="niveau"), "no known type"),
        (lambda one: question(one)["choices"][1].update(add_score="3"), "no score"),
        (lambda one: question(one)["choices"][1].update(add_score=9), "no score"),
        (lambda one: question(one)["choices"].append(question(one)["choices"][0]), "same URN"),
    ],
)
def test_a_library_that_would_not_load_is_told(
    exported: Library, harm: Callable[[Library], object], told: str
) -> None:
    table = copy.deepcopy(exported)
    harm(table)
    assert any(told in one for one in broken(yaml.safe_dump(table))), broken(yaml.safe_dump(table))
