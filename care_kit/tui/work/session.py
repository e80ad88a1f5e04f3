"""The open dossier and what is known of it: written and recomputed here, and nowhere else."""

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from datetime import date
from typing import TypeVar

from care_kit.assessment.standing.situation import Situation, reassess, situation
from care_kit.catalog.content import Content
from care_kit.dossier.dossier import Dossier
from care_kit.model.dossier.state import DossierState
from care_kit.model.words.errors import ContentError
from care_kit.tui.views.view import View
from care_kit.tui.work.answers import Answers

T = TypeVar("T")


class Session:
    """One dossier, one questionnaire, one day. ContentError when there is nothing to ask."""

    def __init__(self, dossier: Dossier, content: Content, today: date) -> None:
        self.dossier = dossier
        self._today = today
        now = situation(dossier, content, today)
        if not now.questionnaire.indicators:
            raise ContentError(
                f"Le questionnaire « {now.questionnaire.id} » ne contient aucune question.",
                "Corrigez ou retirez ce fichier de votre surcouche.",
            )
        self.answers = Answers(now.questionnaire, today)
        self.show(now)

    def show(self, now: Situation) -> None:
        """Take a situation for the present one."""
        self.view = View(now, self.dossier, self._today)

    def write(self, action: Callable[[Dossier], T]) -> T:
        """Run what writes to the dossier, then recompute. CareError when it is refused."""
        try:
            return action(self.dossier)
        finally:
            self.refresh()

    def refresh(self) -> bool:
        """Take in what was written, here or in another window; True when there was something.

        Without news it costs one look at the last event. A reading just added stays out of sight,
        and `unjudged`, until `judge` was run; the questionnaire stays the one on the screen.
        """
        before, state = self.view.now, self.dossier.refresh()
        if state.head == before.state.head:
            return False
        self._take(state, before)
        return True

    @property
    def unjudged(self) -> bool:
        """True when the dossier holds readings that nobody has judged yet."""
        return self.dossier.state.readings != self.view.now.state.readings

    def judge(self) -> Situation:
        """Judge the readings again. Slow, and changes nothing: called away from the screen.

        On a copy, whose state stays as it is; never on the file opened twice, since closing the
        second one would lift, on POSIX systems, the locks the first one relies on.
        """
        return situation(copy(self.dossier), self.view.now.content, self._today)

    def judged(self, found: Situation) -> None:
        """Show the readings of `found`, with all that was written meanwhile."""
        self._take(self.dossier.state, found)

    def _take(self, state: DossierState, known: Situation) -> None:
        """A state, seen with the readings that are judged."""
        self.show(reassess(known, state=replace(state, readings=known.state.readings)))
