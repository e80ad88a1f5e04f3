"""DNS-*: what the name servers give away."""

from collections.abc import Iterator

from care_kit.model.content.check import Check
from care_kit.model.facts.exposure import ExposureFacts, Outcome
from care_kit.model.facts.finding import Finding
from care_kit.model.words.french import counted
from care_kit.model.words.vocabulary import Verdict
from care_kit.rules.exposure.registry import rules
from care_kit.rules.exposure.verdicts import fail, told


@rules.decides("DNS-AXFR")
def transfer(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """Zone transfer given to anyone; refused only when every name server said so."""
    for domain in facts.domains:
        tried = [one for one in facts.transfers if one.domain == domain]
        given = tuple(one.server for one in tried if one.outcome is Outcome.ACCEPTED)
        refused = sum(one.outcome is Outcome.REFUSED for one in tried)
        if given:
            reason = f"Zone livrée par {counted(len(given), 'serveur')} de noms sur {len(tried)}."
            yield fail(check, domain, reason, objects=given)
        elif tried and refused == len(tried):
            reason = f"Transfert refusé par {counted(refused, 'serveur')} de noms sur {len(tried)}."
            yield told(Verdict.PASS, check, domain, reason)
        else:
            reason = f"Refus prouvé pour {counted(refused, 'serveur')} de noms sur {len(tried)}."
            yield told(Verdict.NOT_TESTED, check, domain, reason)
