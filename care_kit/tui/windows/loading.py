"""The first thing drawn, while the content is read and the dossier judged."""

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from care_kit.tui.widgets.header import HeaderLine


class LoadingScreen(Screen[None]):
    """Names the dossier at once."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._header = HeaderLine("Ouverture")
        self._shown = name

    def compose(self) -> ComposeResult:
        """The header and one sentence."""
        yield self._header
        yield Static("Lecture du contenu et du dossier…", markup=False)

    def on_mount(self) -> None:
        """Whose dossier it is."""
        self._header.show(self._shown)
