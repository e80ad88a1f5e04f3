"""Files to attach: every one of the programme, once, in sendings that pass."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_kit.exporters.counter.attachments import attachments, limit, sendings
from care_kit.model.dossier.state import Evidence
from care_kit.model.words.errors import InputError
from tests.assessment.builders import TODAY, piece
from tests.exporters import sample


def sized(*sizes: int) -> list[Evidence]:
    return [
        replace(piece(TODAY, "X", name=f"{rank}.pdf"), size=size) for rank, size in enumerate(sizes)
    ]


@given(st.lists(st.integers(0, 100), max_size=30))
def test_every_file_is_sent_once_and_no_sending_is_too_large(sizes: list[int]) -> None:
    groups = sendings(sized(*sizes), 100)

    assert all(one.size <= 100 for one in groups)
    assert sorted(one.name for group in groups for one in group.pieces) == sorted(
        one.name for one in sized(*sizes)
    )
    if len(groups) > 1:  # two sendings that fit together would have been one
        assert groups[0].size + groups[1].size > 100


def test_a_file_over_the_limit_is_named() -> None:
    with pytest.raises(InputError, match=r"« 0\.pdf » dépasse"):
        sendings(sized(101), 100)


def test_pieces_and_bills_of_the_programme_are_all_there() -> None:
    material = sample.sample()
    (programme,) = material.programmes.values()
    expected = {piece.id for one in programme.objectives for piece in one.pieces}

    found = attachments(material.state, programme)

    assert found
    assert len({one.id for one in found}) == len(found)
    assert all(set(one.subjects) & expected for one in found)


def test_a_limit_is_typed_in_megabytes() -> None:
    assert limit(" 20 ") == 20_000_000


@pytest.mark.parametrize("typed", ["", "0", "-1", "1,5", "²", "20 Mo", "9" * 5000])
def test_what_is_not_a_size_is_refused(typed: str) -> None:
    with pytest.raises(InputError, match="n'est pas une taille"):
        limit(typed)
