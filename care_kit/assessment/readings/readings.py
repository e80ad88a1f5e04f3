"""The readings of a dossier: found by what people type, judged again by today's rules."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date

from care_kit.assessment import short_ids
from care_kit.assessment.standing.situation import findings_of, statement_of, tables_for
from care_kit.catalog.content import Content
from care_kit.dossier.kept import Kept
from care_kit.model.content.check import Check
from care_kit.model.dossier.state import ReadingRecord
from care_kit.model.results.comparison import JudgedReading, ReadingCounts
from care_kit.model.words.errors import DossierError, InputError
from care_kit.model.words.vocabulary import ProbeKind, Severity, Verdict

_LIST = "« care readings list » montre les relevés et le début de leurs identifiants."


def of_probe(records: Sequence[ReadingRecord], probe: ProbeKind) -> tuple[ReadingRecord, ...]:
    """Readings of one probe, oldest first."""
    mine = (one for one in records if one.probe is probe)
    return tuple(sorted(mine, key=lambda one: (one.ended, one.id)))


def find(records: Sequence[ReadingRecord], typed: str) -> ReadingRecord:
    """The reading whose id starts with `typed`; InputError when none or several do."""
    return short_ids.find(records, typed, "relevé", "care readings list")


def find_two(
    records: Sequence[ReadingRecord], first: str, second: str
) -> tuple[ReadingRecord, ReadingRecord] | None:
    """The two readings typed, None when nothing was; InputError when they are not two."""
    if bool(first) != bool(second):
        raise InputError("Il manque un relevé.", "Donnez deux identifiants, ou aucun.")
    if not first:
        return None
    pair = (find(records, first), find(records, second))
    if pair[0].id == pair[1].id:
        raise InputError("C'est deux fois le même relevé.", _LIST)
    return pair


def last_two(
    records: Sequence[ReadingRecord], probe: ProbeKind
) -> tuple[ReadingRecord, ReadingRecord]:
    """The last two readings of a probe; InputError when there are fewer."""
    mine = of_probe(records, probe)
    if len(mine) < 2:
        raise InputError(
            f"Il faut deux relevés de la sonde « {probe.label} » : "
            f"le dossier en contient {len(mine)}.",
            "Relancez la sonde, ou choisissez l'autre avec --probe.",
        )
    return mine[-2], mine[-1]


def judge(
    dossier: Kept, content: Content, records: Sequence[ReadingRecord], today: date
) -> tuple[JudgedReading, ...]:
    """Readings with the findings that the rules and the dated tables of that day draw from them."""
    tables = tables_for(records, today)
    return tuple(
        JudgedReading(
            one, statement_of(dossier, one), findings_of(dossier, one, content.checks, tables)
        )
        for one in records
    )


def judge_readable(
    dossier: Kept, content: Content, records: Sequence[ReadingRecord], today: date
) -> tuple[JudgedReading, ...]:
    """The same, without the readings that cannot be read again.

    Those are named and set aside where the whole dossier is judged.
    """
    found: list[JudgedReading] = []
    for one in records:
        with suppress(DossierError):
            found += judge(dossier, content, (one,), today)
    return tuple(found)


def counts(reading: JudgedReading, checks: Mapping[str, Check]) -> ReadingCounts:
    """Failures by severity, and what was not tested by the severity of its check."""
    failures: Counter[Severity] = Counter()
    untested: Counter[Severity] = Counter()
    for one in reading.findings:
        check = checks.get(one.check)
        severity = one.severity or (check.severity if check else None)
        if severity is None:
            continue
        if one.verdict is Verdict.FAIL:
            failures[severity] += 1
        elif one.verdict in (Verdict.NOT_TESTED, Verdict.ERROR):
            untested[severity] += 1
    return ReadingCounts(
        reading=reading.record.id,
        target=reading.statement.target,
        ended=reading.record.ended,
        complete=reading.record.complete,
        view=reading.statement.view,
        replayed=reading.statement.replayed,
        failures={severity: failures[severity] for severity in Severity},
        untested={severity: untested[severity] for severity in Severity},
    )


def exposure_history(dossier: Kept, content: Content, today: date) -> tuple[ReadingCounts, ...]:
    """Counts of every exposure reading that can be read again, oldest first."""
    records = of_probe(dossier.state.readings, ProbeKind.EXPOSURE)
    found = judge_readable(dossier, content, records, today)
    return tuple(counts(one, content.checks) for one in found)
