from care_kit.tui.wording import laid_out


def lines(text: str, width: int, prefix: str = "") -> list[str]:
    return laid_out([(prefix, text, "")], width).plain.split("\n")


def test_following_lines_stand_under_the_text() -> None:
    assert lines("un deux trois quatre cinq six", 24, "( ) 0 ") == [
        "( ) 0 un deux trois",
        "      quatre cinq six",
    ]


def test_no_line_starts_with_a_french_punctuation_mark() -> None:
    shown = lines("La sauvegarde est-elle à l'abri ? Voir « care assess » : tout y est.", 31)
    assert [line.replace("\u00a0", "~") for line in shown] == [
        "La sauvegarde est-elle à",
        "l'abri~? Voir «~care assess~»~:",
        "tout y est.",
    ]


def test_control_characters_are_dropped_and_markup_stays_text() -> None:
    assert lines("[bold]a\x1b[31mb\u202e[/]", 40) == ["[bold]a[31mb[/]"]


def test_an_endless_word_is_cut_into_lines() -> None:
    shown = lines("a" * 100, 30)
    assert max(len(line) for line in shown) == 30
    assert sum(len(line) for line in shown) == 100
