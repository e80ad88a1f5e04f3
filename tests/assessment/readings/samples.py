"""Readings judged or stored, in as few words as a test needs."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry.adding import add_reading
from care_kit.model.dossier.state import ReadingRecord
from care_kit.model.facts.exposure import ExposureFacts, PortFact, PortState
from care_kit.model.facts.finding import Finding
from care_kit.model.facts.reading import Statement
from care_kit.model.formats import codec
from care_kit.model.results.comparison import JudgedReading, ReadingCounts
from care_kit.model.words.vocabulary import ProbeKind, Severity, Verdict

START = datetime(2026, 9, 1, 20, 0, tzinfo=UTC)
HOST = "192.0.2.10"


def statement(day: int, **changes: object) -> Statement:
    """An external, complete exposure reading of one domain, `day` days after the start."""
    at = START + timedelta(days=day)
    usual: dict[str, object] = {
        "probe": ProbeKind.EXPOSURE,
        "tool": "essai",
        "target": "ch.example",
        "account": "",
        "started": at,
        "ended": at,
        "facts_sha512": "",
        "complete": True,
        "view": "externe",
        "scope_sha256": "ab" * 32,
    }
    return Statement(**(usual | changes))  # type: ignore[arg-type]


def judged(day: int, *findings: Finding, **changes: object) -> JudgedReading:
    said = statement(day, **changes)
    record = ReadingRecord(f"r-{day}", said.probe, said.started, said.ended, said.complete, "", "")
    return JudgedReading(record, said, findings)


def found(verdict: Verdict, check: str = "EXP-RDP", *objects: str, port: int = 3389) -> Finding:
    severity = Severity.CRITICAL if verdict is Verdict.FAIL else None
    return Finding(check, HOST, verdict, "raison", port, objects, severity=severity)


def counted(
    day: int,
    *,
    critical: int = 0,
    high: int = 0,
    unseen: int = 0,
    view: str = "externe",
    complete: bool = True,
    replayed: bool = False,
    target: str = "ch.example",
) -> ReadingCounts:
    """Counts of a reading; `unseen` critical checks could not be tested."""
    return ReadingCounts(
        f"r-{day}",
        target,
        START + timedelta(days=day),
        complete,
        view,
        replayed,
        {**dict.fromkeys(Severity, 0), Severity.CRITICAL: critical, Severity.HIGH: high},
        {**dict.fromkeys(Severity, 0), Severity.CRITICAL: unseen},
    )


def store(dossier: Dossier, day: int, rdp: PortState, **changes: object) -> str:
    """Keep a real exposure reading where only the remote desktop port was looked at; its id."""
    said = statement(day, **changes)
    facts = ExposureFacts(
        said.started, said.view, "198.51.100.2", ports=(PortFact(HOST, 3389, rdp),)
    )
    raw = codec.compress(codec.canonical(facts))
    return add_reading(dossier, raw, replace(said, facts_sha512=codec.sha512(raw))).reading_id
