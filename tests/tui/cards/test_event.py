"""What an event holds is told in French, whatever the event."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

import pytest

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.events import (
    KINDS,
    ActionPlanned,
    AnswerGiven,
    EvidenceWithdrawn,
    QuestionnaireMigrated,
)
from care_kit.model.dossier.money import ActionState
from care_kit.model.words.vocabulary import AnswerState
from care_kit.tui.cards.event import FIELDS, event_card


def names(shape: Any) -> Iterator[str]:
    """Fields of a shape, and of the shapes it holds."""
    if is_dataclass(shape):
        hints = get_type_hints(shape)
        for field in fields(shape):
            yield field.name
            yield from names(hints[field.name])
    for inner in get_args(shape):
        yield from names(inner)


def told(dossier: Dossier) -> str:
    """The card of the last event."""
    return "\n".join(
        start + text for start, text, _ in event_card(dossier.records[-1], len(dossier.records))
    )


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_field_has_a_french_name(kind: str) -> None:
    assert set(names(KINDS[kind])) <= set(FIELDS)


def test_an_establishment_is_told_entity_by_entity(dossier: Dossier) -> None:
    shown = told(dossier)
    assert "établissement :\n  nom : GHT de démonstration" in shown
    assert "    nom : Centre hospitalier du Val-Fictif" in shown
    assert "NIS 2 : entité essentielle" in shown
    assert "GHT : oui" in shown


def test_words_figures_and_maps_read_in_french(dossier: Dossier) -> None:
    dossier.append(AnswerGiven("socle", 1, "CK-GOV-01", AnswerState.UNKNOWN))
    assert "état : ne sais pas" in told(dossier)
    assert "niveau" not in told(dossier)
    levels = (("CK-GOV-01", 3), ("CK-GOV-02", 2))
    dossier.append(ActionPlanned("a", "Sauvegardes", levels, state=ActionState.DOING))
    assert "niveaux visés : CK-GOV-01 : 3, CK-GOV-02 : 2" in told(dossier)
    dossier.append(QuestionnaireMigrated({"socle": 2}, {"CK-GOV-01": "socle"}, {}, ("CK-GOV-02",)))
    assert "versions : socle : 2" in told(dossier)
    assert "sans question : CK-GOV-02" in told(dossier)
    dossier.append(EvidenceWithdrawn("e", "Doublon"))
    assert "motif : Doublon" in told(dossier)
