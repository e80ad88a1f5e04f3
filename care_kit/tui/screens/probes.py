"""The probes: configured, planned, run with what they find as it comes, stopped, compared."""

from collections.abc import Iterable
from typing import ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.widgets import Static

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry.adding import add_reading
from care_kit.model.dossier.state import ReadingRecord
from care_kit.model.words.errors import CareError
from care_kit.model.words.french import counted, instant
from care_kit.model.words.vocabulary import ProbeKind
from care_kit.probes.exposure.journal import beside
from care_kit.tui.cards.reading import comparison_card, reading_card
from care_kit.tui.messages import WriteAsked
from care_kit.tui.scan.live import Live
from care_kit.tui.scan.runner import Scan
from care_kit.tui.scan.wire import Done, Heard, Refused, Request
from care_kit.tui.screens.place import PlaceScreen
from care_kit.tui.shell.host import Host
from care_kit.tui.views.view import View
from care_kit.tui.widgets.pane import TextPane
from care_kit.tui.widgets.rows import RowList
from care_kit.tui.wording import Part


class ProbesScreen(PlaceScreen):
    """Past readings, and the one under way."""

    PLACE = "probes"
    HINT: ClassVar[str] = "d : annuaire · e : exposition · c : comparer · x : arrêter · F1 : aide"

    class Told(Message):
        """The probe's process said something."""

        def __init__(self, heard: Heard) -> None:
            super().__init__()
            self.heard = heard

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self.live: Live | None = None
        self._typed: dict[ProbeKind, tuple[str, ...]] = {}
        self._summary = Static("", classes="title", markup=False)
        self._list: RowList[ReadingRecord] = RowList(
            self._line, "Aucun relevé (touches d et e).", name="readings"
        )
        self._pane = TextPane(name="reading")

    def body(self) -> ComposeResult:
        """How many, the list, the current reading or the run."""
        yield self._summary
        with Container(classes="split"):
            yield self._list
            yield self._pane

    def start(self) -> None:
        """The keyboard is on the list."""
        self._list.focus()

    def draw(self) -> None:
        """Readings, the last one first."""
        records = sorted(self.view.now.state.readings, key=lambda one: one.ended, reverse=True)
        self._summary.update(counted(len(records), "relevé"))
        self._list.show(records)
        self._show_current()

    def go_to(self, focus: str) -> None:
        """Which probe to run."""
        keys = {ProbeKind.DIRECTORY: "d", ProbeKind.EXPOSURE: "e"}
        if focus in list(ProbeKind):
            kind = ProbeKind(focus)
            self.tell(f"Touche {keys[kind]} : lancer la sonde « {kind.label} ».")

    def help_here(self) -> Iterable[Part]:
        """The reading under the cursor."""
        current = self._list.current
        return () if current is None else reading_card(self.view, current)

    @on(RowList.Moved)
    def moved(self) -> None:
        """Show the reading under the cursor, unless a run is watched."""
        self._show_current()

    @on(RowList.Chosen)
    def read(self) -> None:
        """Enter: the arrows now scroll the text."""
        self._pane.focus()

    def action_directory(self) -> None:
        """Ask which directory, then its password, then read it."""
        from care_kit.tui.scan import forms

        def typed(texts: tuple[str, ...] | None) -> None:
            if texts is None:
                return
            self._typed[ProbeKind.DIRECTORY] = texts
            target = forms.target(*texts)
            self.app.push_screen(
                forms.password(target),
                lambda secret: self._launch(forms.request(target, secret)) if secret else None,
            )

        if self._free():
            self.app.push_screen(forms.directory(self._typed.get(ProbeKind.DIRECTORY)), typed)

    def action_exposure(self) -> None:
        """Ask for the scope, show the plan, and run it once accepted."""
        from care_kit.tui.scan import forms

        def planned(texts: tuple[str, ...] | None) -> None:
            if texts is None:
                return
            self._typed[ProbeKind.EXPOSURE] = texts
            try:
                request, window = forms.planned(self.view, *texts)
            except CareError as error:  # the file changed between the two windows
                self.tell(f"{error.sentence} {error.next_step}")
                return
            self.app.push_screen(window, lambda yes: self._launch(request) if yes else None)

        if self._free():
            window = forms.exposure(self.view, self._typed.get(ProbeKind.EXPOSURE))
            self.app.push_screen(window, planned)

    def action_cancel(self) -> None:
        """Stop the run; what was read is kept."""
        if self.live is None:
            cast(Host, self.app).action_help_quit()
        else:
            self.live.scan.stop()
            self.tell("Arrêt du relevé : ce qui est lu est gardé…")

    def action_compare(self) -> None:
        """The current reading against another one of the same probe."""
        from care_kit.tui.windows.find import FindScreen

        current = self._list.current
        others = [
            one
            for one in self._list.rows
            if current and one.probe is current.probe and one.id != current.id
        ]
        if current is None or not others:
            self.tell("Il faut deux relevés de la même sonde pour comparer.")
            return
        window: FindScreen[ReadingRecord] = FindScreen(
            f"Comparer « {self._line(current)} » à :",
            lambda typed: [one for one in others if typed.casefold() in self._line(one).casefold()],
            self._line,
        )
        self.app.push_screen(window, lambda other: self._compare(current, other))

    @on(Told)
    def told(self, message: Told) -> None:
        """Show what the probe says; keep its reading."""
        if self.live is None:
            return
        heard = message.heard
        if isinstance(heard, Done):
            self._over()
            self.post_message(WriteAsked(lambda dossier: _keep(dossier, heard)))
        elif isinstance(heard, Refused):
            self._over()
            self.tell(f"Erreur : {heard.sentence} À faire : {heard.next_step}")
        else:
            self.live.hear(heard)
            self._show_current()

    def _launch(self, request: Request) -> None:
        self.live = Live(request, Scan(request), self.view)
        self.tell("Relevé en cours · x : arrêter, en gardant ce qui est lu")
        self._show_current()
        self._listen(self.live.scan)
        cast(Host, self.app).stops.append(self.live.scan.stop)

    @work(thread=True, group="probe", exit_on_error=False)
    def _listen(self, scan: Scan) -> None:
        for heard in scan.events():
            self.post_message(self.Told(heard))

    def _over(self) -> None:
        cast(Host, self.app).stops.clear()
        self.live = None
        self._show_current()

    def _free(self) -> bool:
        if self.live is not None:
            self.tell("Un relevé est déjà en cours (x : l'arrêter).")
        return self.live is None

    def _compare(self, one: ReadingRecord, other: ReadingRecord | None) -> None:
        from care_kit.assessment.readings.comparison import compare
        from care_kit.assessment.readings.readings import judge
        from care_kit.tui.windows.text import TextScreen

        if other is None:
            return
        content = self.view.now.content
        try:
            pair = judge(self.view.dossier, content, (one, other), self.view.today)
            found = compare(*pair)
        except CareError as error:
            self.tell(f"{error.sentence} {error.next_step}")
            return
        title = f"Sonde « {found.probe.label} » : ce qui a changé"
        self.app.push_screen(TextScreen(title, comparison_card(found, content.checks)))

    def _show_current(self) -> None:
        if self.live is not None:
            self._pane.show(self.live.parts(), self.live)
        else:
            self._pane.show(self.help_here(), self._list.current)

    def _line(self, one: ReadingRecord) -> str:
        said = self.view.now.statements.get(one.id)
        state = "complet" if one.complete else "INCOMPLET"
        target = said.target if said else ""
        replayed = " (rejoué)" if said and said.replayed else ""
        return f"{instant(one.ended)} · {one.probe.label} · {state} · {target}{replayed}"


def _keep(dossier: Dossier, done: Done) -> str:
    """A complete reading of the exposure leaves nothing to go on with; an incomplete one does."""
    said = done.statement
    add_reading(dossier, done.facts, said)
    if said.probe is ProbeKind.EXPOSURE and said.complete:
        beside(dossier.path).unlink(missing_ok=True)
    state = "complet" if said.complete else "INCOMPLET"
    return f"Relevé {state} enregistré : {said.target}. Jugement en cours…"
