"""How each kind of event merges: the one table of the conflict rule.

An event either adds (pieces, readings, comments: all of them stand, whatever the branch), or says
the last word on a key. Words on one key that did not know each other, and say different things,
are a conflict; an event that knows them all ends it by saying a new word on that key.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from care_kit.dossier.journal.commitments import AUTHOR
from care_kit.dossier.journal.events import (
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
    EvidenceAdded,
    EvidenceWithdrawn,
    FindingReported,
    HeadcountRecorded,
    PeriodNotified,
    ProgrammeFollowed,
    QuestionnaireChosen,
    QuestionnaireMigrated,
    ReadingAdded,
    ReadingChosen,
    ReadingWithdrawn,
    ReportedFindingFollowed,
    ReviewMarked,
    RiskAcceptanceWithdrawn,
    RiskAccepted,
    ScopeSigned,
    SpendingRecorded,
    SpendingWithdrawn,
    ThirdPartyResultAdded,
)
from care_kit.model.dossier.money import SpendingKind
from care_kit.model.formats.codec import canonical, canonical_plain

Key: TypeAlias = tuple[str, ...]
"""Family, then ids: ("answer", "CK-GOV-01")."""

ADDITIVE: frozenset[type[Event]] = frozenset(
    {
        DossierCreated,  # only one: a copy that begins otherwise is another dossier
        Commented,
        EvidenceAdded,
        EvidenceWithdrawn,  # taken away by one is taken away: a doubtful proof proves nothing
        ReadingAdded,
        ReadingWithdrawn,  # as for a document
        RiskAccepted,
        RiskAcceptanceWithdrawn,
        ThirdPartyResultAdded,
    }
)
_WITHDRAWALS = (AnswerWithdrawn, ActionWithdrawn, SpendingWithdrawn)


def _spending(event: SpendingRecorded) -> tuple[Key, ...]:
    """Its own line, the one it takes the place of, and the number of its invoice."""
    keys: list[Key] = [("spending", event.spending_id)]
    if event.replaces:
        keys.append(("spending", event.replaces))
    if event.kind is SpendingKind.INVOICE and event.number.strip():
        keys.append(("invoice", _squeezed(event.supplier), _squeezed(event.number)))
    return tuple(keys)


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


LAST_WORD: Mapping[type[Event], Callable[..., tuple[Key, ...]]] = {
    EstablishmentCorrected: lambda _: (("establishment",),),
    AnswerGiven: lambda one: (("answer", one.indicator),),
    AnswerWithdrawn: lambda one: (("answer", one.indicator),),
    ConflictExplained: lambda one: (("explanation", one.indicator),),
    ReviewMarked: lambda one: (("mark", one.indicator),),
    ReadingChosen: lambda one: (("reading", one.reading_id),),
    ScopeSigned: lambda one: (("scope", one.scope_sha256),),
    QuestionnaireChosen: lambda _: (("questionnaire",),),
    QuestionnaireMigrated: lambda _: (("migration",),),
    ProgrammeFollowed: lambda one: (("programme", one.programme),),
    ActivityShareRecorded: lambda one: (("share", one.finess),),
    HeadcountRecorded: lambda one: (("headcount", one.finess_eg, str(one.year)),),
    PeriodNotified: lambda one: (("period", one.programme, one.kind.value),),
    CeilingNotified: lambda one: (("ceiling", one.programme, one.entity),),
    SpendingRecorded: _spending,
    SpendingWithdrawn: lambda one: (("spending", one.spending_id),),
    ActionPlanned: lambda one: (("action", one.action_id),),
    ActionWithdrawn: lambda one: (("action", one.action_id),),
    FindingReported: lambda one: (("reported", one.finding_id),),
    ReportedFindingFollowed: lambda one: (("reported", one.finding_id),),
}


def keys(event: Event) -> tuple[Key, ...]:
    """What an event says the last word on; none when it adds."""
    said = LAST_WORD.get(type(event))
    return said(event) if said else ()


def effect(event: Event, withheld: Mapping[str, str]) -> bytes:
    """What tells two words apart: their content; a withdrawal is one whatever its reason.

    A text that was withheld is told from another by its commitment.
    """
    if isinstance(event, _WITHDRAWALS):
        return b""
    hidden = {place: one for place, one in withheld.items() if place != AUTHOR}
    return canonical(event) + (canonical_plain(hidden) if hidden else b"")
