"""What an event says, in one French line: conflicts and merges are chosen by reading it."""

from decimal import Decimal

from care_kit.dossier.journal.events import (
    ActionPlanned,
    ActivityShareRecorded,
    AnswerGiven,
    CeilingNotified,
    ConflictExplained,
    EstablishmentCorrected,
    Event,
    FindingReported,
    HeadcountRecorded,
    PeriodNotified,
    ProgrammeFollowed,
    QuestionnaireChosen,
    QuestionnaireMigrated,
    ReadingChosen,
    ReportedFindingFollowed,
    ReviewMarked,
    ScopeSigned,
    SpendingRecorded,
)
from care_kit.dossier.journal.labels import LABELS
from care_kit.model.words.french import counted, day, euros, percentage
from care_kit.model.words.text import shown
from care_kit.model.words.vocabulary import AnswerState


def told(event: Event) -> str:
    """One line; the name of its kind for those that hold nothing a person chose."""
    match event:
        case AnswerGiven():
            return _answer(event)
        case EstablishmentCorrected():
            names = ", ".join(event.establishment.names.values())
            signs = event.legal_representative
            return shown(f"{names}, {event.establishment.region}{f', {signs}' if signs else ''}")
        case ConflictExplained():
            return f"« {shown(event.text)} »"
        case ReviewMarked():
            return "à revoir" if event.marked else "revu"
        case ReadingChosen():
            return "jugé" if event.chosen else "laissé au choix de care-kit"
        case ScopeSigned():
            return f"signé par {shown(event.name)} le {day(event.signed_on)}"
        case QuestionnaireChosen():
            return event.questionnaire
        case QuestionnaireMigrated():
            return f"{counted(len(event.to_review), 'réponse')} à relire"
        case ProgrammeFollowed():
            return "suivi" if event.followed else "non suivi"
        case SpendingRecorded():
            number = f" n° {shown(event.number)}" if event.number else ""
            return f"{event.kind.label}{number}, {euros(event.amount)}, « {shown(event.label)} »"
        case ActionPlanned():
            bought = [one for one in (event.purchase, event.service) if one is not None]
            cost = euros(sum(bought, Decimal(0))) if bought else "à chiffrer"
            return f"« {shown(event.title)} », {event.state.label}, {cost}"
        case FindingReported() | ReportedFindingFollowed():
            return f"{event.status.label} le {day(event.seen_on)}"
        case _:
            return _figure(event)


def _answer(event: AnswerGiven) -> str:
    said = event.state.label
    if event.level is not None:
        plain = event.state is AnswerState.ANSWERED
        said = f"niveau {event.level}" if plain else f"{said}, niveau {event.level}"
    if event.typed:
        said += f" ({shown(event.typed)})"
    words = event.reason or event.comment
    return f"{said} : « {shown(words)} »" if words else said


def _figure(event: Event) -> str:
    match event:
        case ActivityShareRecorded():
            return f"{percentage(event.share)} ({shown(event.source)})"
        case HeadcountRecorded():
            people = counted(event.employees, "salarié")
            return f"{people}, {event.self_employed} libéraux ({shown(event.source)})"
        case PeriodNotified():
            return f"du {day(event.starts)} au {day(event.ends)} ({shown(event.source)})"
        case CeilingNotified():
            return f"{euros(event.amount)} ({shown(event.source)})"
        case _:
            return LABELS[type(event).__name__]
