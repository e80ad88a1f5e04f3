"""Spaces as French prints them, in a sentence and in a page."""

import pytest

from care_kit.model.words.spacing import spaced, spaced_page

N = "\u00a0"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Quoi ?", f"Quoi{N}?"),
        ("un ; deux : trois !", f"un{N}; deux{N}: trois{N}!"),
        ("« mot » et 12 % ou 3 €.", f"«{N}mot{N}» et 12{N}% ou 3{N}€."),
        ("https://a.example/?q=1 et 08:30", "https://a.example/?q=1 et 08:30"),
        ("dc=exemple ;x", "dc=exemple ;x"),
    ],
)
def test_high_signs_never_begin_a_line(typed: str, printed: str) -> None:
    assert spaced(typed) == printed
    assert spaced(printed) == printed


def test_only_what_is_read_changes_in_a_page() -> None:
    page = '<style>a : b</style><p title="un : deux">un : deux</p><code>x ; y</code> non ?'
    assert spaced_page(page) == (
        f'<style>a : b</style><p title="un : deux">un{N}: deux</p><code>x ; y</code> non{N}?'
    )
