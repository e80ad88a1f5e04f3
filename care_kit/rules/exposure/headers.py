"""WEB-*: what the front page's headers ask of browsers, and what they give away."""

import re
from collections.abc import Callable, Iterator

from care_kit.model.content.check import Check
from care_kit.model.facts.exposure import ExposureFacts, HttpFact, Outcome
from care_kit.model.facts.finding import Finding
from care_kit.model.words.french import counted
from care_kit.model.words.vocabulary import Severity, Verdict
from care_kit.rules.exposure.registry import rules
from care_kit.rules.exposure.verdicts import fail, per_service, told
from care_kit.rules.exposure.web import fronts, unanswered

_SESSION = re.compile(r"sess|sid\b|auth|token|jsession|phpsess", re.IGNORECASE)
_VERSION = re.compile(r"\d+\.\d+|/\d")
_SCRIPTS = re.compile(r"(?:^|;)\s*(script-src|default-src)\s([^;]*)", re.IGNORECASE)
_LEAKING = ("unsafe-url", "")
_TELLING = ("Server", "X-Powered-By", "X-AspNet-Version", "X-AspNetMvc-Version")


def _content(
    facts: ExposureFacts, check: Check, weakness: Callable[[HttpFact], str], good: str
) -> Iterator[Finding]:
    """A verdict on each front page that has a content; `weakness` is empty when all is well."""

    def decide(one: HttpFact) -> Finding:
        if one.outcome is not Outcome.ACCEPTED:
            return unanswered(one, check)
        if 300 <= one.status < 400:
            reason = "Cette page renvoie ailleurs : elle n'a pas de contenu à protéger."
            return told(Verdict.INFO, check, one.host, reason, port=one.port)
        if not 200 <= one.status < 300:
            reason = f"La page d'accueil n'a pas rendu son contenu (statut {one.status})."
            return told(Verdict.NOT_TESTED, check, one.host, reason, port=one.port)
        found = weakness(one)
        if found:
            return fail(check, one.host, found, port=one.port, objects=(one.address,))
        return told(Verdict.PASS, check, one.host, good, port=one.port)

    yield from per_service(fronts(facts), decide)


@rules.decides("WEB-CSP")
def content_policy(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """No content security policy, or one that allows inline scripts."""
    yield from _content(facts, check, _policy, "Une politique de contenu (CSP) est publiée.")


@rules.decides("WEB-XFO")
def framing(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """Nothing forbids putting the page in a frame."""

    def weakness(one: HttpFact) -> str:
        policy = (one.header("Content-Security-Policy") or "").lower()
        if one.header("X-Frame-Options") or "frame-ancestors" in policy:
            return ""
        return "Rien n'interdit l'encadrement de la page."

    yield from _content(facts, check, weakness, "L'encadrement de la page est limité.")


@rules.decides("WEB-NOSNIFF")
def sniffing(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """X-Content-Type-Options missing."""

    def weakness(one: HttpFact) -> str:
        value = (one.header("X-Content-Type-Options") or "").strip().lower()
        return "" if value == "nosniff" else "L'en-tête nosniff est absent."

    yield from _content(facts, check, weakness, "L'en-tête nosniff est présent.")


@rules.decides("WEB-REF")
def referrer(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """Referrer-Policy missing or leaking."""

    def weakness(one: HttpFact) -> str:
        value = (one.header("Referrer-Policy") or "").rpartition(",")[2].strip().lower()
        return "Le référent n'est pas limité." if value in _LEAKING else ""

    yield from _content(facts, check, weakness, "Le référent est limité.")


@rules.decides("WEB-COOKIE")
def cookies(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """Cookies without Secure, HttpOnly or SameSite; graver on a session cookie."""

    def decide(one: HttpFact) -> Finding:
        if one.outcome is not Outcome.ACCEPTED:
            return unanswered(one, check)
        set_here = [value for key, value in one.headers if key.lower() == "set-cookie"]
        weak = [value.partition("=")[0].strip() for value in set_here if _unprotected(value)]
        if weak:
            severity = None if any(map(_SESSION.search, weak)) else Severity.LOW
            reason = f"{counted(len(weak), 'cookie')} sur {len(set_here)} sans protection complète."
            names = tuple(sorted(set(weak)))
            return fail(check, one.host, reason, port=one.port, objects=names, severity=severity)
        reason = f"{counted(len(set_here), 'cookie')} sur la page d'accueil, aucun sans protection."
        return told(Verdict.PASS, check, one.host, reason, port=one.port)

    yield from per_service((one for one in fronts(facts) if one.tls), decide)


@rules.decides("WEB-VERSION")
def versions(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """A header that tells the server's version."""

    def decide(one: HttpFact) -> Finding:
        if one.outcome is not Outcome.ACCEPTED:
            return unanswered(one, check)
        telling = [(name, one.header(name) or "") for name in _TELLING]
        shown = tuple(f"{name}: {value}" for name, value in telling if _VERSION.search(value))
        if shown:
            reason = "Un en-tête donne la version du serveur."
            return fail(check, one.host, reason, port=one.port, objects=shown)
        reason = "Aucun en-tête ne donne de version."
        return told(Verdict.PASS, check, one.host, reason, port=one.port)

    yield from per_service(fronts(facts), decide)


@rules.decides("WEB-BASIC")
def basic(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """A password asked by the browser itself (Basic, NTLM), without a second factor."""

    def decide(one: HttpFact) -> Finding:
        if one.outcome is not Outcome.ACCEPTED:
            return unanswered(one, check)
        asked = [value for key, value in one.headers if key.lower() == "www-authenticate"]
        schemes = {value.split(" ")[0].strip(",").lower() for value in asked}
        weak = sorted(schemes & {"basic", "ntlm", "negotiate"})
        if one.status == 401 and weak:
            reason = f"Mot de passe demandé par le navigateur ({', '.join(weak)})."
            return fail(check, one.host, reason, port=one.port, objects=(one.address,))
        reason = "La page d'accueil ne demande pas de mot de passe de cette façon."
        return told(Verdict.PASS, check, one.host, reason, port=one.port)

    yield from per_service(fronts(facts), decide)


def _policy(one: HttpFact) -> str:
    header = one.header("Content-Security-Policy")
    if header is None:
        return "Aucune politique de contenu (CSP)."
    sources = {name.lower(): value.lower() for name, value in _SCRIPTS.findall(header)}
    scripts = sources.get("script-src", sources.get("default-src", "'unsafe-inline'"))
    guarded = "'nonce-" in scripts or "'sha" in scripts  # browsers then ignore unsafe-inline
    if "'unsafe-inline'" in scripts and not guarded:
        return "La politique de contenu laisse passer les scripts insérés dans la page."
    return ""


def _unprotected(cookie: str) -> bool:
    attributes = {part.partition("=")[0].strip().lower() for part in cookie.split(";")[1:]}
    return not {"secure", "httponly", "samesite"} <= attributes
