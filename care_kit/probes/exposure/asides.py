"""The few requests to a site that no visitor makes: OPTIONS, another Origin, hidden files.

Hidden files are asked for only when the signed scope says so; the file of secrets (.env) is asked
for by HEAD and never read, and of the source history only the mark that it is one is kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from care_kit.model.facts.exposure import HttpFact, Outcome
from care_kit.model.facts.scope import HIDDEN_FILES
from care_kit.probes.exposure import http, services, web
from care_kit.probes.exposure.pace import Lane
from care_kit.probes.exposure.targets import Visit

ORIGIN = "https://care-kit.invalid"
"""A site that cannot exist (RFC 2606)."""


@dataclass(frozen=True)
class Aside:
    """One request: a method, a path, the Origin header to send if any."""

    path: str = "/"
    method: str = "GET"
    origin: str = ""


USUAL = (Aside(method="OPTIONS"), Aside(origin=ORIGIN))
HIDDEN = (Aside(http.GIT_HEAD), Aside("/.env", "HEAD"))


def look(
    visit: Visit, lane: Lane, pages: Sequence[HttpFact], optional: Iterable[str]
) -> list[HttpFact]:
    """Asked on the first port that shows a secure site, within the ceiling of the visit."""
    speaking = {one.port for one in pages if one.path == "/" and one.outcome is Outcome.ACCEPTED}
    port = next((one for one in services.PATH_PORTS if one in speaking), None)
    if visit.guest or visit.host.startswith(web.MTA_STS_LABEL) or port is None:
        return []
    facts: list[HttpFact] = []
    for one in wanted(optional):
        if len(pages) + len(facts) >= web.MOST:
            break
        fact = http.look(
            visit.host,
            visit.address,
            port,
            lane,
            tls=True,
            path=one.path,
            method=one.method,
            origin=one.origin,
        )
        facts.append(fact)
        if fact.outcome is not Outcome.ACCEPTED:
            break
    return facts


def most(ports: frozenset[int], pages: int, optional: Iterable[str]) -> int:
    """The most of these requests to a site that already got `pages`."""
    fronts = bool(ports & set(services.PATH_PORTS))
    return min(web.MOST - pages, fronts * len(wanted(optional)))


def wanted(optional: Iterable[str]) -> tuple[Aside, ...]:
    """The requests that a scope asks for, the gravest first: the ceiling may cut the last ones."""
    return (*(HIDDEN if HIDDEN_FILES in optional else ()), *USUAL)
