"""MEL-DKIM, MEL-DKIM-CLE: keys under the declared selectors; selectors are never guessed."""

import base64
import binascii
from collections.abc import Iterator

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from care_kit.model.content.check import Check
from care_kit.model.facts.exposure import DnsFact, DnsOutcome, ExposureFacts
from care_kit.model.facts.finding import Finding
from care_kit.model.words.french import counted
from care_kit.model.words.vocabulary import Severity, Verdict
from care_kit.rules.exposure.records import NO_ANSWER, answer, known
from care_kit.rules.exposure.registry import rules
from care_kit.rules.exposure.verdicts import fail, told, worst

_NO_SELECTOR = "Aucun sélecteur DKIM n'est déclaré au périmètre : rien à lire."


@rules.decides("MEL-DKIM")
def signed(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """A key under at least one declared selector."""
    for domain in facts.domains:
        found = _keys(facts, domain)
        if any(_tags(value).get("p") for fact in found for value in fact.values):
            reason = "Une clé DKIM est publiée sous un sélecteur déclaré."
            yield told(Verdict.PASS, check, domain, reason)
        elif found and all(map(known, found)):
            asked = counted(len(found), "sélecteur déclaré", "sélecteurs déclarés")
            reason = f"Aucune clé sous {asked}."
            yield fail(check, domain, reason, objects=facts.selectors)
        elif found:
            yield told(Verdict.NOT_TESTED, check, domain, NO_ANSWER)
        elif answer(facts, f"_domainkey.{domain}", "TXT").outcome is DnsOutcome.NXDOMAIN:
            reason = "Rien n'existe sous _domainkey : DKIM est probablement absent."
            yield told(Verdict.NOT_TESTED, check, domain, reason)
        else:
            yield told(Verdict.NOT_TESTED, check, domain, _NO_SELECTOR)


@rules.decides("MEL-DKIM-CLE")
def key(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """Size of the published keys, one finding per domain: the worst key decides."""
    for domain in facts.domains:
        found = [
            _judged(check, domain, fact.name, value)
            for fact in _keys(facts, domain)
            for value in fact.values
            if "p" in _tags(value)
        ]
        if found:
            yield worst(found)
        else:
            reason = "Aucune clé DKIM n'a été lue." if facts.selectors else _NO_SELECTOR
            yield told(Verdict.NOT_TESTED, check, domain, reason)


def _judged(check: Check, domain: str, name: str, record: str) -> Finding:
    tags = _tags(record)
    if not tags["p"]:
        reason = "Une clé DKIM est révoquée (p= vide)."
        return told(Verdict.INFO, check, domain, reason, objects=(name,))
    if tags.get("k", "rsa").lower() == "ed25519":
        return told(Verdict.PASS, check, domain, "Clé DKIM Ed25519.", objects=(name,))
    bits = _rsa_bits(tags["p"])
    if not bits:
        reason = "Une clé DKIM est illisible."
        return told(Verdict.NOT_TESTED, check, domain, reason, objects=(name,))
    reason = f"Clé DKIM RSA de {bits} bits."
    if bits < check.threshold("high_bits"):
        return fail(check, domain, reason, objects=(name,), severity=Severity.HIGH)
    if bits < check.threshold("min_bits"):
        return fail(check, domain, reason, objects=(name,))
    return told(Verdict.PASS, check, domain, reason, objects=(name,))


def _keys(facts: ExposureFacts, domain: str) -> list[DnsFact]:
    names = [f"{selector}._domainkey.{domain}" for selector in facts.selectors]
    return [answer(facts, name, "TXT") for name in names]


def _tags(record: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): "".join(value.split()) for name, _, value in pairs}


def _rsa_bits(text: str) -> int:
    """Size of a base64 public key, 0 when it is not a readable RSA key."""
    try:
        key = load_der_public_key(base64.b64decode(text, validate=True))
    except (ValueError, TypeError, binascii.Error, UnsupportedAlgorithm):
        return 0
    return key.key_size if isinstance(key, rsa.RSAPublicKey) else 0
