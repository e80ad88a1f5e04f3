"""What an examiner would refuse, or ask about, before the file is sent."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from care_kit.assessment.examiner import documents
from care_kit.assessment.programme.calls import call_on, takes_files
from care_kit.assessment.scores.indicators import in_force
from care_kit.dossier.folding.wording import wording
from care_kit.model.content.programme import Programme
from care_kit.model.content.questionnaire import Indicator, Questionnaire
from care_kit.model.dossier.state import Answer, DossierState, Evidence
from care_kit.model.results.assessment import (
    Assessment,
    Gravity,
    IndicatorResult,
    ObjectiveResult,
    Remark,
)
from care_kit.model.results.wording import interval
from care_kit.model.words.months import add_months
from care_kit.model.words.vocabulary import AnswerState

PROOF_FROM = 3
_GRAVEST_FIRST = tuple(Gravity)


def precheck(
    state: DossierState,
    questionnaire: Questionnaire,
    assessment: Assessment,
    programmes: Mapping[str, Programme],
    objectives: Mapping[str, Mapping[str, ObjectiveResult]],
    today: date,
    variants: Mapping[str, Collection[str]] = MappingProxyType({}),
    unreadable: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Remark, ...]:
    """Every remark, blocking ones first, then in the order of the questionnaire.

    `programmes` are those the establishment follows; the others are not looked at. `variants` are
    the fingerprints of the other wordings of a question, by indicator; `unreadable` the
    `documents.faults` of the pieces that do not open.
    """
    remarks = [
        *_indicators(state, questionnaire, assessment, today),
        *_reworded(state, questionnaire, variants),
        *_disputes(state),
        *_readings(state),
        *_programmes(programmes),
        *_objectives(programmes, objectives, today),
        *documents.remarks(state, programmes, unreadable, today),
    ]
    return tuple(sorted(remarks, key=lambda one: _GRAVEST_FIRST.index(one.gravity)))


def ready(remarks: Iterable[Remark], programmes: Mapping[str, Programme], today: date) -> bool:
    """True when a counter takes files today and nothing blocks: the only case called « prêt »."""
    return open_counter(programmes, today) and all(
        one.gravity is not Gravity.BLOCKING for one in remarks
    )


def open_counter(programmes: Mapping[str, Programme], today: date) -> bool:
    """True when the counter of a followed programme takes files on `today`."""
    return any(takes_files(call_on(one, today)) for one in programmes.values())


def _disputes(state: DossierState) -> Iterator[Remark]:
    """Copies that were merged say different things: an examiner would ask which holds."""
    for dispute in state.disputes:
        words = " ; ".join(
            f"{one.told}, par {one.author} le {one.at:%d/%m/%Y}" for one in dispute.candidates
        )
        yield Remark(
            Gravity.BLOCKING,
            dispute.about[0] if dispute.about else dispute.family,
            f"Des copies du dossier se contredisent, {dispute.title} : {words}.",
            "Choisissez avec « care conflicts ».",
        )


def _indicators(
    state: DossierState, questionnaire: Questionnaire, assessment: Assessment, today: date
) -> Iterator[Remark]:
    for indicator in questionnaire.indicators:
        found = assessment.indicators[indicator.id]
        pieces = state.evidence_for(indicator.id)
        yield from _silence(indicator, found)
        yield from _contradiction(indicator, found)
        yield from _nuance(indicator, found, state.answers.get(indicator.id), pieces)
        yield from _proof(indicator, found, pieces, today)


def _silence(indicator: Indicator, found: IndicatorResult) -> Iterator[Remark]:
    if found.state is None and found.measured is None:
        yield Remark(
            Gravity.BLOCKING if indicator.socle else Gravity.WARNING,
            indicator.id,
            f"« {indicator.title} » n'a pas de réponse.",
            f"Répondez avec « care answer --indicator {indicator.id} ».",
        )


def _contradiction(indicator: Indicator, found: IndicatorResult) -> Iterator[Remark]:
    if found.conflict and not found.explanation:
        yield Remark(
            Gravity.BLOCKING,
            indicator.id,
            f"« {indicator.title} » : le niveau déclaré ({found.declared}) contredit la mesure "
            f"({interval(found.measured)}).",
            f"Corrigez la réponse ou expliquez l'écart avec « care explain {indicator.id} ».",
        )


def _nuance(
    indicator: Indicator, found: IndicatorResult, answer: Answer | None, pieces: tuple[object, ...]
) -> Iterator[Remark]:
    """A level that holds in part, by another measure, or less than on the day it was given."""
    if answer is None:
        return
    named = f"« {indicator.title} » : "
    reason = answer.reason.rstrip(". ")
    if found.state is AnswerState.PARTIAL:
        yield Remark(
            Gravity.WARNING,
            indicator.id,
            f"{named}le niveau {found.declared} n'est tenu qu'en partie ({reason}).",
            "Étendez la mesure au reste du périmètre, puis répondez à nouveau.",
        )
    if found.state is AnswerState.EQUIVALENT and not pieces:
        yield Remark(
            Gravity.WARNING,
            indicator.id,
            f"{named}mesure équivalente au niveau {found.declared}, sans pièce jointe ({reason}).",
            "Joignez ce qui décrit cette mesure avec « care evidence add ».",
        )
    if answer.state.levelled and answer.level is None:
        yield Remark(
            Gravity.BLOCKING if indicator.socle else Gravity.WARNING,
            indicator.id,
            f"{named}le texte donné ({found.typed}) ne dit pas quel niveau est tenu.",
            f"Donnez un niveau : « care answer --indicator {indicator.id} ».",
        )
    if found.aged_from is not None:
        yield Remark(
            Gravity.WARNING,
            indicator.id,
            f"{named}la date donnée ({found.typed}) a vieilli, du niveau {found.aged_from} "
            f"au niveau {found.declared}.",
            "Refaites ce qui est trop ancien, puis donnez la nouvelle date.",
        )


def _reworded(
    state: DossierState, questionnaire: Questionnaire, variants: Mapping[str, Collection[str]]
) -> Iterator[Remark]:
    for indicator in questionnaire.indicators:
        answer = state.answers.get(indicator.id)
        if answer is None or not answer.wording:
            continue
        if answer.wording not in {wording(indicator), *variants.get(indicator.id, ())}:
            yield Remark(
                Gravity.WARNING,
                indicator.id,
                f"« {indicator.title} » : la question a changé depuis votre réponse du "
                f"{answer.at:%d/%m/%Y}.",
                "Relisez-la, puis répondez à nouveau : "
                f"« care answer --indicator {indicator.id} ».",
            )


def _proof(
    indicator: Indicator, found: IndicatorResult, pieces: tuple[Evidence, ...], today: date
) -> Iterator[Remark]:
    stale = [piece for piece in pieces if not in_force(piece, indicator, found.declared, today)]
    high = found.declared is not None and found.declared >= PROOF_FROM
    if high and found.measured is None and len(stale) == len(pieces):
        expected = indicator.evidence[0].title if indicator.evidence else "un document daté"
        yield Remark(
            Gravity.BLOCKING if indicator.socle else Gravity.WARNING,
            indicator.id,
            f"« {indicator.title} » : niveau {found.declared} déclaré sans preuve datée "
            "en cours de validité.",
            f"Joignez « {expected} » avec « care evidence add », et sa date avec --date.",
        )
    yield from (_stale(indicator, found.declared, piece, today) for piece in stale)


def _stale(indicator: Indicator, level: int | None, piece: Evidence, today: date) -> Remark:
    months = indicator.evidence_months(level)
    if piece.effective is None:
        why = "ne porte pas de date d'effet"
    elif piece.effective > today:
        why = f"porte une date future ({piece.effective:%d/%m/%Y})"
    else:
        why = f"a expiré le {add_months(piece.effective, months):%d/%m/%Y} ({months} mois)"
    return Remark(
        Gravity.WARNING,
        indicator.id,
        f"La preuve « {piece.name} » {why}.",
        "Joignez une version à jour avec sa date d'effet.",
    )


def _readings(state: DossierState) -> Iterator[Remark]:
    for reading in state.readings:
        if not reading.complete:
            yield Remark(
                Gravity.WARNING,
                reading.id,
                f"Le relevé « {reading.probe.label} » du {reading.started:%d/%m/%Y} est incomplet.",
                "Relancez la sonde jusqu'au bout ; sa déclaration dit ce qui a manqué.",
            )


def _programmes(programmes: Mapping[str, Programme]) -> Iterator[Remark]:
    if not programmes:
        yield Remark(
            Gravity.WARNING,
            "programmes",
            "Aucun programme de financement n'est suivi : aucun objectif n'est contrôlé.",
            "Choisissez-en un avec « care programme follow d1 ».",
        )


def _objectives(
    programmes: Mapping[str, Programme],
    results: Mapping[str, Mapping[str, ObjectiveResult]],
    today: date,
) -> Iterator[Remark]:
    for programme in programmes.values():
        call = call_on(programme, today)
        alive = takes_files(call)
        if not alive:
            yield Remark(
                Gravity.WARNING,
                programme.id,
                call.sentence,
                "Ce qui manque à ses objectifs est à prévoir, rien n'y est bloquant.",
            )
        for objective in programme.objectives:
            found = results[programme.id][objective.id]
            name = f"{programme.id} · {objective.official_id or objective.id}"
            origin = f"Objectif {objective.provenance.label} : {objective.title}."
            for sentence in found.missing:
                gravity = Gravity.BLOCKING if alive else Gravity.FORESEEN
                yield Remark(gravity, name, sentence, origin)
            for sentence in found.foreseen:
                advice = f"Attendu par care-kit, qu'aucun texte lu ne rend obligatoire. {origin}"
                yield Remark(Gravity.FORESEEN, name, sentence, advice)
            for sentence in found.unknown:
                yield Remark(
                    Gravity.WARNING, name, sentence, "Vérifiez le texte officiel du guichet."
                )
