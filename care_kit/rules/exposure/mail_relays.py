"""MEL-OUVERT, MEL-NTLM, MEL-DANE: what a mail relay accepts, gives away, and promises."""

import re
from collections.abc import Iterator

from care_kit.model.content.check import Check
from care_kit.model.facts.exposure import CertificateFact, DnsFact, ExposureFacts, PortFact
from care_kit.model.facts.finding import Finding
from care_kit.model.facts.scope import OPEN_RELAY
from care_kit.model.words.french import counted
from care_kit.model.words.vocabulary import Severity, Verdict
from care_kit.rules.exposure.devices import RELAY
from care_kit.rules.exposure.open_ports import judged
from care_kit.rules.exposure.records import NO_ANSWER, answer, known, parents, relays
from care_kit.rules.exposure.registry import rules
from care_kit.rules.exposure.verdicts import fail, told

RELAYING, EHLO, EHLO_OVER_TLS = "smtp-relay", "smtp-ehlo", "smtp-ehlo-tls"
"""Texts of the probe: the answer to the foreign recipient, to EHLO, to EHLO once encrypted."""

_REFUSED = re.compile(r"^[45]\d\d[ -](?:.*\b[45]\.7\.1\b|.*\brelay)", re.IGNORECASE)
_NTLM = re.compile(r"^250[- ]AUTH[ =].*\bNTLM\b", re.IGNORECASE | re.MULTILINE)
_STARTTLS = re.compile(r"^250[- ]STARTTLS\s*$", re.IGNORECASE | re.MULTILINE)


@rules.decides("MEL-OUVERT")
def open_relay(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """A relay that takes a stranger's message for a stranger; none is ever sent."""

    def decide(one: PortFact) -> Finding:
        said = one.scripts.get(RELAYING, "")
        if said.startswith("25"):
            reason = "Le relais accepte un destinataire étranger ; aucun message n'a été envoyé."
            return fail(check, one.address, reason, port=one.port)
        if _REFUSED.match(said):
            reason = "Le relais refuse un destinataire étranger."
            return told(Verdict.PASS, check, one.address, reason, port=one.port)
        reason = "La réponse du relais ne prouve ni le refus, ni l'acceptation."
        if not said:
            reason = (
                "Relais ouvert non cherché : ce test facultatif se demande dans le périmètre "
                f'signé (optional = ["{OPEN_RELAY}"]).'
            )
        return told(Verdict.NOT_TESTED, check, one.address, reason, port=one.port)

    yield from judged(facts, check, RELAY, decide)


@rules.decides("MEL-NTLM")
def windows_names(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """NTLM offered by a relay: its challenge names the internal domain to whoever asks."""

    def decide(one: PortFact) -> Finding:
        clear, secret = one.scripts.get(EHLO, ""), one.scripts.get(EHLO_OVER_TLS, "")
        if _NTLM.search(clear) or _NTLM.search(secret):
            reason = "Le relais propose NTLM, dont le défi nomme le domaine interne (non demandé)."
            return fail(check, one.address, reason, port=one.port)
        if not clear.startswith("250"):
            reason = "Le relais n'a pas répondu à EHLO."
            return told(Verdict.NOT_TESTED, check, one.address, reason, port=one.port)
        if _STARTTLS.search(clear) and not secret.startswith("250"):
            reason = "Pas de NTLM en clair ; ce qui est proposé après STARTTLS n'a pas été lu."
            return told(Verdict.NOT_TESTED, check, one.address, reason, port=one.port)
        reason = "Le relais ne propose pas NTLM."
        return told(Verdict.PASS, check, one.address, reason, port=one.port)

    yield from judged(facts, check, RELAY, decide)


@rules.decides("MEL-DANE")
def dane(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """TLSA records of the mail servers: signed, and true of the certificate shown (RFC 7672)."""
    for domain in facts.domains:
        servers = relays(facts, domain)
        if servers is None:
            yield told(Verdict.NOT_TESTED, check, domain, NO_ANSWER)
        elif not servers:
            reason = "Le domaine ne reçoit pas de courrier : ce contrôle est sans objet."
            yield told(Verdict.INFO, check, domain, reason)
        else:
            yield _published(facts, check, domain, servers)


def _published(facts: ExposureFacts, check: Check, domain: str, servers: list[str]) -> Finding:
    asked = {one: answer(facts, f"_25._tcp.{one}", "TLSA") for one in servers}
    bearing = {name: fact for name, fact in asked.items() if fact.values}
    if not bearing:
        if not all(map(known, asked.values())):
            return told(Verdict.NOT_TESTED, check, domain, NO_ANSWER)
        reason = "Aucun serveur de messagerie n'a d'enregistrement TLSA."
        return fail(check, domain, reason, severity=Severity.INFO)
    signed = {name: _signed(facts, name) for name in bearing}
    if any(one is False for one in signed.values()):
        names = tuple(name for name, one in signed.items() if one is False)
        reason = "Un enregistrement TLSA est publié dans une zone sans DNSSEC : il est ignoré."
        return fail(check, domain, reason, objects=names)
    matched = {name: _matches(facts, name, fact) for name, fact in bearing.items()}
    wrong = tuple(name for name, one in matched.items() if one is False)
    if wrong:
        reason = "Un enregistrement TLSA ne correspond pas au certificat présenté."
        return fail(check, domain, reason, objects=wrong)
    if all(signed.values()) and all(matched.values()) and len(bearing) == len(servers):
        reason = f"{counted(len(servers), 'serveur')} de messagerie, TLSA signés et conformes."
        return told(Verdict.PASS, check, domain, reason)
    reason = "TLSA publié, mais sa signature ou le certificat du relais n'ont pas été lus."
    return told(Verdict.NOT_TESTED, check, domain, reason)


def _signed(facts: ExposureFacts, server: str) -> bool | None:
    """Whether a zone above the server has a DS record; None when the DNS was not heard."""
    names = set(parents(server))
    found = [one for one in facts.dns if one.type == "DS" and one.name.rstrip(".").lower() in names]
    if any(one.values for one in found):
        return True
    return False if found and all(map(known, found)) else None


def _matches(facts: ExposureFacts, server: str, fact: DnsFact) -> bool | None:
    """Whether a record is true of the leaf shown; None without a leaf or a comparable record."""
    leaf = _leaf(facts, server)
    if leaf is None:
        return None
    verdicts = [_compares(leaf, one.split()) for one in fact.values]
    if True in verdicts:
        return True
    return None if None in verdicts else False


def _compares(leaf: CertificateFact, record: list[str]) -> bool | None:
    """One TLSA record (RFC 6698): only the leaf's SHA-256 is at hand, whole or of its key."""
    if len(record) < 4 or record[0] not in ("1", "3") or record[2] != "1":
        return None
    ours = {"0": leaf.sha256, "1": leaf.spki_sha256}.get(record[1], "")
    return "".join(record[3:]).lower() == ours.lower() if ours else None


def _leaf(facts: ExposureFacts, server: str) -> CertificateFact | None:
    addresses = {value for kind in ("A", "AAAA") for value in answer(facts, server, kind).values}
    for one in facts.tls:
        mine = one.host.lower() == server or one.address in addresses
        if one.port in RELAY and mine and one.certificate is not None:
            return one.certificate
    return None
