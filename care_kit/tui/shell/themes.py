"""Four looks; no state is told by colour in any of them."""

import os

from textual.theme import Theme

NO_COLOR = "NO_COLOR"
PLAIN = "ansi-dark"
"""Textual's theme of the terminal's own colours: the only one in which NO_COLOR means none."""

THEMES = {
    "sombre": Theme(
        name="sombre",
        primary="#7aa2c8",
        secondary="#9ab8a0",
        warning="#e0b060",
        error="#e08080",
        success="#8cc09a",
        accent="#c8a878",
        foreground="#e6e6e6",
        background="#14181d",
        surface="#1c2229",
        panel="#262e37",
        dark=True,
    ),
    "clair": Theme(
        name="clair",
        primary="#1f4e79",
        secondary="#2f6b45",
        warning="#7a4b00",
        error="#9c1c1c",
        success="#1f6b3a",
        accent="#6b3fa0",
        foreground="#1a1a1a",
        background="#fafafa",
        surface="#f0f0f0",
        panel="#e2e6ea",
        dark=False,
    ),
    "contraste": Theme(
        name="contraste",
        primary="#ffff00",
        secondary="#00ffff",
        warning="#ffff00",
        error="#ffffff",
        success="#ffffff",
        accent="#00ffff",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#000000",
        dark=True,
    ),
}
TITLES = {
    "sombre": "sombre",
    "clair": "clair",
    "contraste": "contraste élevé",
    PLAIN: "couleurs du terminal",
}
DEFAULT = "sombre"


def colourless() -> bool:
    """True when the person asked for no colour at all."""
    return bool(os.environ.get(NO_COLOR))
