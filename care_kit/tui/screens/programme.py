"""What the screens about one programme and one of its three papers share."""

from typing import ClassVar, TypeVar

from textual.binding import BindingType

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.events import ProgrammeFollowed
from care_kit.model.content.programme import Programme
from care_kit.model.results.funding_file import Stage
from care_kit.tui.messages import WriteAsked
from care_kit.tui.screens.listing import ListScreen
from care_kit.tui.views.view import View
from care_kit.tui.windows.find import FindScreen
from care_kit.tui.windows.menu import Choice, MenuScreen

T = TypeVar("T")


class ProgrammeScreen(ListScreen[T]):
    """Opens on the first programme followed, else on the first there is."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._stage = Stage.APPLICATION
        self._chosen = ""

    @property
    def programme(self) -> Programme | None:
        """The programme shown; None when the content holds none."""
        known = self.view.now.content.programmes
        first = next(iter(self.view.now.followed or known), "")
        return known.get(self._chosen or first)

    def go_to(self, focus: str) -> None:
        """A programme by its id."""
        if focus in self.view.now.content.programmes:
            self._choose(focus)

    def heading(self, programme: Programme) -> str:
        """The programme, whether it is followed, and the paper."""
        return f"{self._line_of(programme)} · {self._stage.label}"

    def action_programme(self) -> None:
        """Choose the programme to show."""
        known = list(self.view.now.content.programmes.values())

        def matching(typed: str) -> list[Programme]:
            words = typed.casefold().split()
            return [one for one in known if all(word in _words(one) for word in words)]

        window: FindScreen[Programme] = FindScreen("Programme", matching, self._line_of)
        self.app.push_screen(window, lambda one: self._choose(one.id) if one else None)

    def action_paper(self) -> None:
        """Choose one of the three papers."""
        choices = [Choice(one.value[0], one.label, one.value) for one in Stage]

        def chosen(value: str | None) -> None:
            if value is not None:
                self._stage = Stage(value)
                self.draw()

        self.app.push_screen(MenuScreen("Document", choices), chosen)

    def action_follow(self) -> None:
        """Follow the programme, or cease."""
        programme = self.programme
        if programme is None:
            return
        wanted = programme.id not in self.view.now.followed

        def write(dossier: Dossier) -> str:
            dossier.append(ProgrammeFollowed(programme.id, wanted))
            return f"{programme.title} : {'suivi' if wanted else 'non suivi'}."

        self._chosen = programme.id
        self.post_message(WriteAsked(write))

    def _choose(self, programme_id: str) -> None:
        self._chosen = programme_id
        self.draw()

    def _line_of(self, one: Programme) -> str:
        mark = "[x] suivi" if one.id in self.view.now.followed else "[ ] non suivi"
        return f"{one.id} {mark} · {one.title}"


def _words(one: Programme) -> str:
    return f"{one.id} {one.title}".casefold()
