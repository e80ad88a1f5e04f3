"""A run as it is watched: how far it is, and what already fails."""

from collections.abc import Iterator
from time import monotonic

from care_kit.model.facts.finding import Finding
from care_kit.model.facts.scope import Scope
from care_kit.model.words.french import seconds
from care_kit.probes.exposure.pieces import Piece
from care_kit.tui.scan import partial
from care_kit.tui.scan.runner import Scan
from care_kit.tui.scan.wire import ExposureRequest, Progress, Request, Seen
from care_kit.tui.views.sift import where
from care_kit.tui.views.view import View
from care_kit.tui.wording import Part

SHOWN = 60


class Live:
    """What one run has told so far."""

    def __init__(self, request: Request, scan: Scan, view: View) -> None:
        self.scan = scan
        self._checks = view.now.content.checks
        self._scope = _scope(request)
        self._begun = monotonic()
        self._steps: dict[str, int] = {}
        self._pieces: list[Piece] = []
        self._failures: tuple[Finding, ...] = ()

    def hear(self, message: Progress | Seen) -> None:
        """Take in a step, or a finished part with what it shows."""
        if isinstance(message, Progress):
            self._steps[message.step] = message.count
        elif self._scope is not None:
            self._pieces.append(message.piece)
            self._failures = partial.failures(self._scope, self._pieces, self._checks)

    def parts(self) -> Iterator[Part]:
        """The steps, then the failures found so far."""
        yield "", f"Relevé en cours depuis {seconds(round(monotonic() - self._begun))}", "bold"
        for step, count in self._steps.items():
            yield "  ", f"{step} : {count}", ""
        if self._scope is None:
            yield "", "Les constats viennent à la fin : ils demandent l'annuaire entier.", ""
            return
        yield "", f"Échecs déjà constatés (provisoire) : {len(self._failures)}", "bold"
        for one in self._failures[:SHOWN]:
            rank = one.severity.label if one.severity else ""
            yield "[X] ", f"{rank} {where(one)} : {self._checks[one.check].title}", ""


def _scope(request: Request) -> Scope | None:
    if not isinstance(request, ExposureRequest):
        return None
    from care_kit.probes.exposure.scope import read_scope

    return read_scope(request.scope)[0]
