"""DNS-DOM-EXP, DNS-INV: how long the domains are ours, and names nobody declared."""

from collections.abc import Iterator

from care_kit.model.content.check import Check
from care_kit.model.content.dated_tables import DatedTables
from care_kit.model.facts.exposure import DnsOutcome, ExposureFacts
from care_kit.model.facts.finding import Finding
from care_kit.model.words.french import counted
from care_kit.model.words.vocabulary import Verdict
from care_kit.rules.exposure.registry import dated_rules, rules
from care_kit.rules.exposure.verdicts import fail, told


@dated_rules.decides("DNS-DOM-EXP")
def registration(facts: ExposureFacts, check: Check, tables: DatedTables) -> Iterator[Finding]:
    """A registration about to end, or ended."""
    read = {one.domain: one for one in facts.registrations}
    for domain in facts.domains:
        one = read.get(domain)
        if one is None:
            reason = (
                "Le registre n'est interrogé que si le périmètre signé donne l'adresse de son "
                "service RDAP (« rdap »)."
            )
            yield told(Verdict.NOT_TESTED, check, domain, reason)
        elif one.expires is None:
            why = "inconnu" if one.outcome is DnsOutcome.NXDOMAIN else "sans date lisible"
            yield told(Verdict.NOT_TESTED, check, domain, f"Domaine {why} au registre.")
        else:
            left = (one.expires.date() - tables.today).days
            rest = f"{'reste' if left >= 0 else 'échu depuis'} {counted(abs(left), 'jour')}"
            reason = f"Enregistrement du domaine jusqu'au {one.expires:%d/%m/%Y} ({rest})."
            if left <= check.threshold("max_days_left"):
                yield fail(check, domain, reason)
            else:
                yield told(Verdict.PASS, check, domain, reason)


@rules.decides("DNS-INV")
def undeclared(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """Names of the domain read in our certificates, but absent from the scope."""
    declared = {one.rstrip(".").lower() for one in (*facts.names, *facts.domains)}
    for domain in facts.domains:
        found = _names(facts, domain.lower())
        strangers = sorted(found - declared)
        if strangers:
            reason = f"{counted(len(strangers), 'nom')} du domaine hors du périmètre."
            yield fail(check, domain, reason, objects=tuple(strangers))
        elif found:
            reason = (
                f"{counted(len(found), 'nom lu', 'noms lus')} dans les certificats, aucun hors du "
                "périmètre ; les journaux publics de certificats n'ont pas été consultés."
            )
            yield told(Verdict.INFO, check, domain, reason)
        else:
            reason = "Aucun certificat n'a donné de nom du domaine à comparer."
            yield told(Verdict.NOT_TESTED, check, domain, reason)


def _names(facts: ExposureFacts, domain: str) -> set[str]:
    certificates = (one.certificate for one in facts.tls if one.certificate is not None)
    names = {name.rstrip(".").lower() for one in certificates for name in one.names}
    return {one for one in names if one.endswith(f".{domain}") and not one.startswith("*.")}
