"""Which reading of a target is judged: the latest one that says as much as those before it.

A reading that was interrupted, that saw less, or that could not be read again never takes the
place of a richer one: what it is silent about is not mended.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, timedelta

from care_kit.model.dossier.state import ReadingRecord
from care_kit.model.facts.finding import Finding
from care_kit.model.results.choices import Choice, PassedOver
from care_kit.model.words.french import counted, instant, listed
from care_kit.model.words.vocabulary import ProbeKind, Verdict

FUTURE_DAYS = 1
_DECIDED = (Verdict.FAIL, Verdict.PASS, Verdict.INFO)
_SHOWN = 3
_USE = "« care readings use » le fait juger malgré tout."

Judge = Callable[[ReadingRecord], Sequence[Finding]]


def choose(
    target: str,
    readings: Iterable[ReadingRecord],
    judge: Judge,
    by_hand: Collection[str],
    today: date,
) -> Choice:
    """The reading judged among those of one target, all of which can be read; at least one.

    `by_hand` are the ids a person chose: the latest of them stands for its target.
    """
    ordered = sorted(readings, key=lambda one: one.ended)  # at the same moment, as they came
    latest = ordered[-1]
    chosen = [one for one in by_hand if one in {each.id for each in ordered}]
    if chosen:
        picked = next(one for one in ordered if one.id == chosen[-1])
        later = [one for one in ordered if one.ended > picked.ended]
        why = f"Un autre relevé a été choisi (celui du {instant(picked.ended)})."
        return Choice(target, picked, tuple(PassedOver(one, why) for one in later), by_hand=True)
    possible = [one for one in ordered if not _to_come(one, today)] or ordered
    if possible[-1] is latest and _whole(latest, judge):
        return Choice(target, latest)
    best, passed = possible[0], []
    for one in possible[1:]:
        why = _silence(best, judge(best), one, judge(one))
        if why:
            passed.append(PassedOver(one, why))
        else:
            best, passed = one, []
    ahead = [one for one in ordered if one not in possible]
    passed += [PassedOver(one, "Ce relevé est daté dans le futur.") for one in ahead]
    return Choice(target, best, tuple(passed))


def _to_come(reading: ReadingRecord, today: date) -> bool:
    return reading.ended.date() > today + timedelta(days=FUTURE_DAYS)


def _whole(reading: ReadingRecord, judge: Judge) -> bool:
    """Every point of a domain is decided: no earlier reading proves what this one is silent about.

    It spares judging the earlier ones, which on a large directory takes seconds.
    """
    if reading.probe is not ProbeKind.DIRECTORY or not reading.complete:
        return False
    findings = judge(reading)
    return bool(findings) and all(one.verdict in _DECIDED for one in findings)


def _silence(
    best: ReadingRecord,
    known: Sequence[Finding],
    later: ReadingRecord,
    found: Sequence[Finding],
) -> str:
    """Why the later reading says less, in French; empty when it says as much."""
    decided = {(one.check, one.target) for one in found if one.verdict in _DECIDED}
    open_ = {(one.check, one.target) for one in found if one.verdict not in _DECIDED}
    seen = {_place(target) for _, target in decided}
    faults = [one for one in known if one.verdict is Verdict.FAIL]
    silent = [
        one.check
        for one in faults
        if (one.check, one.target) in open_
        or ((one.check, one.target) not in decided and _place(one.target) not in seen)
    ]
    when = instant(best.ended)
    if silent:
        checks = listed(tuple(dict.fromkeys(silent))[:_SHOWN], len(set(silent)) - _SHOWN)
        gone = counted(len(silent), "défaut prouvé", "défauts prouvés")
        return f"Il ne dit rien de {gone} par celui du {when} ({checks}). {_USE}"
    before = {(one.check, one.target) for one in known if one.verdict in _DECIDED}
    if not later.complete and best.complete and not before <= decided:
        return f"Incomplet, il en dit moins que celui du {when}. {_USE}"
    return ""


def _place(target: str) -> str:
    """What a finding is about, without the port: a closed port takes its findings away."""
    host, colon, port = target.rpartition(":")
    return host if colon and port.isdigit() else target
