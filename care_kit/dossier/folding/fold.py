"""Events to state: the only way a dossier's state comes to be."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from care_kit.dossier.folding import migration, money, proofs, remarks
from care_kit.dossier.folding.disputes import LastWords, Word, dispute
from care_kit.dossier.folding.draft import Draft
from care_kit.dossier.folding.registers import Key
from care_kit.dossier.journal.chain import Record
from care_kit.dossier.journal.commitments import AUTHOR
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
    EstablishmentCorrected,
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

WITHHELD = "(masqué)"
"""What is shown in place of a name or a text that was withheld from a record."""


def fold(records: Iterable[Record]) -> DossierState:
    """The state after these records, in the order of the journal.

    DossierError when there is none, or when the first is not the creation of the dossier.
    """
    folding = Folding()
    folding.take(records)
    return folding.state()


class Folding:
    """A fold that goes on as records come; each costs the same, however many came before."""

    def __init__(self) -> None:
        self._draft: Draft | None = None
        self._words = LastWords()
        self._heads: set[str] = set()
        self._events = 0

    def take(self, records: Iterable[Record]) -> None:
        """Apply records that follow those already taken; DossierError names one it cannot read."""
        for record in records:
            self._events += 1
            try:
                self._apply(record)
            except (ValueError, TypeError, KeyError, RecursionError) as cause:
                raise DossierError(
                    f"L'événement n° {self._events} du journal ne peut pas être lu.",
                    "Reprenez une copie intègre, ou mettez care-kit à jour.",
                ) from cause

    def state(self) -> DossierState:
        """The state so far; DossierError when there is none."""
        if self._draft is None:
            raise DossierError(
                "Le dossier ne contient aucun événement.", "Recréez-le avec « care init »."
            )
        head, found = " ".join(sorted(self._heads)), tuple(self._words.disputed())
        if not found:
            return self._draft.done(head, self._events)
        settled = self._draft.copy()
        _settle(settled, found)
        disputes = tuple(dispute(*one, _answer_of) for one in found)
        return settled.done(head, self._events, disputes)

    def _apply(self, record: Record) -> None:
        event, at = event_of(record), datetime.fromisoformat(record.at)
        by = record.author or WITHHELD
        self._words.meet(record)
        if isinstance(event, DossierCreated):
            self._draft = Draft(event.dossier_id, event.establishment)
        elif self._draft is None:
            raise DossierError(
                "Le premier événement du dossier n'est pas sa création.",
                "Reprenez une copie intègre du fichier.",
            )
        elif isinstance(event, QuestionnaireMigrated):
            unseen = {
                key
                for key in self._draft.answers
                if not self._words.follows(record.hash, ("answer", key))
            }
            migration.apply(self._draft, event, by, at, unseen)
        else:
            _change(self._draft, event, by, at)
            if isinstance(event, AnswerGiven) and not self._words.follows(
                record.hash, ("migration",)
            ):
                migration.forget(self._draft, event.indicator)
        self._words.add(record, event, by, at)
        self._heads.difference_update(record.parents)
        self._heads.add(record.hash)


def event_of(record: Record) -> Event:
    """The typed event a record carries; DossierError when this version does not know its kind."""
    shape = KINDS.get(record.kind)
    if shape is None:
        raise DossierError(
            f"Le dossier contient un événement inconnu de cette version ({record.kind}).",
            "Mettez care-kit à jour : il a été écrit par une version plus récente.",
        )
    said = {**dict.fromkeys(record.withheld, WITHHELD), **record.payload}
    said.pop(AUTHOR, None)
    return decode(shape, canonical_plain(said))


def _change(draft: Draft, event: Event, by: str, at: datetime) -> None:
    match event:
        case AnswerGiven():
            draft.answers[event.indicator] = _answer(event, by, at)
        case ConflictExplained():
            said = Explanation(event.indicator, event.text, by, at)
            draft.explanations[event.indicator] = said
        case EstablishmentCorrected():
            draft.establishment = event.establishment
            draft.legal_representative = event.legal_representative
        case QuestionnaireChosen():
            draft.questionnaire = event.questionnaire
        case ProgrammeFollowed():
            draft.programmes.pop(event.programme, None)
            if event.followed:
                draft.programmes[event.programme] = None
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
            money.changed(draft, event, by, at)
        case AnswerWithdrawn() | Commented() | ReviewMarked():
            remarks.changed(draft, event, by, at)
        case DossierCreated() | QuestionnaireMigrated():
            pass  # told by the fold itself
        case _:
            proofs.changed(draft, event, by, at)


def _settle(draft: Draft, found: Sequence[tuple[Key, tuple[Word, ...], Word]]) -> None:
    """Let the words that help the least count until somebody chooses.

    A line of spending in two conflicts counts when it helps the least in both.
    """
    beaten = {one.record for _, words, standing in found for one in words if one != standing}
    for _, words, _ in found:
        for one in words:
            if isinstance(one.event, SpendingRecorded):
                draft.spending.pop(one.event.spending_id, None)
    for _, _, standing in found:
        if isinstance(standing.event, QuestionnaireMigrated):
            draft.migration = None  # asked again, from both sides
        elif standing.record not in beaten:
            _change(draft, standing.event, standing.author, standing.at)


def _answer_of(word: Word) -> Answer | None:
    return (
        _answer(word.event, word.author, word.at) if isinstance(word.event, AnswerGiven) else None
    )


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
