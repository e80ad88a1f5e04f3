"""The text of one question: what is asked, what was said, what was measured, what proves it."""

from collections import Counter
from collections.abc import Iterator

from care_kit.dossier.entry.answering import choices
from care_kit.model.content.questionnaire import Domain, Indicator
from care_kit.model.facts.finding import Finding
from care_kit.model.results.assessment import IndicatorResult
from care_kit.model.results.wording import answered, interval
from care_kit.model.words.french import counted, day
from care_kit.model.words.vocabulary import AnswerState, Verdict
from care_kit.tui.views.order import Entry
from care_kit.tui.views.view import View
from care_kit.tui.wording import NUANCES, Part, mark

SHOWN_FINDINGS = 5
BLANK: Part = ("", "", "")
_TOLD = (Verdict.FAIL, Verdict.ERROR, Verdict.NOT_TESTED)


def of(view: View, entry: Entry) -> Iterator[Part]:
    """The card of what the list stands on, as parts (prefix, text, style) to lay out."""
    return question(view, entry) if isinstance(entry, Indicator) else domain(view, entry)


def question(view: View, indicator: Indicator) -> Iterator[Part]:
    """One question: state, declared beside measured, choices, then what helps to answer."""
    found = view.now.assessment.indicators[indicator.id]
    socle = " · socle" if indicator.socle else ""
    yield "", f"{indicator.id}{socle} · {mark(found)} {answered(found)}", ""
    answer = view.now.state.answers.get(indicator.id)
    if answer is not None and answer.reason:
        yield "", f"Motif : {answer.reason}", ""
    if answer is not None and answer.entities:
        yield "", f"Pour {view.named(answer.entities)} seulement.", "bold"
    yield "", indicator.title, "bold"
    if indicator.measured is not None:
        yield "", _standing(found), "bold" if found.conflict else ""
    if found.conflict:
        yield "", f"Explication : {found.explanation or 'à compléter (touche e)'}", ""
    yield "", indicator.question, ""
    yield BLANK
    yield from levels(view, indicator, found)
    yield from _remarks(view, indicator)
    yield from _measure(view, indicator)
    yield from _help(view, indicator, found)


def domain(view: View, shown: Domain) -> Iterator[Part]:
    """A domain: how much of it is answered, and what disagrees."""
    questions = view.by_domain[shown.id]
    results = [view.now.assessment.indicators[one.id] for one in questions]
    said = sum(one.state is not None for one in results)
    yield "", shown.title, "bold"
    yield BLANK
    yield "", f"Questions répondues : {said} sur {len(results)}.", ""
    conflicts = [one.indicator for one in results if one.conflict]
    yield "", f"Conflits : {', '.join(conflicts) or 'aucun'}.", ""
    yield BLANK
    yield "", "Entrée : plier ou déplier ce domaine.", ""


def help_on(view: View, entry: Entry) -> Iterator[Part]:
    """What F1 tells of a question or a domain."""
    if isinstance(entry, Domain):
        yield from domain(view, entry)
        return
    yield "", f"{entry.id} : {entry.title}", "bold"
    yield from _help(view, entry, view.now.assessment.indicators[entry.id])


def _standing(found: IndicatorResult) -> str:
    """Declared beside measured, on one line."""
    said = answered(found).removeprefix("niveau ")
    conflict = " · CONFLIT" if found.conflict else ""
    return f"Déclaré : {said} · Mesuré : {interval(found.measured, 'non mesuré')}{conflict}"


