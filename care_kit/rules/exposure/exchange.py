"""OWA-EXCH: Exchange on the internet, the one product here that tells its version."""

import re
from collections.abc import Iterator
from dataclasses import replace

from care_kit.model.content.check import Check
from care_kit.model.content.dated_tables import DatedTables
from care_kit.model.facts.exposure import ExposureFacts, HttpFact
from care_kit.model.facts.finding import Finding
from care_kit.model.words.french import listed
from care_kit.model.words.vocabulary import Severity
from care_kit.rules.exposure.fingerprints import Product, location, recognised
from care_kit.rules.exposure.gateways import over_tls
from care_kit.rules.exposure.registry import dated_rules

ECP = "/ecp/"
EXCHANGE = Product("Exchange", headers=("X-OWA-Version", "X-FEServer"), redirects=("/owa/auth",))
_SHOWN_CVES = 4


@dated_rules.decides("OWA-EXCH")
def exchange(facts: ExposureFacts, check: Check, tables: DatedTables) -> Iterator[Finding]:
    """Exchange reachable; critical when /ecp/ answers too or when its build misses a fix."""
    secure = over_tls(facts)

    def recognise(one: HttpFact) -> str:
        return EXCHANGE.name if EXCHANGE.shown_by(one) else ""

    def gravity(one: HttpFact) -> Severity | None:
        reached = one.status in (200, 401) or location(one).startswith("/owa/auth")
        critical = (one.path == ECP and reached) or tables.exchange.missing(build(one))
        return Severity.CRITICAL if critical else None

    reason = "Un serveur {} est publié : version et correctifs restent à prouver."
    for one in recognised(secure, check, recognise, {"/", "/owa/", ECP}, reason, gravity):
        old = old_build(secure, one.target, one.port, tables)
        yield replace(one, reason=old) if old else one


def build(one: HttpFact) -> str:
    """The build Exchange tells (`15.2.1118.7`), without leading zeros; empty when it does not."""
    shown = one.header("X-OWA-Version") or ""
    if not re.fullmatch(r"\d{1,5}(\.\d{1,5}){3}", shown):
        return ""
    return ".".join(str(int(part)) for part in shown.split("."))


def old_build(facts: ExposureFacts, host: str, port: int, tables: DatedTables) -> str:
    """What to say of a build published before a fix, empty when that is not proved."""
    for one in facts.http:
        if (one.host, one.port) != (host, port):
            continue
        missing = tables.exchange.missing(build(one))
        if missing:
            return (
                f"Exchange {build(one)}, publié le {tables.exchange.builds[build(one)]:%d/%m/%Y}, "
                f"ne contient pas les correctifs de {told(missing)}."
            )
    return ""


def told(cves: tuple[str, ...]) -> str:
    """The last vulnerabilities by name, the others counted."""
    return listed(cves[-_SHOWN_CVES:], len(cves) - _SHOWN_CVES)
