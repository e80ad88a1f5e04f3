"""The full-screen application: it alone writes to the dossier, the screens show views of it."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import App
from textual.binding import Binding
from textual.screen import Screen
from textual.worker import WorkerFailed

from care_kit.model.words.errors import CareError, InputError
from care_kit.model.words.french import counted
from care_kit.model.words.vocabulary import Verdict
from care_kit.tui.messages import (
    AnswerTyped,
    Failed,
    Judged,
    Opened,
    PlaceAsked,
    UndoAsked,
    WriteAsked,
)
from care_kit.tui.shell import keys, themes
from care_kit.tui.shell.places import PLACES, Place, place
from care_kit.tui.windows.loading import LoadingScreen

if TYPE_CHECKING:
    from care_kit.dossier.dossier import Dossier
    from care_kit.tui.screens.place import PlaceScreen
    from care_kit.tui.screens.viewing import ViewScreen
    from care_kit.tui.shell.commands import Command
    from care_kit.tui.work.session import Session

LEAVE_SECONDS = 2.0
"""The longest one waits for a run that is being stopped."""
LOOK_SECONDS = 2.0
"""How often the dossier is looked at for what other windows wrote."""


class CareApp(App[None]):
    """One dossier. What made it leave is `failure`, to be told once it has left.

    `opening` opens the dossier and judges it: called in a thread once the first screen, which says
    `name`, is drawn. `mine` are the user's own keys by binding id, `told` a sentence for the first
    place.
    """

    TITLE = "care-kit"
    CSS_PATH = "care.tcss"
    ENABLE_COMMAND_PALETTE = False  # ours is in French: `action_command_palette`
    BINDINGS = [  # noqa: RUF012 - as Textual types it
        *keys.APPLICATION,
        *(Binding(one.key, f"go('{one.id}')", one.title, show=False) for one in PLACES if one.key),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012

    def __init__(
        self,
        opening: "Callable[[], Session]",
        name: str,
        *,
        place: str = "home",
        theme: str = themes.DEFAULT,
        mine: Mapping[str, str] | None = None,
        told: str = "",
    ) -> None:
        # Textual chooses its colour filter here: only with the terminal's own palette does
        # NO_COLOR mean no colour rather than greys.
        plain = themes.colourless() or theme == themes.PLAIN
        super().__init__(ansi_color=True if plain else None)
        for one in themes.THEMES.values():
            self.register_theme(one)
        self.theme = themes.PLAIN if plain else theme
        self.mine = mine or {}
        self.set_keymap(self.mine)
        self.failure: CareError | None = None
        self.session: Session | None = None
        self._opening = opening
        self._name_shown = name
        self.stops: list[Callable[[], None]] = []
        self._leaving = False
        self._judging = False
        self._first = place
        self._told = told
        self._places: dict[str, PlaceScreen] = {}
        self._here: PlaceScreen | None = None

    def get_default_screen(self) -> Screen[None]:
        """Whose dossier it is, while the rest is read."""
        return LoadingScreen(self._name_shown)

    def on_ready(self) -> None:
        """The first screen is drawn: read the rest."""
        self._open()

    @work(thread=True, group="opening", exit_on_error=False)
    def _open(self) -> None:
        """Open the dossier, read the content and judge, away from the screen."""
        try:
            self.session = self._opening()
        except CareError as error:
            self.failure = error
            self.post_message(Failed())
        else:
            self.post_message(Opened())

    @on(Failed)
    def leave(self) -> None:
        """Nothing can be shown: the command line tells why."""
        self.exit(return_code=self.failure.exit_code if self.failure else 1)

    @on(Opened)
    async def opened(self) -> None:
        """Show the first place, and look from time to time at what others write."""
        await self._go(self._first)
        if self._told:
            self.tell(self._told)
        self.set_interval(LOOK_SECONDS, self.look)

    def on_app_focus(self) -> None:
        """Back from another window: look at once."""
        self.look()

    def look(self) -> None:
        """Show what another window wrote, if anything."""
        if self.session is None:
            return
        try:
            if self.session.refresh():
                self._taken()
                self.tell("Une autre fenêtre a modifié le dossier : l'affichage est à jour.")
        except CareError as error:
            self._tell_failure(error)

    @on(WriteAsked)
    def write(self, asked: WriteAsked) -> None:
        """Run what a screen wants written; tell its sentence."""
        self._write(asked.action)

    @on(AnswerTyped)
    def save_answer(self, typed: AnswerTyped) -> None:
        """Write an answer to the dossier, at once; tell what it changed."""
        session = self.session
        if session is None:
            return
        from care_kit.model.results.wording import answered

        before = answered(session.view.now.assessment.indicators[typed.indicator])
        if self._write(lambda dossier: session.answers.give(dossier, typed)):
            after = answered(session.view.now.assessment.indicators[typed.indicator])
            self.tell(f"{typed.indicator} : « {after} » enregistré (avant : « {before} »).")

    @on(UndoAsked)
    def undo(self) -> None:
        """Take the last answer of this window back."""
        if self.session is not None:
            self._write(self.session.answers.take_back)

    @on(PlaceAsked)
    async def go(self, asked: PlaceAsked) -> None:
        """Go where a screen leads."""
        await self._go(asked.place, asked.focus)

    async def action_go(self, place_id: str) -> None:
        """Go to a place by its function key."""
        await self._go(place_id)

    async def perform(self, command: "Command") -> None:
        """Do what an entry of the palette says."""
        if command.place:
            await self._go(command.place)
        if command.action and self._here is not None:
            await self.run_action(command.action, self._here)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """« g » and « : » are characters like others in a window where one types."""
        if action in ("places", "palette"):
            return self._here is not None and self.screen is self._here
        return super().check_action(action, parameters)

    def action_places(self) -> None:
        """The menu of places."""
        from care_kit.tui.windows.menu import Choice, MenuScreen

        choices = [Choice(one.letter, one.named, one.id) for one in PLACES]
        self.push_screen(MenuScreen("Aller à", choices), self._chosen)

    def action_palette(self) -> None:
        """The palette, in French."""
        from care_kit.tui.shell import palette

        palette.open_on(self)

    def action_help(self) -> None:
        """Help on the thing under the cursor."""
        from care_kit.tui.windows.help import HelpScreen

        if self._here is not None:
            here = self._here
            self.push_screen(HelpScreen(here.help_here(), here.PLACE, self.mine))

    def action_theme(self, name: str) -> None:
        """Another look, for this session."""
        self.theme = name
        self.tell(f"Thème : {themes.TITLES[name]}. Pour le garder : care tui --theme {name}")

    async def action_quit(self) -> None:
        """Leave; a run under way ends first, and what it read is kept."""
        if not self.stops:
            self.exit()
            return
        self.tell("Arrêt du relevé en cours…")
        for stop in self.stops:
            stop()
        self._leaving = True
        self.set_timer(LEAVE_SECONDS, self.exit)

    def action_help_quit(self) -> None:
        """Ctrl+C: tell how to leave."""
        self.tell("Pour quitter : touche q. Tout est déjà enregistré.")

    def tell(self, sentence: str) -> None:
        """Write on the line of messages."""
        for one in self._viewing()[-1:]:
            one.tell(sentence)

    async def _go(self, place_id: str, focus: str = "") -> None:
        if self.session is None:
            return
        screen = self._places.get(place_id)
        if screen is None:
            screen = _screen(place(place_id))(self.session.view)
            self.install_screen(screen, place_id)
            self._places[place_id] = screen
        screen.view = self.session.view
        self._here = screen
        while len(self.screen_stack) > 2:  # windows over the place we leave
            await self.pop_screen()
        if len(self.screen_stack) == 1:
            await self.push_screen(screen)
        else:
            await self.switch_screen(screen)
        if focus:
            screen.go_to(focus)

    def _chosen(self, place_id: str | None) -> None:
        if place_id is not None:
            self.post_message(PlaceAsked(place_id))

    def _write(self, action: "Callable[[Dossier], str]") -> bool:
        """True once it is in the file; the effect is shown before anything is told."""
        if self.session is None:
            return False
        try:
            told = self.session.write(action)
        except CareError as error:
            self._show()
            self._tell_failure(error)
            return False
        self._taken()
        if told:
            self.tell(told)
        if self._leaving and not self.stops:
            self.exit()
        return True

    def _taken(self) -> None:
        """Show what was just read or written; a reading is judged before it shows."""
        self._show()
        if self.session is None or self._leaving or self._judging:
            return
        if self.session.unjudged:
            self._judging = True
            self._judge(self.session)

    @work(thread=True, group="judging", exit_on_error=False)
    def _judge(self, session: "Session") -> None:
        """A large directory takes a while: away from the screen."""
        try:
            self.post_message(Judged(session.judge()))
        except CareError as error:
            self.post_message(Judged(error))

    @on(Judged)
    def judged(self, message: Judged) -> None:
        """Show a reading with what it says; one that came meanwhile is judged in turn."""
        self._judging = False
        if self.session is None:
            return
        if isinstance(message.found, CareError):
            self._tell_failure(message.found)
            return
        self.session.judged(message.found)
        self._taken()
        failing = sum(one.verdict is Verdict.FAIL for one in message.found.findings)
        told = counted(failing, "constat en échec", "constats en échec")
        self.tell(f"Relevé jugé : {told} en tout (g puis c : les constats).")

    def _show(self) -> None:
        if self.session is not None:
            for one in self._viewing():
                one.show(self.session.view)

    def _viewing(self) -> "list[ViewScreen]":
        """The place, then what is over it and shows the dossier too."""
        from care_kit.tui.screens.viewing import ViewScreen

        return [one for one in self.screen_stack if isinstance(one, ViewScreen)]

    def _tell_failure(self, error: CareError) -> None:
        self.tell(f"Erreur : {error.sentence} À faire : {error.next_step}")

    def _handle_exception(self, error: Exception) -> None:
        """A failure of the program: keep where it broke, and leave (Textual has no public hook)."""
        from care_kit.station import crash

        if self.failure is None:  # what broke, not what carried it out of its thread
            broke = error.error if isinstance(error, WorkerFailed) else error
            self.failure = crash.told(broke, "care tui")
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Textual would print the values of every variable: nothing of the dossier is shown."""
        self._close_messages_no_wait()


