"""WEB-METHODES, WEB-CORS, WEB-GIT: what a site answers to a few requests no visitor makes."""

from collections.abc import Iterator

from care_kit.model.content.check import Check
from care_kit.model.facts.exposure import ExposureFacts, HttpFact, Outcome
from care_kit.model.facts.finding import Finding
from care_kit.model.facts.scope import HIDDEN_FILES
from care_kit.model.words.vocabulary import Verdict
from care_kit.rules.exposure.fingerprints import answers_anything, sites
from care_kit.rules.exposure.registry import rules
from care_kit.rules.exposure.verdicts import fail, merged, per_service, told
from care_kit.rules.exposure.web import unanswered

GIT, ENVIRONMENT = "/.git/HEAD", "/.env"
_DANGEROUS = ("TRACE", "PUT")


@rules.decides("WEB-METHODES")
def methods(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """TRACE or PUT among the methods a site says it allows."""
    asked = [one for one in facts.asides if one.method == "OPTIONS"]
    yield from per_service(asked, lambda one: _methods(one, check))


@rules.decides("WEB-CORS")
def origins(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """A site that lets any other site read its answers."""
    asked = [one for one in facts.asides if one.origin]
    yield from per_service(asked, lambda one: _origins(one, check))


@rules.decides("WEB-GIT")
def hidden_files(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """The history of the source code, or the file of secrets, given to anyone."""
    asked = [one for one in facts.asides if one.path in (GIT, ENVIRONMENT)]
    if not asked and HIDDEN_FILES not in facts.optional:
        reason = (
            "Fichiers cachés non demandés : ce test facultatif se demande dans le périmètre "
            f'signé (optional = ["{HIDDEN_FILES}"]).'
        )
        for host in sites(facts):
            yield told(Verdict.NOT_TESTED, check, host, reason)
        return
    pages = sites(facts)
    anything = {
        (host, port)
        for host, ports in pages.items()
        for port, found in ports.items()
        if answers_anything(found)
    }
    yield from merged(_hidden(one, check, (one.host, one.port) in anything) for one in asked)


def _methods(one: HttpFact, check: Check) -> Finding:
    if one.outcome is not Outcome.ACCEPTED:
        return unanswered(one, check)
    allowed = one.header("Allow")
    if allowed is None:
        reason = "Le site ne dit pas quelles méthodes il permet."
        return told(Verdict.NOT_TESTED, check, one.host, reason, port=one.port)
    named = {each.strip().upper() for each in allowed.split(",")}
    found = [each for each in _DANGEROUS if each in named]
    if found:
        reason = f"Le site dit permettre {' et '.join(found)}."
        return fail(check, one.host, reason, port=one.port, objects=(one.address,))
    reason = "Ni TRACE ni PUT parmi les méthodes que le site dit permettre."
    return told(Verdict.PASS, check, one.host, reason, port=one.port)


def _origins(one: HttpFact, check: Check) -> Finding:
    if one.outcome is not Outcome.ACCEPTED:
        return unanswered(one, check)
    allowed = (one.header("Access-Control-Allow-Origin") or "").strip()
    credentials = (one.header("Access-Control-Allow-Credentials") or "").strip().lower() == "true"
    if allowed == one.origin:
        reason = "Le site autorise l'origine qu'on lui présente, quelle qu'elle soit."
        return fail(check, one.host, reason, port=one.port, objects=(one.address,))
    if allowed == "*" and credentials:
        reason = "Le site autorise toutes les origines, avec les cookies."
        return fail(check, one.host, reason, port=one.port, objects=(one.address,))
    reason = "La page d'accueil n'autorise pas une origine étrangère à lire une session."
    return told(Verdict.PASS, check, one.host, reason, port=one.port)


def _hidden(one: HttpFact, check: Check, anything: bool) -> Finding:
    if one.outcome is not Outcome.ACCEPTED:
        return unanswered(one, check)
    if one.path == GIT and one.status == 200 and one.text:
        reason = "L'historique du code source (.git) se télécharge."
        return fail(check, one.host, reason, port=one.port, objects=(one.address,))
    html = (one.header("Content-Type") or "").lower().startswith("text/html")
    if one.path == ENVIRONMENT and one.status == 200 and not html and not anything:
        reason = "Le fichier de secrets (.env) répond ; il n'a pas été lu."
        return fail(check, one.host, reason, port=one.port, objects=(one.address,))
    if 300 <= one.status < 400 or (one.status == 200 and one.path == ENVIRONMENT and not html):
        reason = f"Réponse non probante (statut {one.status}) : le renvoi n'a pas été suivi."
        return told(Verdict.NOT_TESTED, check, one.host, reason, port=one.port)
    reason = "Ni .git ni .env ne sont livrés."
    return told(Verdict.PASS, check, one.host, reason, port=one.port)
