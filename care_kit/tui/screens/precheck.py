"""What an examiner would refuse, and the days to keep; Enter leads to where it is dealt with."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.message import Message

from care_kit.assessment.examiner.precheck import open_counter, ready
from care_kit.assessment.programme.calendar import deadlines
from care_kit.assessment.standing.situation import Situation
from care_kit.model.results.assessment import Gravity, Remark
from care_kit.model.results.calendar import Deadline, DeadlineState
from care_kit.model.words.french import counted, day
from care_kit.tui.messages import PlaceAsked, Told
from care_kit.tui.screens.listing import ListScreen
from care_kit.tui.shell.places import place
from care_kit.tui.views import leads
from care_kit.tui.views.view import View
from care_kit.tui.windows.reason import ReasonScreen, required
from care_kit.tui.wording import Part
from care_kit.tui.work.away import away
from care_kit.tui.work.looking import looked_into

Row = Remark | Deadline
GRAVITIES = {Gravity.BLOCKING: "[!!]", Gravity.WARNING: "[ ?]", Gravity.FORESEEN: "[ >]"}
STATES = {DeadlineState.OVERDUE: "[!!]", DeadlineState.RUNNING: "[ >]"}
_TURNS = (None, *Gravity)
_NEXT = dict(zip(_TURNS, (*_TURNS[1:], None), strict=True))


class PrecheckScreen(ListScreen[Row]):
    """Remarks, blocking ones first; « prêt » is said only once every document was opened."""

    PLACE = "precheck"
    HINT: ClassVar[str] = "Entrée : y aller · v : gravité · e : échéances · w : liste à imprimer"
    EMPTY: ClassVar[str] = "Aucune remarque."

    class Looked(Message):
        """A worker opened the documents of a view."""

        def __init__(self, view: View, found: Situation) -> None:
            super().__init__()
            self.view = view
            self.found = found

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._words = ""
        self._gravity: Gravity | None = None
        self._dated = False
        self._found: Situation | None = None

    def draw(self) -> None:
        """What is known at once, then what the documents say."""
        view, self._found = self.view, None
        self._list_rows()
        away(self, "precheck", lambda: self.Looked(view, looked_into(view, thorough=True)))

    @on(Looked)
    def looked(self, message: Looked) -> None:
        """The verdict, unless something newer is awaited."""
        if message.view is self.view:
            self._found = message.found
            self._list_rows()

    def line(self, row: Row) -> str:
        """State, subject or days, sentence."""
        if isinstance(row, Remark):
            return f"{_gravity(row)} {row.subject} · {row.sentence}"
        return f"{_state(row, self.view)} {row.when} · {row.kind.label} · {row.title}"

    def card(self, row: Row) -> Iterator[Part]:
        """The whole sentence, the next step, and where Enter leads."""
        if isinstance(row, Remark):
            yield "", f"{_gravity(row)} {row.subject}".rstrip(), "bold"
            yield "", row.sentence, ""
        else:
            yield "", row.title, "bold"
            yield "", f"{_state(row, self.view)} {row.when} · {row.kind.label}", ""
            yield "", f"Sujet : {row.subject or 'tout le dossier'}", ""
        if row.next_step:
            yield "", f"À faire : {row.next_step}", ""
        yield "", f"Entrée : {place(self._lead(row)[0]).title}", ""

    def enter(self) -> None:
        """Enter: go where it is dealt with."""
        if (row := self._list.current) is not None:
            self.post_message(PlaceAsked(*self._lead(row)))

    def action_calendar(self) -> None:
        """Deadlines, then remarks again."""
        self._dated = not self._dated
        self._list_rows()

    def action_gravity(self) -> None:
        """Blocking remarks, the others, all of them."""
        self._gravity, self._dated = _NEXT[self._gravity], False
        self._list_rows()

    def action_filter(self) -> None:
        """Ask for words."""

        def typed(words: str | None) -> None:
            if words is not None:
                self._words = words
                self._list_rows()

        window = ReasonScreen(
            "Filtrer", "Mots cherchés dans la ligne (rien : toutes) :", lambda _: "", self._words
        )
        self.app.push_screen(window, typed)

    def action_write(self) -> None:
        """Ask for a file, then write the list to print in it."""

        def typed(file: str | None) -> None:
            if file is not None:
                self.tell("Écriture de la liste de contrôle…")
                view, target = self.view, Path(file).expanduser()
                away(self, "checklist", lambda: _write(view, target))

        window = ReasonScreen(
            "Liste de contrôle à imprimer",
            "Fichier à écrire, en .pdf ou .html :",
            required("Donnez un nom de fichier."),
            str(Path.cwd() / "controle.pdf"),
        )
        self.app.push_screen(window, typed)

    def _lead(self, row: Row) -> leads.Lead:
        if isinstance(row, Remark):
            return leads.of_remark(self.view, row)
        return leads.of_deadline(row)

    def _list_rows(self) -> None:
        now = self._found or self.view.now
        words = self._words.casefold().split()
        rows = [
            one
            for one in self._rows(now)
            if all(word in self.line(one).casefold() for word in words)
        ]
        none = "Rien ne correspond." if words or self._gravity else self.EMPTY
        self._list.show(rows, none if not self._dated else "Aucune échéance.")
        self.show_card()
        self.summarise(self._verdict(now), self._kept(len(rows)))

    def _rows(self, now: Situation) -> Iterable[Row]:
        if self._dated:
            found = deadlines(now.state, now.followed, now.questionnaire, now.statements)
            return [one for one in found if one.state(self.view.today) is not DeadlineState.OVER]
        return [one for one in now.remarks if self._gravity in (None, one.gravity)]

    def _verdict(self, now: Situation) -> str:
        blocking = sum(one.gravity is Gravity.BLOCKING for one in now.remarks)
        points = counted(blocking, "point bloquant", "points bloquants")
        told = f"{points}, {len(now.remarks) - blocking} à revoir, au {day(self.view.today)}"
        if not now.followed:
            return f"[X] Pas prêt : aucun programme suivi ; {told}"
        if self._found is None:
            return f"[…] Ouverture des documents : {told}"
        if not open_counter(now.followed, now.today):
            return f"[X] Aucun guichet ouvert, rien à déposer : {told}"
        done = ready(now.remarks, now.followed, now.today)
        return f"[v] Prêt : {told}" if done else f"[X] Pas prêt : {told}"

    def _kept(self, count: int) -> str:
        what = counted(count, "échéance" if self._dated else "remarque")
        gravity = f"gravité : {self._gravity.label if self._gravity else 'toutes'}"
        words = f"filtre : « {self._words} »" if self._words else ""
        return " · ".join(one for one in (what, "" if self._dated else gravity, words) if one)


def _gravity(one: Remark) -> str:
    return f"{GRAVITIES[one.gravity]} {one.gravity.label:<8}"


def _state(one: Deadline, view: View) -> str:
    state = one.state(view.today)
    return f"{STATES.get(state, '[  ]')} {state.label:<8}"


def _write(view: View, target: Path) -> Message:
    from care_kit.exporters.checklist import write_checklist
    from care_kit.station.writing import write_file

    made_at = datetime.now(UTC).replace(microsecond=0)
    content = write_checklist(looked_into(view, thorough=True), made_at, target)
    return Told(f"Liste de contrôle écrite : {write_file(target, content)}")
