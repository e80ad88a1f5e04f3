"""Reported findings beside our own measure: confirmed, contradicted, or not measured."""

from collections.abc import Iterable
from dataclasses import dataclass

from care_kit.model.dossier.reported import ReportedFinding, ReportedStatus
from care_kit.model.facts.finding import Finding
from care_kit.model.words.vocabulary import WORST_FIRST, Verdict


@dataclass(frozen=True)
class Reconciled:
    """A reported finding, the worst verdict of its check in the latest readings, what it means.

    `measured` is None when no check was named or none was run; `sentence` is French;
    `contradicted` is true when the status said and the measure cannot both be right.
    """

    finding: ReportedFinding
    measured: Verdict | None
    sentence: str
    contradicted: bool = False


def reconcile(
    reported: Iterable[ReportedFinding], findings: Iterable[Finding]
) -> tuple[Reconciled, ...]:
    """One line per reported finding, in the order of their reports."""
    by_check: dict[str, list[Verdict]] = {}
    for one in findings:
        by_check.setdefault(one.check, []).append(one.verdict)
    ordered = sorted(reported, key=lambda one: (one.reported_on, one.source, one.reference, one.id))
    return tuple(_line(one, by_check.get(one.check, [])) for one in ordered)


def _line(finding: ReportedFinding, verdicts: list[Verdict]) -> Reconciled:
    if not finding.check:
        return Reconciled(finding, None, "Aucun contrôle de care-kit ne lui est rattaché.")
    if not verdicts:
        return Reconciled(finding, None, "Le contrôle n'a pas été mesuré.")
    worst = min(verdicts, key=WORST_FIRST.index)
    if worst in (Verdict.NOT_TESTED, Verdict.ERROR):
        return Reconciled(finding, worst, "La sonde n'a pas pu conclure.")
    seen, fixed = worst is Verdict.FAIL, finding.status is ReportedStatus.FIXED
    if seen and fixed:
        return Reconciled(finding, worst, "Dit corrigé, mais la sonde voit un échec.", True)
    if fixed:
        return Reconciled(finding, worst, "Correction confirmée par la sonde.")
    if seen and finding.status is ReportedStatus.UNSEEN:
        return Reconciled(finding, worst, "Dit non visible, mais la sonde voit un échec.", True)
    if seen:
        return Reconciled(finding, worst, "La sonde voit aussi un échec.")
    return Reconciled(finding, worst, "La sonde ne voit pas d'échec : revoyez la suite donnée.")
