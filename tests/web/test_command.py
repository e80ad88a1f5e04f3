"""The command: what it refuses, and a real terminal around it."""

import sys

import pytest

from care_kit.cli.app import run
from tests.cli.conftest import Care, care, started

__all__ = ["care", "started"]  # fixtures


class Terminal:
    """A standard output that says it is a terminal (nothing here reads what is written)."""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        pass


def test_the_link_goes_to_no_file(started: Care) -> None:
    result = started("web")
    assert result.refused_clearly
    assert "ne s'affiche que dans un terminal" in result.err
    assert "http" not in result.out


def test_without_the_extra_one_sentence_says_what_to_install(
    started: Care, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "textual_serve", None)  # as if it were not installed
    result = started("web")
    assert result.refused_clearly
    assert "pip install 'care-kit[web]'" in result.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--address", "192.0.2.1"], "joignable depuis d'autres postes"),
        (["--address", "0.0.0.0", "--without-tls"], "ne désigne pas une adresse précise"),
        (["--public-url", "http://care.hopital.example"], "n'est pas une adresse publique"),
        (["--dossier", "absent.care"], "n'existe pas"),
    ],
)
def test_what_it_refuses(
    started: Care,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    told: str,
) -> None:
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert run(["web", *arguments]) == (4 if "absent.care" in arguments else 2)
    assert told in capsys.readouterr().err
