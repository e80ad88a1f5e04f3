"""The money of one programme: what each line becomes, what may be asked, the three papers."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.message import Message

from care_kit.assessment.programme.funding import funding
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.events import SpendingWithdrawn
from care_kit.model.content.programme import Programme
from care_kit.model.dossier.money import Spending, SpendingKind
from care_kit.model.results.funding_file import FundedLine, FundingFile, LineState, Stage
from care_kit.model.words.french import counted
from care_kit.tui.cards import funding as funding_card
from care_kit.tui.forms import spending as spending_forms
from care_kit.tui.forms.spending import Writing
from care_kit.tui.messages import Told, WriteAsked
from care_kit.tui.screens.programme import ProgrammeScreen
from care_kit.tui.views.view import View
from care_kit.tui.windows.form import Field, FormScreen
from care_kit.tui.windows.reason import ReasonScreen, required
from care_kit.tui.wording import Part
from care_kit.tui.work.away import away
from care_kit.tui.work.looking import looked_into


class FundingScreen(ProgrammeScreen[FundedLine]):
    """Lines of spending, kept, waiting or refused, and their totals."""

    PLACE = "funding"
    HINT: ClassVar[str] = (
        "n : dépense · f : facture · c : plafond · t : période · o : suivre · w : écrire"
    )
    EMPTY: ClassVar[str] = "Aucune dépense saisie pour ce programme (touche n)."

    def draw(self) -> None:
        """Judge the lines of the programme again."""
        file = self._file()
        self._list.show(file.lines if file else ())
        self.show_card()
        if file is None or self.programme is None:
            self.summarise("Aucun programme de financement n'est connu.")
            return
        self.summarise(self.heading(self.programme), _told(file))

    def line(self, row: FundedLine) -> str:
        """State, amount, kind, label."""
        return funding_card.line(row)

    def card(self, row: FundedLine) -> Iterable[Part]:
        """Why the line counts or not, then the totals."""
        file = self._file()
        return () if file is None else funding_card.card(self.view, file, row)

    def help_here(self) -> Iterable[Part]:
        """The line under the cursor, the totals when there is none."""
        file = self._file()
        if self._list.current is None and file is not None:
            return funding_card.totals(file)
        return super().help_here()

    def action_add(self) -> None:
        """Ask for a line of spending."""
        self._ask_spending("Ajouter une dépense", None, SpendingKind.ESTIMATE)

    def action_invoice(self) -> None:
        """Ask for the invoice that takes the place of the current line."""
        current = self._list.current
        if current is None or current.spending.kind is SpendingKind.INVOICE:
            self.tell("Placez-vous sur le devis, ou l'estimation, que la facture remplace.")
            return
        title = f"Facture à la place de « {current.spending.label} »"
        self._ask_spending(title, current.spending, SpendingKind.INVOICE)

    def action_withdraw(self) -> None:
        """Ask why, then withdraw the current line."""
        if (row := self._list.current) is None:
            return
        spent = row.spending

        def write(dossier: Dossier, reason: str) -> str:
            dossier.append(SpendingWithdrawn(spent.id, reason))
            return f"Dépense retirée : {spent.label}."

        def typed(reason: str | None) -> None:
            if reason is not None:
                self.post_message(WriteAsked(partial(write, reason=reason)))

        window = ReasonScreen(
            f"Retirer « {spent.label} »",
            "Pourquoi ? Le journal garde la dépense et ce motif.",
            required("Le retrait d'une dépense demande un motif."),
        )
        self.app.push_screen(window, typed)

    def action_ceiling(self) -> None:
        """Ask for the ceiling the authority notified."""
        if (programme := self.programme) is not None:
            write = partial(spending_forms.ceiling, self.view.now.state, programme)
            self._ask("Plafond notifié par l'ARS", spending_forms.CEILING, write)

    def action_period(self) -> None:
        """Ask for the period in which spending counts."""
        if (programme := self.programme) is not None:
            write = partial(spending_forms.period, programme)
            self._ask("Période d'éligibilité des dépenses", spending_forms.PERIOD, write)

    def action_write(self) -> None:
        """Ask for a folder, then write the paper in it."""
        if (programme := self.programme) is None:
            return

        def typed(folder: str | None) -> None:
            if folder is not None:
                self.tell(f"Écriture : {self._stage.label}…")
                view, stage, to = self.view, self._stage, Path(folder).expanduser()
                away(self, "paper", lambda: _write(view, programme, stage, to))

        window = ReasonScreen(
            f"Écrire : {self._stage.label}",
            "Word à signer, PDF et annexe XLSX, dans le dossier :",
            required("Dites dans quel dossier écrire."),
            str(Path.cwd()),
        )
        self.app.push_screen(window, typed)

    def _ask_spending(self, title: str, before: Spending | None, kind: SpendingKind) -> None:
        if (programme := self.programme) is not None:
            replaces = before.id if before else ""
            state = self.view.now.state
            write = partial(spending_forms.spending, state, programme, replaces)
            note = f"Objectifs : {', '.join(one.id for one in programme.objectives)}."
            self._ask(title, spending_forms.fields(before, kind), write, note)

    def _ask(
        self,
        title: str,
        fields: Sequence[Field],
        writing: Callable[..., Writing],
        note: str = "",
    ) -> None:
        """A window; `writing` checks what was typed and gives what the application runs."""

        def typed(texts: tuple[str, ...] | None) -> None:
            if texts is not None:
                self.post_message(WriteAsked(writing(*texts)))

        self.app.push_screen(FormScreen(title, fields, writing, note), typed)

    def _file(self) -> FundingFile | None:
        programme, now = self.programme, self.view.now
        if programme is None:
            return None
        return funding(programme, now.state, now.objectives[programme.id], self._stage)


def _told(file: FundingFile) -> str:
    counts = {state: sum(one.state is state for one in file.lines) for state in LineState}
    parts = [
        counted(counts[LineState.KEPT], "ligne retenue", "lignes retenues"),
        f"{counts[LineState.WAITING]} à compléter",
        counted(counts[LineState.REFUSED], "écartée"),
    ]
    return " · ".join((*parts, file.totals[-1]))


def _write(view: View, programme: Programme, stage: Stage, to: Path) -> Message:
    from care_kit.exporters.gather import material
    from care_kit.exporters.papers.essential import warnings
    from care_kit.exporters.papers.write import write_paper
    from care_kit.station.writing import folder

    gathered = material(view.dossier, looked_into(view), programme.id)
    paths = write_paper(gathered, programme.id, stage, folder(to))
    names = ", ".join(one.name for one in paths)
    written = f"{stage.label.capitalize()} écrite dans {paths[0].parent} : {names}."
    return Told(" ".join((written, *warnings(gathered, programme))))
