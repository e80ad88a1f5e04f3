"""What commands print fits the terminal, and French marks stay with their words."""

import pytest

from care_kit.cli.terminal import output


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def printed(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_a_column_wraps_so_that_lines_fit(narrow: None, capsys: pytest.CaptureFixture[str]) -> None:
    output.table(("Id", "Texte"), [("A", "mot " * 60), ("B", "court")], flexible=1)

    lines = printed(capsys)
    assert max(map(len, lines)) <= 80
    assert sum(line.count("mot") for line in lines) == 60
    assert lines[-1].split() == ["B", "court"]


def test_when_no_room_is_left_each_row_is_a_block(
    narrow: None, capsys: pytest.CaptureFixture[str]
) -> None:
    output.table(("Id", "Long", "Texte"), [("A", "x " * 35, "mot " * 20), ("B", "", "dit")])

    lines = printed(capsys)
    assert max(map(len, lines)) <= 80
    assert lines[0] == "A"
    assert lines[1].startswith("  Long : x x")
    assert lines[-2:] == ["B", "  Texte : dit"]


@pytest.mark.parametrize("mark", [":", ";", "?", "!", "»", "%", "€"])
def test_a_line_never_begins_with_a_french_mark(
    narrow: None, capsys: pytest.CaptureFixture[str], mark: str
) -> None:
    for length in range(60, 80):
        output.paragraph(f"{'a' * length} mot {mark} suite « fin »")

    lines = printed(capsys)
    assert not [line for line in lines if line.startswith(mark)]
    assert not [line for line in lines if line.endswith("«")]


def test_control_characters_never_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    output.table(("Id", "Texte"), [("A\x1b[31m", "b\nc\u202e")])

    assert not set(capsys.readouterr().out) & {"\x1b", "\u202e"}