def start(path: Path, author: str, today: date, theme: str) -> None:
    """Run the application on a dossier file; CareError for what kept it from going on.

    InputError for an unknown theme, and what is plainly wrong with the file, come before anything
    is drawn; unusable keys are told on the first screen.
    """
    from care_kit.dossier.journal.sqlite_file import refuse_damaged
    from care_kit.tui.shell import keymap

    if theme not in themes.TITLES:
        raise InputError(
            f"Le thème « {theme} » n'existe pas.", f"Thèmes : {', '.join(themes.TITLES)}."
        )
    refuse_damaged(path)
    mine, told = {}, ""
    try:
        mine = keymap.read(keymap.path())
    except InputError as error:  # the keys we ship serve meanwhile
        told = f"{error.sentence} {error.next_step}"
    opening = partial(_session, path, author, today)
    app = CareApp(opening, path.name, theme=theme, mine=mine, told=told)
    try:
        app.run()
    finally:
        if app.session is not None:
            app.session.dossier.close()
    if app.failure is not None:
        raise app.failure


def _session(path: Path, author: str, today: date) -> "Session":
    """Slow: called once the first screen is drawn."""
    from care_kit.catalog.content import load
    from care_kit.dossier.dossier import Dossier
    from care_kit.tui.work.session import Session

    return Session(Dossier.open(path, author), load(), today)


def _screen(one: Place) -> "type[PlaceScreen]":
    """The class of a screen, imported at its first visit, so that we start quickly."""
    module, _, name = one.where.partition(":")
    found: type[PlaceScreen] = getattr(import_module(f"care_kit.tui.screens.{module}"), name)
    return found
