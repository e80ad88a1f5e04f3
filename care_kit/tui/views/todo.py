"""The next best steps, in order: what blocks first, then what weakens."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from care_kit.dossier.folding.migration import sentence
from care_kit.model.content.questionnaire import Indicator
from care_kit.model.results.assessment import Gravity, Remark
from care_kit.model.results.calendar import DeadlineKind, DeadlineState
from care_kit.model.words.french import counted
from care_kit.model.words.vocabulary import ProbeKind, Verdict
from care_kit.tui.views.view import View

_SOON_DAYS = 60
_PLACES = {
    DeadlineKind.PIECE: "evidence",
    DeadlineKind.READING: "probes",
    DeadlineKind.RISK: "findings",
    DeadlineKind.ACTION: "plan",
    DeadlineKind.PERIOD: "funding",
    DeadlineKind.MILESTONE: "funding",
}
"""Where each kind of deadline is met."""
MIGRATION = "migration"
"""What the first screen stands on to show the answers to older questions."""
_SHOWN = 12
"""Steps of one kind that are listed; the screen they lead to has the rest."""


@dataclass(frozen=True)
class Step:
    """One thing to do, and where: `focus` names what to stand on there."""

    text: str
    help: str
    place: str
    focus: str = ""


def steps(view: View) -> tuple[Step, ...]:
    """Changed questions, copies that disagree, unanswered socle, conflicts, deadlines, probes
    never run, missing pieces, marks, the rest.
    """
    return (
        *_changed(view),
        *_copies(view),
        *_socle(view),
        *_conflicts(view),
        *_deadlines(view),
        *_probes(view),
        *_blocking(view),
        *_marks(view),
        *_rest(view),
    )


def _changed(view: View) -> Iterator[Step]:
    """Answers to older questions that nobody went over yet."""
    if told := sentence(view.migration):
        yield Step(told, "Entrée montre le devenir de chaque réponse.", "home", MIGRATION)


def _copies(view: View) -> Iterator[Step]:
    """What merged copies say differently, which widens the result until somebody chooses."""
    found = view.now.state.disputes
    help_text = "En attendant, c'est le mot qui aide le moins qui compte."
    for one in found[:_SHOWN]:
        yield Step(f"Choisir entre les copies : {one.title}", help_text, "conflicts")
    yield from _more(len(found), "conflit entre copies", "conflits entre copies", "conflicts")


def _socle(view: View) -> Iterator[Step]:
    left = [one for one in view.questions if one.socle and _silent(view, one)]
    help_text = "Une question du socle sans réponse bloque le niveau et le contrôle avant envoi."
    for one in left[:_SHOWN]:
        yield Step(f"Répondre (socle) : {one.id} {one.title}", help_text, "questions", one.id)
    yield from _more(len(left), "question du socle", "questions du socle", "questions")


def _conflicts(view: View) -> Iterator[Step]:
    titles = _titles(view)
    for found in view.now.assessment.conflicts:
        if not found.explanation:
            yield Step(
                f"Conflit à expliquer : {found.indicator} {titles[found.indicator]}",
                "La réponse contredit la mesure. Corrigez-la, ou expliquez l'écart (touche e).",
                "questions",
                found.indicator,
            )


def _deadlines(view: View) -> Iterator[Step]:
    """What is overdue, then what ends soon."""
    soon = view.today + timedelta(days=_SOON_DAYS)
    for one in view.deadlines:
        state = one.state(view.today)
        if state is DeadlineState.OVER or one.last > soon:
            continue
        yield Step(
            f"{state.label.capitalize()} : {one.when} · {one.title}",
            one.next_step or f"{one.kind.label.capitalize()} : {one.subject}.",
            _PLACES[one.kind],
            one.subject,
        )


def _probes(view: View) -> Iterator[Step]:
    run = {one.probe for one in view.now.state.readings}
    for probe in ProbeKind:
        if probe not in run:
            yield Step(
                f"Lancer la sonde « {probe.label} » : elle n'a jamais été lancée",
                "Ce qui est mesuré vaut plus que ce qui est déclaré.",
                "probes",
                probe,
            )


def _blocking(view: View) -> Iterator[Step]:
    """What else an examiner would refuse."""
    titles = _titles(view)
    told = [one for one in view.now.remarks if one.gravity is Gravity.BLOCKING]
    left = [one for one in told if not _already(view, one)]
    for one in left[:_SHOWN]:
        place = "questions" if one.subject in titles else "evidence"
        text = f"À compléter : {one.subject} · {one.sentence}"
        yield Step(text, one.next_step, place, one.subject)
    yield from _more(len(left), "point bloquant", "points bloquants", "questions")


def _already(view: View, remark: Remark) -> bool:
    """Told by a step before: a silent socle, a conflict without explanation."""
    found = view.now.assessment.indicators.get(remark.subject)
    if found is None:
        return False
    silent = found.state is None and found.measured is None
    return silent or (found.conflict and not found.explanation)


def _marks(view: View) -> Iterator[Step]:
    titles = _titles(view)
    for one in view.now.state.marks.values():
        if one.indicator in titles:
            yield Step(
                f"À revoir : {one.indicator} {titles[one.indicator]}",
                f"Marquée par {one.author}. Touche w sur la question pour retirer la marque.",
                "questions",
                one.indicator,
            )


def _rest(view: View) -> Iterator[Step]:
    left = [one for one in view.questions if not one.socle and _silent(view, one)]
    if left:
        yield Step(
            f"Répondre à {counted(len(left), 'autre question', 'autres questions')}",
            "Chaque réponse resserre l'indice.",
            "questions",
            left[0].id,
        )
    failing = sum(one.verdict is Verdict.FAIL for one in view.now.findings)
    if failing:
        yield Step(
            f"Regarder {counted(failing, 'constat en échec', 'constats en échec')}",
            "Chaque constat dit comment le corriger.",
            "findings",
        )


def _more(total: int, singular: str, plural: str, place: str) -> Iterator[Step]:
    if total > _SHOWN:
        left = counted(total - _SHOWN, f"autre {singular}", f"autres {plural}")
        yield Step(f"… et {left}", "La suite est dans l'écran.", place)


def _silent(view: View, one: Indicator) -> bool:
    found = view.now.assessment.indicators[one.id]
    return found.state is None and found.measured is None


def _titles(view: View) -> Mapping[str, str]:
    return {one.id: one.title for one in view.questions}
