"""TLS-ORDRE, TLS-HEARTBLEED: what one list of suites, offered in two orders, tells of a server."""

from collections.abc import Iterator

from care_kit.model.content.check import Check
from care_kit.model.facts.exposure import ExposureFacts, PreferenceFact, TlsFact
from care_kit.model.facts.finding import Finding
from care_kit.model.words.vocabulary import Verdict
from care_kit.rules.exposure.registry import rules
from care_kit.rules.exposure.suites import only_modern
from care_kit.rules.exposure.verdicts import fail, per_service, told

STRONG = frozenset({0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0x009E, 0x009F, 0xCCAA})
"""Ephemeral key exchange with authenticated encryption; numbers of the IANA registry."""

_UNASKED = PreferenceFact()
_MODERN = "Seul TLS 1.3 est accepté : ce point ne s'y pose plus."


@rules.decides("TLS-ORDRE")
def order(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """A server that lets the client choose a suite it should not."""
    yield from per_service(facts.tls, lambda one: _order(one, check))


@rules.decides("TLS-HEARTBLEED")
def heartbleed(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """Only the absence of the extension is provable without exploiting the flaw."""
    yield from per_service(facts.tls, lambda one: _heartbleed(one, check))


def _order(one: TlsFact, check: Check) -> Finding:
    seen = one.preference or _UNASKED
    if seen.strong_first and seen.strong_last:
        if seen.strong_first == seen.strong_last:
            reason = "Le serveur choisit la même suite dans les deux ordres."
            return told(Verdict.PASS, check, one.host, reason, port=one.port)
        if seen.strong_last in STRONG:
            reason = "Le serveur suit l'ordre du client, mais entre suites sûres."
            return told(Verdict.PASS, check, one.host, reason, port=one.port)
        reason = f"Le serveur suit l'ordre du client jusqu'à la suite 0x{seen.strong_last:04x}."
        return fail(check, one.host, reason, port=one.port, objects=(one.address,))
    if only_modern(one):
        return told(Verdict.PASS, check, one.host, _MODERN, port=one.port)
    reason = "Le serveur n'a pas répondu aux deux ordres proposés."
    return told(Verdict.NOT_TESTED, check, one.host, reason, port=one.port)


def _heartbleed(one: TlsFact, check: Check) -> Finding:
    announced = (one.preference or _UNASKED).heartbeat
    if announced is False:
        reason = "Le serveur n'annonce pas l'extension heartbeat : la faille ne peut pas y être."
        return told(Verdict.PASS, check, one.host, reason, port=one.port)
    if announced is None and only_modern(one):
        return told(Verdict.PASS, check, one.host, _MODERN, port=one.port)
    reason = "L'extension heartbeat n'a pas pu être cherchée."
    if announced:
        reason = (
            "Le serveur annonce l'extension heartbeat. Prouver la faille serait l'exploiter : "
            "demandez à son exploitant la version d'OpenSSL (corrigée depuis la 1.0.1g)."
        )
    return told(Verdict.NOT_TESTED, check, one.host, reason, port=one.port)
