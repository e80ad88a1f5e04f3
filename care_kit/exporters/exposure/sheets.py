"""Findings grouped by check into sheets, gravest first, with what became of each place."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby

from care_kit.assessment.readings.reported import Reconciled
from care_kit.exporters.exposure.content import Gone, Place, Sheet, Untested
from care_kit.exporters.views import FindingRow
from care_kit.model.content.check import Check
from care_kit.model.results.comparison import Change, Comparison, Difference
from care_kit.model.words.french import counted, cut, day
from care_kit.model.words.vocabulary import Severity, Verdict

SHOWN_PLACES, SHOWN_OBJECTS, SHOWN_REASONS = 12, 8, 2
FIRST_READING = "premier relevé de cette cible"

KINDS = {
    "EXP": "Service exposé",
    "VPN": "Accès distant",
    "OWA": "Messagerie",
    "MEL": "Messagerie",
    "TLS": "Chiffrement (TLS)",
    "CRT": "Certificat",
    "DNS": "Nom de domaine",
    "WEB": "Site web",
    "KEV": "Faille exploitée",
}
"""What a check is about, by the first letters of its id."""

PRIORITIES = {
    Severity.CRITICAL: "1 - sans attendre",
    Severity.HIGH: "2 - en priorité",
    Severity.MEDIUM: "3 - à planifier",
    Severity.LOW: "4 - à l'occasion",
    Severity.INFO: "4 - à l'occasion",
}
"""Order proposed by care-kit; it sets no delay."""

Key = tuple[str, str, int]
_GRAVITY = tuple(Severity)


def sheets(
    rows: Iterable[FindingRow],
    comparisons: Iterable[Comparison],
    reported: Iterable[Reconciled],
) -> tuple[Sheet, ...]:
    """One sheet per failing check, the gravest first, then those seen in most places."""
    changes = changes_of(comparisons)
    by_check = _grouped(row for row in rows if row.finding.verdict is Verdict.FAIL)
    received = list(reported)
    ordered = sorted(by_check.values(), key=_rank)
    return tuple(
        _sheet(f"F-{rank:02d}", group, changes, received) for rank, group in enumerate(ordered, 1)
    )


def gone(comparisons: Iterable[Comparison], checks: Mapping[str, Check]) -> tuple[Gone, ...]:
    """What the previous reading showed and this one does not: corrected, or only out of sight."""
    return tuple(
        Gone(
            checks[one.check].title if one.check in checks else one.check,
            one.check,
            _where(one.target, one.port),
            one.severity.label if one.severity else "",
            one.change.label,
        )
        for each in comparisons
        for one in each.differences
        if one.change in (Change.FIXED, Change.UNSEEN)
    )


def untested(rows: Iterable[FindingRow]) -> tuple[Untested, ...]:
    """Checks without a verdict, the gravest first; why is said, never guessed."""
    apart = (Verdict.NOT_TESTED, Verdict.ERROR)
    groups = _grouped(row for row in rows if row.finding.verdict in apart).values()
    return tuple(
        map(_untested, sorted(groups, key=lambda group: (_declared(group), group[0].title)))
    )


def changes_of(comparisons: Iterable[Comparison]) -> Mapping[Key, Difference]:
    """Differences by check, target and port."""
    return {
        (one.check, one.target, one.port): one for each in comparisons for one in each.differences
    }


def gravity(row: FindingRow) -> Severity:
    """The severity measured, else the one its check declares; information when neither is known."""
    declared = row.check.severity if row.check else None
    return row.finding.severity or declared or Severity.INFO


def _sheet(
    number: str,
    rows: list[FindingRow],
    changes: Mapping[Key, Difference],
    reported: Iterable[Reconciled],
) -> Sheet:
    first, places = rows[0], [_place(row, changes) for row in rows]
    check, worst = first.check, min(map(gravity, rows), key=_GRAVITY.index)
    return Sheet(
        number=number,
        check=first.finding.check,
        title=first.title,
        kind=KINDS.get(first.finding.check[:3], "Exposition"),
        severity=worst.label,
        priority=PRIORITIES[worst],
        status=_summary(place.status for place in places),
        risk=check.why if check else "",
        remediation=check.remediation if check else "",
        references=check.references if check else (),
        places=tuple(places[:SHOWN_PLACES]),
        more=max(0, len(places) - SHOWN_PLACES),
        accepted=tuple(dict.fromkeys(risk.sentence for row in rows for risk in row.risks)),
        reported=tuple(_told(one) for one in reported if one.finding.check == first.finding.check),
    )


def _place(row: FindingRow, changes: Mapping[Key, Difference]) -> Place:
    one = row.finding
    change = changes.get((one.check, one.target, one.port))
    names = [cut(name, 200) for name in one.objects[:SHOWN_OBJECTS]]
    more = len(one.objects) - len(names)
    if more > 0:
        names.append(f"et {counted(more, 'autre')}")
    return Place(row.place, one.reason, _status(change), tuple(names))


def _status(change: Difference | None) -> str:
    """What became of it since the previous reading of that target."""
    if change is None:
        return FIRST_READING
    if change.change is Change.NEW and change.before in (Verdict.NOT_TESTED, Verdict.ERROR):
        return "nouveau (non testé au relevé précédent)"
    return change.change.label


def _summary(statuses: Iterable[str]) -> str:
    """« persistant » alone, « 2 nouveau, 1 persistant » when places differ."""
    met = Counter(statuses)
    if len(met) == 1:
        return next(iter(met))
    return ", ".join(f"{total} {status}" for status, total in met.most_common())


def _told(one: Reconciled) -> str:
    finding = one.finding
    return (
        f"{finding.source}, {day(finding.reported_on)} : « {finding.title} », dit "
        f"{finding.status.label} au {day(finding.seen_on)}. {one.sentence}"
    )


def _untested(rows: list[FindingRow]) -> Untested:
    reasons = Counter(row.finding.reason for row in rows).most_common()
    shown = [
        f"{reason} ({counted(total, 'fois', 'fois')})" if total > 1 else reason
        for reason, total in reasons[:SHOWN_REASONS]
    ]
    if len(reasons) > SHOWN_REASONS:
        shown.append(
            f"et {counted(len(reasons) - SHOWN_REASONS, 'autre raison', 'autres raisons')}"
        )
    check = rows[0].check
    severity = check.severity.label if check and check.severity else ""
    return Untested(rows[0].title, rows[0].finding.check, severity, len(rows), tuple(shown))


def _grouped(rows: Iterable[FindingRow]) -> dict[str, list[FindingRow]]:
    ordered = sorted(rows, key=lambda row: row.finding.check)
    return {
        check: sorted(group, key=lambda row: (_GRAVITY.index(gravity(row)), row.place))
        for check, group in groupby(ordered, key=lambda row: row.finding.check)
    }


def _rank(rows: list[FindingRow]) -> tuple[int, int, str]:
    return min(_GRAVITY.index(gravity(row)) for row in rows), -len(rows), rows[0].finding.check


def _declared(rows: list[FindingRow]) -> int:
    check = rows[0].check
    return _GRAVITY.index(check.severity) if check and check.severity else len(_GRAVITY)


def _where(target: str, port: int) -> str:
    return f"{target}:{port}" if port else target
