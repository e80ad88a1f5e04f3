"""How rules read the DNS answers of a reading: by name and type, silence kept apart."""

from care_kit.model.facts.exposure import DnsFact, DnsOutcome, ExposureFacts

NO_ANSWER = "Le DNS n'a pas répondu : l'absence n'est pas prouvée."


def answer(facts: ExposureFacts, name: str, kind: str) -> DnsFact:
    """The answer to one question; UNKNOWN when it was not asked."""
    wanted = name.rstrip(".").lower()
    for one in facts.dns:
        if one.type == kind and one.name.rstrip(".").lower() == wanted:
            return one
    return DnsFact(wanted, kind, DnsOutcome.UNKNOWN)


def known(fact: DnsFact) -> bool:
    """Whether the DNS said something, be it that there is nothing."""
    return fact.outcome is not DnsOutcome.UNKNOWN


def parents(name: str) -> list[str]:
    """The name, then each name above it, the suffix excepted."""
    labels = name.rstrip(".").lower().split(".")
    return [".".join(labels[level:]) for level in range(len(labels) - 1)]


def relays(facts: ExposureFacts, domain: str) -> list[str] | None:
    """Mail servers of a domain; the null MX (RFC 7505) is none; None when the DNS was silent."""
    fact = answer(facts, domain, "MX")
    if not known(fact):
        return None
    targets = [one.rpartition(" ")[2].rstrip(".").lower() for one in fact.values]
    return [one for one in targets if one]
