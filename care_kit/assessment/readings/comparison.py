"""What changed between two readings of one probe, both judged by today's rules."""

from collections.abc import Iterable, Iterator, Mapping

from care_kit.model.facts.finding import Finding
from care_kit.model.results.comparison import Change, Comparison, Difference, JudgedReading
from care_kit.model.words.errors import InputError
from care_kit.model.words.vocabulary import WORST_FIRST, Severity, Verdict

Place = tuple[str, str, int]
_CHANGES = {change: rank for rank, change in enumerate(Change)}
_GRAVITY = {severity: rank for rank, severity in enumerate(Severity)}
_SOUND = (Verdict.PASS, Verdict.INFO)


def compare(first: JudgedReading, second: JudgedReading) -> Comparison:
    """The differences from the older of the two readings to the newer one.

    InputError when they come from two probes.
    """
    _refuse_two_probes(first, second)
    before, after = sorted((first, second), key=lambda one: (one.record.ended, one.record.id))
    return Comparison(
        probe=before.record.probe,
        before=before.record.id,
        after=after.record.id,
        before_ended=before.record.ended,
        after_ended=after.record.ended,
        differences=tuple(sorted(_differences(before, after), key=_rank)),
        cautions=tuple(_cautions(before, after)),
    )


def _refuse_two_probes(first: JudgedReading, second: JudgedReading) -> None:
    if first.record.probe is not second.record.probe:
        raise InputError(
            f"Ces relevés viennent de deux sondes différentes "
            f"({first.record.probe.label}, {second.record.probe.label}).",
            "Comparez deux relevés de la même sonde.",
        )


def _differences(before: JudgedReading, after: JudgedReading) -> Iterator[Difference]:
    old, new = _by_place(before.findings), _by_place(after.findings)
    for place in old.keys() | new.keys():
        was, now = _said(old, place), _said(new, place)
        change = _change(was, now)
        if change is not None:
            yield _difference(change, place, was, now)


def _said(places: Mapping[Place, tuple[Finding, ...]], place: Place) -> tuple[Finding, ...] | None:
    """What a reading says of a port: of that very port, else of the whole target.

    A service found nowhere is told once, without a port. A failure told so is of another place.
    """
    found = places.get(place)
    check, target, port = place
    if found is not None or not port:
        return found
    whole = places.get((check, target, 0))
    return None if _verdict(whole) is Verdict.FAIL else whole


def _by_place(findings: Iterable[Finding]) -> Mapping[Place, tuple[Finding, ...]]:
    places: dict[Place, tuple[Finding, ...]] = {}
    for one in findings:
        place = (one.check, one.target, one.port)
        places[place] = (*places.get(place, ()), one)
    return places


def _change(was: tuple[Finding, ...] | None, now: tuple[Finding, ...] | None) -> Change | None:
    """None when neither reading shows a failure there."""
    before, after = _verdict(was), _verdict(now)
    if after is Verdict.FAIL:
        return Change.PERSISTENT if before is Verdict.FAIL else Change.NEW
    if before is not Verdict.FAIL:
        return None
    return Change.FIXED if after in _SOUND else Change.UNSEEN


def _verdict(found: tuple[Finding, ...] | None) -> Verdict | None:
    return min((one.verdict for one in found), key=WORST_FIRST.index) if found else None


def _difference(
    change: Change,
    place: Place,
    was: tuple[Finding, ...] | None,
    now: tuple[Finding, ...] | None,
) -> Difference:
    check, target, port = place
    old, new = _objects(was), _objects(now)
    worst = _gravest(now if change in (Change.NEW, Change.PERSISTENT) else was)
    return Difference(
        change=change,
        check=check,
        target=target,
        port=port,
        before=_verdict(was),
        after=_verdict(now),
        severity=worst.severity,
        level=worst.level,
        appeared=tuple(sorted(new - old)),
        kept=tuple(sorted(new & old)),
        gone=tuple(sorted(old - new)),
    )


def _objects(found: tuple[Finding, ...] | None) -> frozenset[str]:
    failures = (one for one in found or () if one.verdict is Verdict.FAIL)
    return frozenset(name for one in failures for name in one.objects)


def _gravest(found: tuple[Finding, ...] | None) -> Finding:
    failures = [one for one in found or () if one.verdict is Verdict.FAIL]
    return min(failures, key=_gravity)


def _gravity(finding: Finding) -> tuple[int, int]:
    unknown = len(_GRAVITY)
    return _GRAVITY[finding.severity] if finding.severity else unknown, finding.level


def _rank(one: Difference) -> tuple[int, int, int, str, str, int]:
    gravity = _GRAVITY[one.severity] if one.severity else len(_GRAVITY)
    return (_CHANGES[one.change], gravity, one.level, one.check, one.target, one.port)


def _cautions(before: JudgedReading, after: JudgedReading) -> Iterator[str]:
    """Why the two readings may not be comparable."""
    for which, one in (("premier", before), ("second", after)):
        if not one.record.complete:
            yield f"Le {which} relevé est incomplet : une absence n'y prouve rien."
        if one.statement.replayed:
            yield f"Le {which} relevé est rejoué : il ne mesure pas votre établissement."
    if before.statement.target != after.statement.target:
        yield "Les deux relevés n'ont pas la même cible."
    if before.statement.view != after.statement.view:
        yield (
            f"Les points de vue diffèrent : {before.statement.view or 'non précisé'}, "
            f"puis {after.statement.view or 'non précisé'}."
        )
    if before.statement.scope_sha256 != after.statement.scope_sha256:
        yield "Le fichier de périmètre a changé entre les deux relevés : vérifiez ce qui diffère."
