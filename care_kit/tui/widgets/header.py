"""The line shared by every place: whose dossier, who may read it, where we are."""

from rich.cells import cell_len
from textual.widgets import Static

from care_kit.model.words.french import cut
from care_kit.model.words.vocabulary import Tlp
from care_kit.tui.wording import one_line

SCREEN_TLP = Tlp.RED
"""Accounts and hosts are named on the screen, as in the complete export profile."""


class HeaderLine(Static):
    """Establishment on the left, marking and place on the right."""

    def __init__(self, place: str) -> None:
        super().__init__(id="header", markup=False)
        self._place = place
        self._establishment = ""

    def show(self, establishment: str) -> None:
        """Name the establishment."""
        self._establishment = establishment
        self._draw()

    def on_resize(self) -> None:
        """The name takes the room there is."""
        self._draw()

    def _draw(self) -> None:
        right = f"{SCREEN_TLP} · {self._place}"
        room = self.size.width - cell_len(right) - 1
        if room > 0:
            name = cut(one_line(self._establishment), room)
            self.update(name + " " * (room + 1 - cell_len(name)) + right)
