"""Hospital groups, programmes and documents for the tests of the arithmetic; FINESS are fictive."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from care_kit.model.content.programme import Objective, Piece, Programme
from care_kit.model.dossier.establishment import Establishment, LegalEntity, Site
from care_kit.model.dossier.money import ActivityShare, Period
from care_kit.model.dossier.state import Answer, DossierState, Evidence
from care_kit.model.results.assessment import IndicatorResult, Interval
from care_kit.model.words.vocabulary import AnswerState, PeriodKind, Provenance
from tests.assessment.builders import AT, TODAY, piece

A, B, C, D, E = "990000010", "990000028", "990000036", "990000044", "990000051"
FIVE = (A, B, C, D, E)
SHARES = {A: "40", B: "26", C: "14", D: "12", E: "8"}


def group(*numbers: str) -> Establishment:
    """A GHT whose legal entities are named « CH 1 », « CH 2 »…, without sites."""
    entities = tuple(LegalEntity(f"CH {rank}", one) for rank, one in enumerate(numbers, 1))
    return Establishment("GHT", "GHT", "Région", entities, ght=len(numbers) > 1)


def hospital(*sites: str) -> Establishment:
    """A hospital outside any GHT, with its sites."""
    named = tuple(Site(f"Site {rank}", one) for rank, one in enumerate(sites, 1))
    return Establishment("CH", "public", "Région", (LegalEntity("CH", A, named),))


def shared(shares: Mapping[str, str]) -> dict[str, ActivityShare]:
    return {
        key: ActivityShare(key, Decimal(value), "texte", "A", AT) for key, value in shares.items()
    }


def dossier_of(
    establishment: Establishment,
    *pieces: Evidence,
    shares: Mapping[str, str] | None = None,
    answers: Iterable[Answer] = (),
    periods: tuple[Period, ...] = (),
) -> DossierState:
    return DossierState(
        "id",
        establishment,
        "0" * 64,
        1,
        answers={one.indicator: one for one in answers},
        evidence={one.id: one for one in pieces},
        shares=shared(shares or {}),
        periods=periods,
        programmes=("p",),
    )


def covering(*entities: str, subject: str = "P", effective: date = TODAY) -> Evidence:
    """A document for those entities; each has bytes of its own."""
    name = f"{subject}-{'-'.join(entities)}-{effective}"
    return replace(piece(effective, subject, name=name), entities=entities, sha512=name)


def answer(indicator: str, level: int | None, *entities: str, state: str = "answered") -> Answer:
    return Answer(indicator, AnswerState(state), "A", AT, level, entities=entities)


def result(indicator: str, level: int | None, state: str = "answered") -> IndicatorResult:
    bounds = Interval(level or 0, level or 0)
    return IndicatorResult(indicator, AnswerState(state), level, None, bounds, None)


def expected(
    name: str = "P",
    *,
    mandatory: bool = False,
    not_before: date | None = None,
    months: int = 0,
    within: PeriodKind | None = None,
    signed: bool = False,
    per_entity: bool = False,
) -> Piece:
    return Piece(
        name,
        f"Pièce {name}",
        mandatory,
        Provenance.SECONDARY,
        "test",
        not_before,
        months,
        within,
        signed,
        per_entity,
    )


def objective(
    *pieces: Piece, name: str = "O", share: int = 0, rate: int = 0, indicators: tuple[str, ...] = ()
) -> Objective:
    return Objective(
        name,
        f"Objectif {name}",
        "Cible.",
        "Tous",
        Provenance.SECONDARY,
        "test",
        pieces=pieces,
        indicators=indicators,
        activity_share=share,
        least_rate=rate,
    )


def programme(*objectives: Objective) -> Programme:
    return Programme("p", 1, "P", "T", "eCaRE", "N", Provenance.SECONDARY, "test", objectives)


def operational(starts: date, ends: date) -> Period:
    return Period("p", PeriodKind.OPERATIONAL, starts, ends, "arrêté", "A", AT)
