"""A small window of fields; Enter goes to the next one, then gives them all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from care_kit.model.words.errors import CareError


@dataclass(frozen=True)
class Field:
    """One line to type; `secret` hides it and leaves its spaces alone."""

    label: str
    before: str = ""
    secret: bool = False


class FormScreen(ModalScreen[tuple[str, ...] | None]):
    """Returns the texts typed once `refused` raises nothing on them, None when given up."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Renoncer"),
        Binding("enter", "next", "Suivant", priority=True),
    ]

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        refused: Callable[..., object] = lambda *_: None,
        note: str = "",
    ) -> None:
        """`refused` gets the texts, one argument each, and raises a CareError against them."""
        super().__init__()
        self._title = title
        self._note = note
        self._fields = fields
        self._refused = refused
        self._given = False
        self._inputs = [Input(one.before, password=one.secret, compact=True) for one in fields]

    def compose(self) -> ComposeResult:
        """Title, fields, the line where a refusal is told; the keys stay on the border."""
        with VerticalScroll(id="window") as window:
            window.border_subtitle = "Entrée : champ suivant, puis valider · Échap : renoncer"
            yield Static(self._title, classes="title", markup=False)
            if self._note:
                yield Static(self._note, markup=False)
            for one, typed in zip(self._fields, self._inputs, strict=True):
                yield Static(f"{one.label} :", markup=False)
                yield typed
            yield Static("", id="refusal", markup=False)

    def on_mount(self) -> None:
        """The first empty field."""
        empty = [one for one in self._inputs if not one.value]
        (empty or self._inputs)[0].focus()

    def action_next(self) -> None:
        """The next field, at once: what is typed or pasted after Enter goes there.

        After the last one, everything, unless it is refused.
        """
        if not isinstance(self.focused, Input):
            return
        at = self._inputs.index(self.focused) + 1
        if at < len(self._inputs):
            self.set_focus(self._inputs[at])
            return
        late = set(self._inputs)

        def read(one: Input) -> None:
            late.discard(one)
            if not late:
                self._give()

        for one in self._inputs:  # each takes in first what was typed in it before Enter
            one.call_later(read, one)

    def _give(self) -> None:
        """Once: Enter may have been pressed twice."""
        if self._given:
            return
        pairs = zip(self._fields, self._inputs, strict=True)
        texts = tuple(one.value if field.secret else one.value.strip() for field, one in pairs)
        try:
            self._refused(*texts)
        except CareError as error:
            told = f"{error.sentence} {error.next_step}"
            line = self.query_one("#refusal", Static)
            line.update(told)
            line.call_after_refresh(line.scroll_visible, animate=False)  # a form may be longer
        else:
            self._given = True
            self.dismiss(texts)