def levels(view: View, indicator: Indicator, found: IndicatorResult) -> Iterator[Part]:
    """What can be answered, the answer given being marked."""
    for level in sorted(indicator.levels):
        yield _choice(str(level), indicator.levels[level], found.declared == level)
    nuanced = found.state in (AnswerState.PARTIAL, AnswerState.EQUIVALENT)
    other = f"{choices(indicator)} {NUANCES}".lstrip()
    yield _choice("v", other, chosen=nuanced or bool(found.typed))
    yield _choice("?", "Ne sais pas (compte zéro).", found.state is AnswerState.UNKNOWN)
    refused = found.state is AnswerState.NOT_APPLICABLE
    yield _choice("x", "Non applicable (motif demandé).", refused)
    answer = view.now.state.answers.get(indicator.id)
    if answer is not None:
        if answer.comment:
            yield "      ", f"Commentaire : {answer.comment}", ""
        yield "      ", f"Répondu par {answer.author}, le {day(answer.at.astimezone())}.", ""


def _remarks(view: View, indicator: Indicator) -> Iterator[Part]:
    """What the team left on the question."""
    asked = view.now.state.marks.get(indicator.id)
    if asked is not None:
        yield "", f"À revoir : {asked.author}, le {day(asked.at.astimezone())}.", "bold"
    for one in view.comments.get(indicator.id, ()):
        yield "# ", f"{one.author}, le {day(one.at.astimezone())} : {one.text}", ""


def _choice(key: str, text: str, chosen: bool) -> Part:
    return f"({'*' if chosen else ' '}) {key} ", text, "bold" if chosen else ""


def _measure(view: View, indicator: Indicator) -> Iterator[Part]:
    """The findings behind the measure: counts, then those that are not conform."""
    yield BLANK
    if indicator.measured is None:
        yield "", "Aucune sonde ne mesure cette question.", ""
        return
    if indicator.measured.directory_level:
        for one in view.now.assessment.directory:
            level, points = interval(one.level), f"{one.decided} points décidés sur {one.total}"
            yield "- ", f"Annuaire {one.forest} : niveau {level} sur 5, {points}.", ""
    checks = dict.fromkeys(one.check for one in indicator.measured.checks)
    mine = [one for check in checks for one in view.by_check.get(check, ())]
    if not mine and not view.now.assessment.directory:
        yield "", "Aucun relevé ne mesure encore cette question (« care probe »).", ""
    if mine:
        counts = Counter(one.verdict for one in mine)
        yield "", ", ".join(f"{verdict.label} : {counts[verdict]}" for verdict in Verdict), ""
    told = [one for verdict in _TOLD for one in mine if one.verdict is verdict]
    for finding in told[:SHOWN_FINDINGS]:
        yield "- ", _finding(view, finding), ""
    if len(told) > SHOWN_FINDINGS:
        others = counted(len(told) - SHOWN_FINDINGS, "autre")
        yield "- ", f"et {others} : écran Constats.", ""


def _finding(view: View, one: Finding) -> str:
    check = view.now.content.checks.get(one.check)
    where = f"{one.target}:{one.port}" if one.port else one.target
    return f"{one.verdict.label} : {check.title if check else one.check}, {where}. {one.reason}"


def _help(view: View, indicator: Indicator, found: IndicatorResult) -> Iterator[Part]:
    yield BLANK
    yield "", f"Pourquoi : {indicator.why}", ""
    if indicator.help:
        yield "", f"Aide : {indicator.help}", ""
    yield "", f"Répond d'ordinaire : {indicator.answered_by}.", ""
    yield BLANK
    for name in indicator.related:
        said = answered(view.now.results[name])
        yield "", f"Question voisine : {name}, {said}.", ""
    for one in indicator.evidence:
        yield "", f"Preuve acceptée : {one.title} (valable {one.validity}).", ""
    for piece in view.pieces.get(indicator.id, ()):
        yield "", f"Pièce jointe : {piece.title or piece.name}, {day(piece.effective)}.", ""
    confidence = found.confidence.label if found.confidence is not None else "aucune"
    yield "", f"Confiance : {confidence}.", ""
    yield BLANK
    for text in indicator.references:
        note = f" ({text.note})" if text.note else ""
        yield "", f"Référence : {' '.join((text.referential, text.official_id))}{note}.", ""
    yield "", f"Source : {indicator.source}, {day(indicator.source_date)}.", ""
    yield "", f"Provenance : {indicator.provenance.label}.", ""
