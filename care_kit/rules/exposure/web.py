"""WEB-*: what the front page's answer shows."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from care_kit.model.content.check import Check
from care_kit.model.facts.exposure import ExposureFacts, HttpFact, Outcome, PortState
from care_kit.model.facts.finding import Finding
from care_kit.model.facts.hosts import is_address
from care_kit.model.words.vocabulary import Verdict
from care_kit.rules.exposure.registry import rules
from care_kit.rules.exposure.verdicts import fail, per_service, told

CLEAR_PORT = 80
_MAX_AGE = re.compile(r'(?:^|;)\s*max-age\s*=\s*"?(\d{1,18})"?\s*(?:;|$)', re.IGNORECASE)


@rules.decides("WEB-HTTP")
def clear_text(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """Content served in clear instead of a redirection to HTTPS on the same name."""
    clear = [one for one in fronts(facts) if not one.tls]
    yield from per_service(clear, lambda one: _clear(one, check))
    asked = {(one.address, one.port) for one in clear}
    for port in facts.ports:
        if port.port != CLEAR_PORT or (port.address, port.port) in asked:
            continue
        if port.state is PortState.CLOSED:
            verdict, reason = Verdict.PASS, "Le port 80 est fermé : rien n'est servi en clair."
        else:
            verdict, reason = Verdict.NOT_TESTED, "Le port 80 n'a pas été interrogé ou se tait."
        yield told(verdict, check, port.address, reason, port=CLEAR_PORT)


@rules.decides("WEB-HSTS")
def strict_transport(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """HSTS missing or too short."""
    secure = [one for one in fronts(facts) if one.tls]
    yield from per_service(secure, lambda one: _hsts(one, check))


def fronts(facts: ExposureFacts) -> list[HttpFact]:
    """The front pages, one per name, address and port."""
    return [one for one in facts.http if one.path == "/"]


def _clear(one: HttpFact, check: Check) -> Finding:
    if one.outcome is not Outcome.ACCEPTED:
        return unanswered(one, check)
    where = _scheme_and_host(one.header("Location") or "")
    if 300 <= one.status < 400 and where is not None and where[0] == "https":
        if where[1] == one.host.lower():
            reason = "La page renvoie vers HTTPS sous le même nom."
            return told(Verdict.PASS, check, one.host, reason, port=one.port)
        reason = "La page renvoie vers HTTPS sous un autre nom."
        return told(Verdict.INFO, check, one.host, reason, port=one.port)
    if one.status < 400:
        reason = f"Réponse en clair, sans renvoi vers HTTPS (statut {one.status})."
        return fail(check, one.host, reason, port=one.port, objects=(one.address,))
    reason = f"Réponse en clair sans contenu (statut {one.status})."
    return told(Verdict.INFO, check, one.host, reason, port=one.port)


def _hsts(one: HttpFact, check: Check) -> Finding:
    if one.outcome is not Outcome.ACCEPTED:
        return unanswered(one, check)
    if is_address(one.host):
        reason = "HSTS ne vaut que pour un nom, et cette adresse n'en a aucun de déclaré."
        return told(Verdict.NOT_TESTED, check, one.host, reason, port=one.port)
    header = one.header("Strict-Transport-Security")
    found = _MAX_AGE.search(header or "")
    seconds = int(found[1]) if found else 0
    if seconds < check.threshold("min_age_seconds"):
        reason = "HSTS absent." if header is None else f"HSTS trop court : {seconds} secondes."
        return fail(check, one.host, reason, port=one.port, objects=(one.address,))
    reason = f"HSTS publié pour {seconds} secondes."
    good = seconds >= check.threshold("good_age_seconds")
    return told(Verdict.PASS if good else Verdict.INFO, check, one.host, reason, port=one.port)


def _scheme_and_host(location: str) -> tuple[str, str] | None:
    """Scheme and host of a hostile header value; None when it is not a URL."""
    try:
        parts = urlsplit(location)
        return parts.scheme.lower(), (parts.hostname or "").lower()
    except ValueError:
        return None


def unanswered(one: HttpFact, check: Check) -> Finding:
    """A page that gave nothing readable."""
    reason = "Aucune réponse HTTP exploitable."
    return told(Verdict.NOT_TESTED, check, one.host, reason, port=one.port)
