import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_kit.model.dossier import finess
from care_kit.model.words.errors import InputError

# Published numbers of two large public hospitals (legal entities).
PUBLISHED = ("750712184", "690781810")


@pytest.mark.parametrize("number", PUBLISHED)
def test_a_published_number_is_accepted(number: str) -> None:
    assert finess.normalise(number) == number


def test_spaces_are_forgiven() -> None:
    assert finess.normalise(" 750 712 184 ") == "750712184"


@pytest.mark.parametrize("text", ["", "75071218", "7507121845", "75O712184", "2C0000014"])
def test_a_wrong_form_names_the_number_and_the_next_step(text: str) -> None:
    with pytest.raises(InputError) as caught:
        finess.normalise(text, "FINESS EJ")
    assert "FINESS EJ" in caught.value.sentence
    assert "finess.esante.gouv.fr" in caught.value.next_step


@given(st.sampled_from(PUBLISHED), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_caught(number: str, place: int, shift: int) -> None:
    digit = str((int(number[place]) + shift) % 10)
    with pytest.raises(InputError, match="clé"):
        finess.normalise(number[:place] + digit + number[place + 1 :])


def test_the_key_of_a_corsican_number_is_not_claimed_to_be_checked() -> None:
    assert finess.normalise("2a0000014") == "2A0000014"
    assert not finess.key_checked("2A0000014")
