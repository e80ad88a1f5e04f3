"""Reads one domain, whole or as much of it as answers, and states how it was read."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import care_kit
from care_kit.model.facts import directory_codec
from care_kit.model.facts.reading import Statement
from care_kit.model.formats.codec import sha512
from care_kit.model.words.french import seconds
from care_kit.model.words.vocabulary import ProbeKind
from care_kit.probes.directory.limits import limits, unread
from care_kit.probes.directory.target import Target

Progress = Callable[[str, int], None]
CLOCKS_APART = timedelta(minutes=5)


def _silent(title: str, count: int) -> None:
    """Default progress: tells nobody."""


@dataclass(frozen=True)
class Reading:
    """Encoded facts of one domain and how they were obtained.

    `domain` is its DN, `breaks` the limits that make the reading incomplete, `stopped` whether
    the user put an end to it.
    """

    facts: bytes
    statement: Statement
    domain: str
    breaks: tuple[str, ...]
    stopped: bool


def collect(target: Target, password: str, progress: Progress = _silent) -> tuple[bytes, Statement]:
    """Read the domain that `target` serves; encoded facts and how they were obtained.

    `progress` receives the French title of the search under way and the objects read so far in
    it. A search that fails is kept as a limit and the rest is read; ProbeError or InputError when
    nothing can be read at all.
    """
    found = read(target, password, progress)
    return found.facts, found.statement


def read(target: Target, password: str, progress: Progress = _silent) -> Reading:
    """The same, with what `together` needs when several domains are read in one go."""
    from care_kit.probes.directory.domain import ON_DEMAND, read_domain
    from care_kit.probes.directory.session import open_session

    started = _now()
    with open_session(target, password) as connection:
        facts, commands = read_domain(connection, target, started, progress)
    data = directory_codec.encode(facts)
    said = limits(facts, target)
    statement = Statement(
        probe=ProbeKind.DIRECTORY,
        tool=_tool(),
        target=target.url,
        account=target.user,
        started=started,
        ended=_now(),
        facts_sha512=sha512(data),
        complete=not said.breaks,
        commands=commands,
        limits=(*said.breaks, *said.notes, *_clocks(facts.taken_at, started)),
    )
    stopped = any(line.endswith(ON_DEMAND) for line in facts.unreadable)
    return Reading(data, statement, facts.domain_dn, said.breaks, stopped)


def together(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Readings made in one go: none misses a domain of its forest that another is about."""
    read_here = {unread(one.domain) for one in readings}

    def without(lines: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(line for line in lines if line not in read_here)

    return tuple(
        replace(
            one,
            breaks=without(one.breaks),
            statement=replace(
                one.statement,
                limits=without(one.statement.limits),
                complete=not without(one.breaks),
            ),
        )
        for one in readings
    )


def _clocks(theirs: datetime, ours: datetime) -> Iterator[str]:
    """A sentence when the two clocks disagree: Kerberos itself takes no more than that."""
    apart = theirs - ours
    if abs(apart) > CLOCKS_APART:
        ahead = "avance" if apart > timedelta(0) else "retarde"
        gap = seconds(abs(apart).total_seconds())
        yield (
            f"L'horloge de l'annuaire {ahead} de {gap} sur celle de ce poste : les durées sont "
            "comptées à l'heure de l'annuaire."
        )


def _tool() -> str:
    import ldap3

    return f"care-kit {care_kit.__version__} / ldap3 {ldap3.__version__}"


def _now() -> datetime:
    return datetime.now(UTC)
