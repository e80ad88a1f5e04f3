"""What shows a view of the dossier and has a line of messages: a place, or a page over it."""

from abc import abstractmethod
from typing import Any

from textual.screen import Screen

from care_kit.tui.views.view import View


class ViewScreen(Screen[Any]):
    """The application gives each one the new view after a change."""

    view: View

    @abstractmethod
    def show(self, view: View) -> None:
        """Show another view."""

    @abstractmethod
    def tell(self, sentence: str) -> None:
        """Write on the line of messages."""
