"""Columns are found by what their headings mean, in any order; what is not read is told."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_kit.dossier.entry.headings import columns, left_aside
from care_kit.dossier.entry.plan_files import TITLES
from care_kit.model.words.errors import InputError

KNOWN = {name: (title,) for name, title in TITLES.items()}


@st.composite
def respelt(draw: st.DrawFn, heading: str) -> str:
    """The heading as a person or another tool may write it."""
    forms = (
        str,
        str.upper,
        str.lower,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: f"  {text}\u00a0:",
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(" ", "_"),
        lambda text: text.replace("É", "E").replace("é", "e").replace("ô", "o"),
    )
    return str(draw(st.sampled_from(forms))(heading))


@given(st.data())
def test_respelt_reordered_and_missing_headings(data: st.DataObject) -> None:
    order = data.draw(st.permutations(list(TITLES)))
    kept = order[: data.draw(st.integers(0, len(order)))]
    headings = [data.draw(respelt(TITLES[name])) for name in kept]
    found = columns(headings, KNOWN, "a.xlsx")
    assert dict(found.places) == {name: rank for rank, name in enumerate(kept)}
    assert found.unknown == ()
    told = " ".join(left_aside(found, KNOWN))
    assert all((title in told) is (name not in kept) for name, title in TITLES.items())


@pytest.mark.parametrize("slip", ["Responsables", "Responsabl", "Reponsable", "Responsible"])
def test_one_slip_in_a_long_word_is_understood(slip: str) -> None:
    assert columns([slip], KNOWN, "a.xlsx").places == {"owner": 0}


@pytest.mark.parametrize("other", ["Achat HT", "Achat", "Coût", "Prestation HT", "Actrion"[:3]])
def test_a_heading_of_another_meaning_is_told_and_never_taken(other: str) -> None:
    found = columns([other], KNOWN, "a.xlsx")
    assert (found.places, found.unknown) == ({}, (other,))


def test_two_columns_of_the_same_field_are_refused() -> None:
    with pytest.raises(InputError, match="deux colonnes pour « Échéance »"):
        columns(["Échéance", "Action", "echeance"], KNOWN, "a.xlsx")
