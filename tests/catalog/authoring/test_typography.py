"""French typography and spelling, text by text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_kit.catalog.authoring.typography import sentences, slips, words

NBSP, THIN = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("wrong", "mend"),
    [
        ("Qui décide ?", "précède « ? »"),
        ("Qui décide?", "précède « ? »"),
        ("Trois points : un", "précède « : »"),
        ("Trois points: un", "précède « : »"),
        ("Une part de 10 %", "précède « % »"),
        ("Une part de 10%", "précède « % »"),
        ("Dire « oui »", "suit « « »"),
        ("Dire «oui»", "suit « « »"),
        ('Dire "oui"', "guillemets français"),
        ("Dire “oui”", "guillemets français"),
        ("Et ainsi de suite...", "un seul caractère"),
        ("Deux  espaces", "deux espaces"),
        ("Un Backup quotidien", "sauvegarde"),
        ("Des mails", "courriel"),
        ("La connection distante", "connexion"),
    ],
)
def test_a_slip_is_told_with_its_mend(wrong: str, mend: str) -> None:
    assert mend in " ".join(slips(wrong))


@pytest.mark.parametrize(
    "right",
    [
        f"Qui décide{NBSP}?",
        f"Qui décide{THIN}?",
        f"Dire «{NBSP}oui{NBSP}»",
        f"Une part de 10{NBSP}%",
        "Le marquage TLP:AMBER",
        "Voir https://exemple.test/a?b=c;d!",
        "netdom trust /quarantine:yes",
        "Le processus, la messagerie, un établissement, une connexion",
    ],
)
def test_what_is_right_is_left_alone(right: str) -> None:
    assert list(slips(right)) == []


def test_punctuation_standing_alone_is_not_a_word() -> None:
    assert words(f"Qui décide{NBSP}?") == words("Qui décide") == 2
    assert words("Qui ? Quand !") == 2


def test_a_decimal_number_does_not_end_a_sentence() -> None:
    assert sentences("La version 1.2 convient. Elle est tenue.") == 2


@given(st.text())
def test_any_text_is_read_without_failing(text: str) -> None:
    assert all(isinstance(one, str) for one in slips(text))
