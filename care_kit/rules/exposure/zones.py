"""DNS-*: what a domain's records say, and the names they lead to."""

from collections.abc import Iterator
from ipaddress import IPv4Address, ip_address, ip_network

from care_kit.model.content.check import Check
from care_kit.model.facts.exposure import DnsFact, DnsOutcome, ExposureFacts
from care_kit.model.facts.finding import Finding
from care_kit.model.words.french import counted
from care_kit.model.words.vocabulary import Severity, Verdict
from care_kit.rules.exposure.records import NO_ANSWER, answer, known, parents, relays
from care_kit.rules.exposure.registry import rules
from care_kit.rules.exposure.verdicts import fail, told

CLAIMABLE = (
    *(".azurewebsites.net", ".cloudapp.net", ".cloudapp.azure.com", ".trafficmanager.net"),
    *(".blob.core.windows.net", ".azureedge.net", ".azurefd.net", ".azure-api.net"),
    *(".elasticbeanstalk.com", ".azurehdinsight.net", ".search.windows.net"),
)
"""Hosting suffixes where a name that no longer exists can be taken by anyone (project
can-i-take-over-xyz, entries recognised by NXDOMAIN)."""

WILDCARD_LABEL = "care-kit-"
_PRIVATE = tuple(
    ip_network(one)
    for one in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
)


