"""The web ports of one visit: `/` on each, then a closed list of paths, within one ceiling."""

from care_kit.model.facts.exposure import HttpFact, Outcome
from care_kit.probes.exposure import http, services
from care_kit.probes.exposure.pace import Lane
from care_kit.probes.exposure.targets import Visit

MOST = 20
"""Requests for one name at one address, whatever the number of its ports."""

MTA_STS_LABEL = "mta-sts."


def look(visit: Visit, lane: Lane) -> list[HttpFact]:
    """Pages of a visit, each at its turn; a port that stops answering is left alone."""
    facts = [
        _page(visit, port, "/", lane)
        for port in sorted(visit.ports & (services.HTTP_PORTS | services.HTTPS_PORTS))
    ]
    speaking = {one.port for one in facts if one.outcome is Outcome.ACCEPTED}
    for port in services.PATH_PORTS:
        if port not in speaking:
            continue
        for path in paths(visit.host, guest=visit.guest):
            if len(facts) >= MOST:
                return facts
            fact = _page(visit, port, path, lane)
            facts.append(fact)
            if fact.outcome is not Outcome.ACCEPTED:
                break
    return facts


def paths(host: str, *, guest: bool) -> tuple[str, ...]:
    """The paths asked of a name: the mail policy alone where that is all the name is for."""
    if host.startswith(MTA_STS_LABEL):
        return (services.MTA_STS,)
    return (services.SECURITY_TXT,) if guest else services.PATHS


def most(ports: frozenset[int], host: str, *, guest: bool = False) -> int:
    """The most requests a visit can make, were all its ports open."""
    fronts = len(ports & (services.HTTP_PORTS | services.HTTPS_PORTS))
    further = len(ports & set(services.PATH_PORTS)) * len(paths(host, guest=guest))
    return min(MOST, fronts + further)


def _page(visit: Visit, port: int, path: str, lane: Lane) -> HttpFact:
    tls = port in services.HTTPS_PORTS
    return http.look(visit.host, visit.address, port, lane, tls=tls, path=path)
