"""Answers given to an older version of the questions: carried, to review, or gone.

Pure functions, for every front end: look with `migration`, tell with `sentence`, record with
`event`. Nothing is decided for the person: an answer is carried only when its question reads the
same as the day it was answered.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from care_kit.dossier.folding.draft import Draft
from care_kit.dossier.folding.wording import wording
from care_kit.dossier.journal.events import QuestionnaireMigrated
from care_kit.model.content.questionnaire import Questionnaire
from care_kit.model.dossier.migration import AnswerFate, Fate, Migration, MigrationRecord
from care_kit.model.dossier.state import Answer, DossierState
from care_kit.model.words.french import counted

Wordings = Mapping[str, Mapping[str, str]]


def wordings(questionnaires: Mapping[str, Questionnaire]) -> dict[str, dict[str, str]]:
    """By indicator, the fingerprint of its question in each questionnaire that asks it.

    A variant words the same question for other readers: an answer to one is an answer to all.
    """
    found: dict[str, dict[str, str]] = {}
    for questionnaire in questionnaires.values():
        for indicator in questionnaire.indicators:
            found.setdefault(indicator.id, {})[questionnaire.id] = wording(indicator)
    return found


def migration(state: DossierState, questionnaires: Mapping[str, Questionnaire]) -> Migration:
    """The fate of every answer that was not given to the questionnaires in force."""
    asked = wordings(questionnaires)
    fates = tuple(
        one
        for answer in state.answers.values()
        if (one := _fate(answer, state.questionnaire, asked, questionnaires)) is not None
    )
    last = state.migration
    waiting = tuple(one for one in fates if last is None or not last.told(one))
    return Migration({key: one.version for key, one in questionnaires.items()}, fates, waiting)


def sentence(found: Migration) -> str:
    """One French line about what waits, empty when nothing does."""
    if not found.waiting:
        return ""
    parts = [
        f"{counted(number, noun)} {mark}"
        for fate, noun, mark in (
            (Fate.CARRIED, "réponse", "à reprendre telle quelle"),
            (Fate.TO_REVIEW, "réponse", "à relire"),
            (Fate.GONE, "réponse", "sans question"),
        )
        if (number := sum(one.fate is fate for one in found.waiting))
    ]
    return f"Le questionnaire a changé depuis vos réponses : {', '.join(parts)}."


def event(found: Migration) -> QuestionnaireMigrated:
    """What is recorded once a person has seen the fates and confirmed."""
    return QuestionnaireMigrated(
        versions=dict(found.versions),
        carried={one.indicator: one.questionnaire for one in found.of(Fate.CARRIED)},
        to_review={one.indicator: one.wording for one in found.of(Fate.TO_REVIEW)},
        gone=tuple(one.indicator for one in found.of(Fate.GONE)),
    )


def apply(
    draft: Draft,
    event: QuestionnaireMigrated,
    by: str,
    at: datetime,
    unseen: Collection[str] = (),
) -> None:
    """Carried answers bear the new version, the others stay as given.

    `unseen` are the indicators answered meanwhile on another copy: nobody went over those answers,
    which stay to be looked at.
    """
    for indicator, questionnaire in event.carried.items():
        known = indicator in draft.answers and indicator not in unseen
        if known and questionnaire in event.versions:
            draft.answers[indicator] = replace(
                draft.answers[indicator],
                questionnaire=questionnaire,
                questionnaire_version=event.versions[questionnaire],
            )
    to_review = {key: one for key, one in event.to_review.items() if key not in unseen}
    gone = tuple(one for one in event.gone if one not in unseen)
    draft.migration = MigrationRecord(to_review, gone, by, at)


def forget(draft: Draft, indicator: str) -> None:
    """An answer given meanwhile on another copy is still to be looked at, whatever was told."""
    last = draft.migration
    if last is not None:
        to_review = {key: one for key, one in last.to_review.items() if key != indicator}
        gone = tuple(one for one in last.gone if one != indicator)
        draft.migration = replace(last, to_review=to_review, gone=gone)


def _fate(
    answer: Answer,
    followed: str,
    asked: Wordings,
    questionnaires: Mapping[str, Questionnaire],
) -> AnswerFate | None:
    """None when the answer was given to the version in force, or to a later one."""
    before = f"{answer.questionnaire} v{answer.questionnaire_version}"
    here = asked.get(answer.indicator, {})
    if not here:
        return AnswerFate(answer.indicator, Fate.GONE, before)
    same = answer.wording in here.values()
    holder = next(
        (one for one in (answer.questionnaire, followed) if one in here), next(iter(here))
    )
    current = questionnaires.get(answer.questionnaire)
    older = current is None or answer.questionnaire_version < current.version
    if not older and (same or not answer.wording):
        return None
    now = questionnaires[holder]
    indicator = now.indicator(answer.indicator)
    return AnswerFate(
        indicator=answer.indicator,
        fate=Fate.CARRIED if same else Fate.TO_REVIEW,
        asked=before,
        now=f"{now.id} v{now.version}",
        title=indicator.title if indicator else "",
        questionnaire=now.id,
        wording=here[holder],
    )