@rules.decides("DNS-DNSSEC")
def signed(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """No DS record above the zone: its answers cannot be verified."""
    for domain in facts.domains:
        names = [name for name in parents(domain) if _asked(facts, name, "DS")]
        found = [answer(facts, name, "DS") for name in names]
        if any(one.values for one in found):
            yield told(Verdict.PASS, check, domain, "La zone est signée (DS publié).")
        elif found and all(map(known, found)):
            yield fail(check, domain, "Aucun enregistrement DS : la zone n'est pas signée.")
        else:
            yield told(Verdict.NOT_TESTED, check, domain, NO_ANSWER)


@rules.decides("DNS-CAA")
def authorities(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """No CAA record, on the domain or above it (RFC 8659 §3)."""
    for domain in facts.domains:
        found = [
            answer(facts, name, "CAA") for name in parents(domain) if _asked(facts, name, "CAA")
        ]
        if any(one.values for one in found):
            yield told(Verdict.PASS, check, domain, "Les autorités permises sont déclarées (CAA).")
        elif found and all(map(known, found)):
            yield fail(check, domain, "Aucun enregistrement CAA.")
        else:
            yield told(Verdict.NOT_TESTED, check, domain, NO_ANSWER)


@rules.decides("DNS-JOKER")
def wildcard(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """A name drawn at random resolves."""
    for domain in facts.domains:
        end = f".{domain.lower()}"
        drawn = [
            one
            for one in facts.dns
            if one.name.startswith(WILDCARD_LABEL)
            and one.name.endswith(end)
            and "." not in one.name.removesuffix(end)
        ]
        if any(one.outcome is DnsOutcome.ANSWER for one in drawn):
            yield fail(check, domain, "Tout nom du domaine résout (joker DNS).")
        elif drawn and all(map(known, drawn)):
            yield told(Verdict.PASS, check, domain, "Un nom tiré au sort n'existe pas.")
        else:
            yield told(Verdict.NOT_TESTED, check, domain, NO_ANSWER)


@rules.decides("DNS-NS")
def servers(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """Fewer than two name servers, or all in one place."""
    for domain in facts.domains:
        fact = answer(facts, domain, "NS")
        if not known(fact):
            yield told(Verdict.NOT_TESTED, check, domain, NO_ANSWER)
        elif not fact.values:
            reason = "Ce nom n'est pas le sommet d'une zone : ses serveurs sont ceux du parent."
            yield told(Verdict.INFO, check, domain, reason)
        elif len(fact.values) < check.threshold("min_servers"):
            reason = f"{len(fact.values)} seul serveur de noms."
            yield fail(check, domain, reason, objects=fact.values)
        else:
            yield _spread(facts, check, domain, fact)


@rules.decides("DNS-PRIVE")
def internal_addresses(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """Internal addresses in the public zone; an inside view may see another zone."""
    for domain in facts.domains:
        if facts.view != "externe":
            reason = "Vue interne : la zone lue peut être celle de l'intérieur."
            yield told(Verdict.NOT_TESTED, check, domain, reason)
            continue
        ours = [one for one in facts.dns if one.type in ("A", "AAAA") and _within(one, domain)]
        private = sorted({one.name for one in ours if any(map(_is_private, one.values))})
        if private:
            led = counted(
                len(private), "nom de la zone publique mène", "noms de la zone publique mènent"
            )
            reason = f"{led} à une adresse privée."
            yield fail(check, domain, reason, objects=tuple(private))
        elif ours and all(map(known, ours)):
            reason = f"{counted(len(ours), 'réponse lue', 'réponses lues')}, aucune adresse privée."
            yield told(Verdict.PASS, check, domain, reason)
        else:
            yield told(Verdict.NOT_TESTED, check, domain, NO_ANSWER)


@rules.decides("DNS-ORPHELIN")
def dangling(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """A declared name that stands for a name that no longer exists."""
    for alias in (one for one in facts.dns if one.type == "CNAME"):
        if not known(alias):
            yield told(Verdict.NOT_TESTED, check, alias.name, NO_ANSWER)
            continue
        if not alias.values:
            yield told(Verdict.PASS, check, alias.name, "Ce nom n'en remplace aucun autre.")
            continue
        target = alias.values[0].rstrip(".").lower()
        gone = answer(facts, target, "A")
        if gone.outcome is DnsOutcome.NXDOMAIN:
            taken = _claimable(facts, target)
            reason = "Ce nom mène à un nom qui n'existe plus" + (
                ", que n'importe qui peut réserver." if taken else "."
            )
            severity = Severity.CRITICAL if taken else None
            yield fail(check, alias.name, reason, objects=(target,), severity=severity)
        elif known(gone):
            yield told(Verdict.PASS, check, alias.name, "Le nom vers lequel il mène existe.")
        else:
            yield told(Verdict.NOT_TESTED, check, alias.name, NO_ANSWER)


@rules.decides("DNS-NSMX-ORPH")
def dead_servers(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """A name server or mail server whose name does not exist; critical when it can be bought."""
    for domain in facts.domains:
        names, mail = answer(facts, domain, "NS"), relays(facts, domain)
        targets = [one.rstrip(".").lower() for one in names.values] + (mail or [])
        found = [answer(facts, one, "A") for one in targets]
        gone = [one.name for one in found if one.outcome is DnsOutcome.NXDOMAIN]
        if gone:
            free = any(_claimable(facts, one) for one in gone)
            subject = counted(len(gone), "serveur") + " de noms ou de messagerie"
            verb = "n'existent pas" if len(gone) > 1 else "n'existe pas"
            reason = f"{subject} {verb}{' ; un domaine est libre' if free else ''}."
            severity = None if free else Severity.MEDIUM
            yield fail(check, domain, reason, objects=tuple(gone), severity=severity)
        elif not known(names) or mail is None or not all(map(known, found)):
            yield told(Verdict.NOT_TESTED, check, domain, NO_ANSWER)
        else:
            servers = counted(len(targets), "serveur")
            reason = f"{servers} de noms et de messagerie : aucun ne manque."
            yield told(Verdict.PASS, check, domain, reason)


def _spread(facts: ExposureFacts, check: Check, domain: str, fact: DnsFact) -> Finding:
    """Whether the servers have addresses in more than one /24, as far as the DNS told."""
    found = [answer(facts, one, "A") for one in fact.values]
    networks = {
        ip_network(f"{address}/24", strict=False)
        for one in found
        for address in one.values
        if isinstance(ip_address(address), IPv4Address)
    }
    if len(networks) > 1:
        reason = f"{len(fact.values)} serveurs de noms dans {len(networks)} réseaux (/24)."
        return told(Verdict.PASS, check, domain, reason)
    if not all(one.outcome is DnsOutcome.ANSWER for one in found):
        return told(Verdict.NOT_TESTED, check, domain, NO_ANSWER)
    reason = f"{len(fact.values)} serveurs de noms, tous dans le même réseau (/24)."
    return fail(check, domain, reason, objects=fact.values)


def _claimable(facts: ExposureFacts, name: str) -> bool:
    """A hosting name anyone can register, or a name whose own domain is free."""
    if name.endswith(CLAIMABLE):
        return True
    above = (answer(facts, one, "NS") for one in parents(name))
    return any(one.outcome is DnsOutcome.NXDOMAIN for one in above)


def _asked(facts: ExposureFacts, name: str, kind: str) -> bool:
    return any(one.type == kind and one.name.rstrip(".").lower() == name for one in facts.dns)


def _within(one: DnsFact, domain: str) -> bool:
    return f".{one.name.rstrip('.')}".lower().endswith(f".{domain.lower()}")


def _is_private(text: str) -> bool:
    address = ip_address(text)
    return any(address in one for one in _PRIVATE if one.version == address.version)
