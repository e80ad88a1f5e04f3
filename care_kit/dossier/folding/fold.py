"""Events to state: the only way a dossier's state comes to be."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from care_kit.dossier.folding import migration, money, proofs, remarks
from care_kit.dossier.journal.chain import Record
from care_kit.dossier.journal.events import (
    KINDS,
    ActionPlanned,
    ActionWithdrawn,
    ActivityShareRecorded,
    AnswerGiven,
    AnswerWithdrawn,
    CeilingNotified,
    Commented,
    ConflictExplained,
    DossierCreated,
    Event,
    HeadcountRecorded,
    PeriodNotified,
    ProgrammeFollowed,
    QuestionnaireChosen,
    QuestionnaireMigrated,
    ReviewMarked,
    SpendingRecorded,
    SpendingWithdrawn,
)
from care_kit.model.dossier.state import Answer, DossierState, Explanation
from care_kit.model.formats.codec import canonical_plain, decode
from care_kit.model.words.errors import DossierError


def fold(records: Iterable[Record], state: DossierState | None = None) -> DossierState:
    """Apply records in order, onto `state` when some were already folded.

    DossierError when there is none, or when the first is not the creation of the dossier.
    """
    for record in records:
        state = _applied(state, record)
    if state is None:
        raise DossierError(
            "Le dossier ne contient aucun événement.", "Recréez-le avec « care init »."
        )
    return state


def event_of(record: Record) -> Event:
    """The typed event a record carries; DossierError when this version does not know its kind."""
    shape = KINDS.get(record.kind)
    if shape is None:
        raise DossierError(
            f"Le dossier contient un événement inconnu de cette version ({record.kind}).",
            "Mettez care-kit à jour : il a été écrit par une version plus récente.",
        )
    return decode(shape, canonical_plain(record.payload))


def _applied(state: DossierState | None, record: Record) -> DossierState:
    event = event_of(record)
    if isinstance(event, DossierCreated):
        return DossierState(event.dossier_id, event.establishment, record.hash, record.seq)
    if state is None:
        raise DossierError(
            "Le premier événement du dossier n'est pas sa création.",
            "Reprenez une copie intègre du fichier.",
        )
    return replace(_changed(state, event, record), head=record.hash, events=record.seq)


def _changed(state: DossierState, event: Event, record: Record) -> DossierState:
    by, at = record.author, datetime.fromisoformat(record.at)
    match event:
        case AnswerGiven():
            return replace(
                state, answers={**state.answers, event.indicator: _answer(event, by, at)}
            )
        case ConflictExplained():
            said = Explanation(event.indicator, event.text, by, at)
            return replace(state, explanations={**state.explanations, event.indicator: said})
        case QuestionnaireChosen():
            return replace(state, questionnaire=event.questionnaire)
        case QuestionnaireMigrated():
            return migration.applied(state, event, by, at)
        case ProgrammeFollowed():
            others = tuple(one for one in state.programmes if one != event.programme)
            kept = (*others, event.programme) if event.followed else others
            return replace(state, programmes=kept)
        case (
            ActivityShareRecorded()
            | HeadcountRecorded()
            | PeriodNotified()
            | SpendingRecorded()
            | SpendingWithdrawn()
            | CeilingNotified()
            | ActionPlanned()
            | ActionWithdrawn()
        ):
            return money.changed(state, event, by, at)
        case AnswerWithdrawn() | Commented() | ReviewMarked():
            return remarks.changed(state, event, by, at)
        case DossierCreated():
            return state
        case _:
            return proofs.changed(state, event, by, at)


def _answer(event: AnswerGiven, author: str, at: datetime) -> Answer:
    return Answer(
        indicator=event.indicator,
        state=event.state,
        author=author,
        at=at,
        level=event.level,
        reason=event.reason,
        comment=event.comment,
        typed=event.typed,
        wording=event.wording,
        entities=event.entities,
        questionnaire=event.questionnaire,
        questionnaire_version=event.questionnaire_version,
    )
