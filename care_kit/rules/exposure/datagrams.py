"""EXP-*, VPN-IKE, DNS-RESOLV: what answered a UDP packet. Silence proves nothing."""

from collections.abc import Iterator

from care_kit.model.content.check import Check
from care_kit.model.facts.exposure import DatagramFact, ExposureFacts, Outcome, PortFact
from care_kit.model.facts.finding import Finding
from care_kit.model.facts.scope import BACNET
from care_kit.model.words.vocabulary import Verdict
from care_kit.rules.exposure.open_ports import by_address, judged
from care_kit.rules.exposure.registry import Rule, rules
from care_kit.rules.exposure.verdicts import fail, merged, told

ANSWERED: dict[str, tuple[str, str]] = {
    "EXP-SNMP": ("snmp", "Un agent SNMP répond."),
    "EXP-IPMI": ("ipmi", "Un contrôleur de gestion (IPMI) répond."),
    "EXP-NETBIOS": ("netbios", "Le service de noms NetBIOS répond."),
    "EXP-TFTP": ("tftp", "Un serveur TFTP répond."),
    "EXP-NTP": ("ntp", "Le serveur de temps répond aux requêtes de contrôle (mode 6)."),
    "VPN-IKE": ("ike", "Une passerelle IPsec répond à une proposition IKEv1."),
    "EXP-BACNET": (BACNET, "Un automate de bâtiment (BACnet) répond."),
    "DNS-RESOLV": ("dns", "Le serveur de noms résout un nom tiers pour tout le monde."),
}
"""Packet asked and what is said of an answer, by check id."""

BOTH: dict[str, tuple[frozenset[int], str, str]] = {
    "EXP-MSSQL": (frozenset({1433}), "mssql", "Le service SQL Server répond."),
    "EXP-MEMCACHED": (frozenset({11211}), "memcached", "Le service memcached répond."),
    "EXP-MQTT-UPNP": (frozenset({1883, 7547}), "ssdp", "Un service d'objet connecté répond."),
}
"""Checks decided by TCP ports and by a packet."""


def answered(facts: ExposureFacts, check: Check, service: str, reason: str) -> Iterator[Finding]:
    """An answer fails, the address's own refusal passes, silence is "not tested"."""
    asked = [one for one in facts.datagrams if one.service == service]
    for one in asked:
        yield _judged(one, check, reason)
    for address in by_address(facts).keys() - {one.address for one in asked}:
        nothing = "Aucun paquet UDP n'a été envoyé à cette adresse."
        if service == BACNET and BACNET not in facts.optional:
            nothing = (
                "BACnet non interrogé : ce test facultatif se demande dans le périmètre signé "
                f'(optional = ["{BACNET}"]).'
            )
        yield told(Verdict.NOT_TESTED, check, address, nothing)


def _judged(one: DatagramFact, check: Check, reason: str) -> Finding:
    if one.outcome is Outcome.ACCEPTED:
        return fail(check, one.address, reason, port=one.port)
    if one.outcome is Outcome.REFUSED:
        refusal = f"L'adresse l'a dit elle-même : {one.detail or 'port fermé'}."
        return told(Verdict.PASS, check, one.address, refusal, port=one.port)
    silence = f"Rien de probant en UDP ({one.detail or 'aucune réponse'})."
    return told(Verdict.NOT_TESTED, check, one.address, silence, port=one.port)


def _udp(service: str, reason: str) -> Rule:
    return lambda facts, check: answered(facts, check, service, reason)


def _both(ports: frozenset[int], service: str, reason: str) -> Rule:
    def decide(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
        def reachable(port: PortFact) -> Finding:
            return fail(check, port.address, reason, port=port.port)

        found = [*judged(facts, check, ports, reachable), *answered(facts, check, service, reason)]
        yield from merged(found)

    return decide


for _id, _asked in ANSWERED.items():
    rules.decides(_id)(_udp(*_asked))
for _id, _asked_both in BOTH.items():
    rules.decides(_id)(_both(*_asked_both))
