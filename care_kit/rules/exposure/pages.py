"""WEB-*: what a site's front page is, and its security contact."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from care_kit.model.content.check import Check
from care_kit.model.facts.exposure import ExposureFacts, HttpFact, Outcome
from care_kit.model.facts.finding import Finding
from care_kit.model.words.vocabulary import Verdict
from care_kit.rules.exposure.registry import rules
from care_kit.rules.exposure.verdicts import fail, per_service, told
from care_kit.rules.exposure.web import fronts, unanswered

SECURITY_TXT = "/.well-known/security.txt"

_LISTING = re.compile(r"^(Index of /|Directory listing for /|Listing of /)", re.IGNORECASE)
_DEFAULT = re.compile(
    r"^(Welcome to nginx|Apache2? .*(Default|Test) Page|IIS Windows( Server)?$|Test Page for"
    r"|Welcome to CentOS|Microsoft Internet Information Services|It works!?$|Apache Tomcat/)",
    re.IGNORECASE,
)


@rules.decides("WEB-LISTE")
def listing(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """The front page lists files."""
    yield from _titles(facts, check, _LISTING, "La page d'accueil liste les fichiers du serveur.")


@rules.decides("WEB-DEFAUT")
def default_page(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """The front page is the one the software was installed with."""
    yield from _titles(facts, check, _DEFAULT, "La page d'accueil est celle de l'installation.")


@rules.decides("WEB-SECTXT")
def security_contact(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """security.txt missing, without a contact, or expired (RFC 9116)."""
    asked = [one for one in facts.http if one.path == SECURITY_TXT]
    yield from per_service(asked, lambda one: _contact(facts, check, one))


def _titles(
    facts: ExposureFacts, check: Check, pattern: re.Pattern[str], reason: str
) -> Iterator[Finding]:
    def decide(one: HttpFact) -> Finding:
        if one.outcome is not Outcome.ACCEPTED:
            return unanswered(one, check)
        if one.status == 200 and pattern.search(one.title):
            return fail(check, one.host, reason, port=one.port, objects=(one.address,))
        other = "La page d'accueil n'est pas de cette sorte."
        return told(Verdict.PASS, check, one.host, other, port=one.port)

    yield from per_service(fronts(facts), decide)


def _contact(facts: ExposureFacts, check: Check, one: HttpFact) -> Finding:
    if one.outcome is not Outcome.ACCEPTED:
        return unanswered(one, check)
    if 300 <= one.status < 400:
        reason = "security.txt est ailleurs : le renvoi n'a pas été suivi."
        return told(Verdict.NOT_TESTED, check, one.host, reason, port=one.port)
    lines = [line.partition(":") for line in one.text.splitlines()]
    fields = {name.strip().lower(): value.strip() for name, _, value in lines}
    if one.status != 200 or "contact" not in fields:
        reason = "Aucun contact de sécurité publié (security.txt)."
        return fail(check, one.host, reason, port=one.port)
    end = _moment(fields.get("expires", ""))
    if end is None or end <= facts.taken_at:
        reason = "security.txt est périmé ou sans date d'expiration."
        return fail(check, one.host, reason, port=one.port)
    reason = f"Contact de sécurité publié, valable jusqu'au {end:%d/%m/%Y}."
    return told(Verdict.PASS, check, one.host, reason, port=one.port)


def _moment(text: str) -> datetime | None:
    """An RFC 3339 moment, in UTC when it names no offset; None when it is not one."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
