"""Small questionnaires and states, so that each test shows only what it is about."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from care_kit.model.content.questionnaire import (
    Domain,
    ExpectedEvidence,
    Indicator,
    Measured,
    MeasuredBy,
    Questionnaire,
)
from care_kit.model.dossier.establishment import Establishment, LegalEntity
from care_kit.model.dossier.state import Answer, DossierState, Evidence
from care_kit.model.facts.finding import Finding
from care_kit.model.words.vocabulary import AnswerState, Provenance, Verdict

TODAY = date(2026, 11, 21)
AT = datetime(2026, 11, 1, tzinfo=UTC)
LEVELS = {level: f"Niveau {level}." for level in range(5)}


def indicator(
    name: str = "A", *, socle: bool = False, weight: int = 1, measured: Measured | None = None
) -> Indicator:
    return Indicator(
        id=name,
        domain="D",
        title=f"Titre {name}",
        question="Question ?",
        why="Pourquoi.",
        answered_by="RSSI",
        levels=LEVELS,
        evidence=(ExpectedEvidence("Document", 12),),
        references=(),
        provenance=Provenance.PROPOSED,
        source="test",
        source_date=TODAY,
        socle=socle,
        weight=weight,
        measured=measured,
    )


def questionnaire(*indicators: Indicator) -> Questionnaire:
    domains = (Domain("D", "Domaine"),)
    return Questionnaire("q", 1, "Essai", "Note.", Provenance.PROPOSED, "test", domains, indicators)


def state(answers: Mapping[str, int | AnswerState], *pieces: Evidence) -> DossierState:
    given = {
        name: Answer(name, AnswerState.ANSWERED, "A", AT, said)
        if isinstance(said, int)
        else Answer(name, said, "A", AT, reason="motif")
        for name, said in answers.items()
    }
    entity = LegalEntity("CH", "990000010")
    hospital = Establishment("CH", "public", "Région", (entity,))
    return DossierState("id", hospital, "0" * 64, 1, given, {piece.id: piece for piece in pieces})


def piece(effective: date | None, *subjects: str, name: str = "p.pdf") -> Evidence:
    return Evidence(
        f"id-{name}-{effective}",
        name,
        name,
        "application/pdf",
        10,
        "0" * 128,
        effective,
        subjects,
        "A",
        AT,
    )


def measured_by(check: str, fail_at_most: int = 1, pass_at_least: int = 3) -> Measured:
    return Measured((MeasuredBy(check, fail_at_most),), pass_at_least)


def finding(check: str, verdict: Verdict, level: int = 0) -> Finding:
    return Finding(check, "foret.lan", verdict, "raison", level=level)
