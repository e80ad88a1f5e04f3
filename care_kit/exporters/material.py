"""Everything an exporter may print, gathered beforehand: exporters read nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from care_kit.model.content.check import Check
from care_kit.model.content.programme import Programme
from care_kit.model.content.questionnaire import Questionnaire
from care_kit.model.dossier.state import DossierState
from care_kit.model.dossier.third_party import ThirdPartyResult
from care_kit.model.facts.finding import Finding
from care_kit.model.facts.reading import Statement
from care_kit.model.results.assessment import Assessment, ObjectiveResult, Remark
from care_kit.model.results.level_held import ExposureProgress


@dataclass(frozen=True)
class Material:
    """One dossier at one moment, ready to be exported.

    `objectives` goes programme id -> objective id -> result; `statements` reading id -> statement;
    `progress` is what the exposure readings show together;
    `journal` holds the canonical JSON lines of the hash chain, verbatim; `made_at` (UTC) is the
    only clock exporters know; `blob` gives the bytes of a piece or of raw facts by their SHA-512.
    """

    state: DossierState
    questionnaire: Questionnaire
    programmes: Mapping[str, Programme]
    checks: Mapping[str, Check]
    assessment: Assessment
    objectives: Mapping[str, Mapping[str, ObjectiveResult]]
    remarks: tuple[Remark, ...]
    findings: tuple[Finding, ...]
    statements: Mapping[str, Statement]
    journal: tuple[str, ...]
    pseudonym_key: bytes
    made_at: datetime
    version: str
    blob: Callable[[str], bytes]
    progress: ExposureProgress = field(default_factory=ExposureProgress)
    third_party: tuple[ThirdPartyResult, ...] = ()
