"""Everything an exporter may print, gathered beforehand: exporters read nothing else."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO

from care_kit.catalog.content import Content
from care_kit.model.content.check import Check
from care_kit.model.content.identity import ContentIdentity
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
    only clock exporters know; `opened` streams a piece or raw facts by SHA-512;
    `digest_of` a name's digits under the dossier's key, which no template can then print;
    `judged_on` is the day results were computed for, `judged_readings` the ids of the readings
    they come from, all of them when empty; `unreadable` tells, by id, why a document
    would not open; `content` is what was judged with, `own_files` those of the overlay it was read
    from; `lines_in_clear` counts the journal lines that name something once redacted.
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
    digest_of: Callable[[str], str]
    made_at: datetime
    judged_on: date
    version: str
    opened: Callable[[str], AbstractContextManager[BinaryIO]]
    content: Content
    identity: ContentIdentity = field(default_factory=ContentIdentity)
    own_files: Mapping[str, bytes] = field(default_factory=dict)
    unreadable: Mapping[str, str] = field(default_factory=dict)
    judged_readings: tuple[str, ...] = ()
    progress: ExposureProgress = field(default_factory=ExposureProgress)
    third_party: tuple[ThirdPartyResult, ...] = ()
    lines_in_clear: int = 0
