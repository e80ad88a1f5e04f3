"""EXP-*: services recognised by what they answered to one question of their own."""

import re
from collections.abc import Iterator

from care_kit.model.content.check import Check
from care_kit.model.facts.exposure import ExposureFacts, HttpFact, Outcome, PortFact
from care_kit.model.facts.finding import Finding
from care_kit.model.words.vocabulary import Verdict
from care_kit.rules.exposure.open_ports import judged
from care_kit.rules.exposure.registry import rules
from care_kit.rules.exposure.verdicts import fail, told

DICOM = frozenset({104, 2345, 2761, 2762, 4242, 11112})
ELASTIC = frozenset({9200, 9300})
DOCKER = frozenset({2375, 2376, 6443, 10250})
RELAY = frozenset({25})
_DOCKER_OVER_TLS = 2376

_STARTTLS = re.compile(r"^250[- ]STARTTLS\s*$", re.IGNORECASE | re.MULTILINE)


@rules.decides("EXP-DICOM")
def dicom(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """A node that answered an association, whatever it answered."""

    def decide(one: PortFact) -> Finding:
        said = one.scripts.get("dicom-associate", "")
        if said.startswith("accepted"):
            reason = "Un nœud DICOM accepte une association d'un titre inconnu : tout AET accepté."
            return fail(check, one.address, reason, port=one.port)
        if said.startswith("rejected"):
            reason = "Un nœud DICOM répond ; il a refusé notre titre d'application."
            return fail(check, one.address, reason, port=one.port)
        reason = "Port ouvert, mais aucun nœud DICOM ne s'est fait reconnaître."
        return told(Verdict.NOT_TESTED, check, one.address, reason, port=one.port)

    yield from judged(facts, check, DICOM, decide)


@rules.decides("EXP-ELASTIC")
def elastic(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """Elasticsearch ports open; said to be without a password only when it answered without."""

    def decide(one: PortFact) -> Finding:
        reason = "Un port d'Elasticsearch répond."
        if any(page.status == 200 for page in _pages(facts, one)):
            reason = "Elasticsearch répond sans mot de passe."
        return fail(check, one.address, reason, port=one.port)

    yield from judged(facts, check, ELASTIC, decide)


@rules.decides("EXP-DOCKER")
def containers(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """Container interfaces open; the TLS one only when it answers without a certificate."""

    def decide(one: PortFact) -> Finding:
        if one.port == _DOCKER_OVER_TLS and not _pages(facts, one):
            reason = "Port ouvert ; l'interface n'a pas répondu sans certificat client."
            return told(Verdict.NOT_TESTED, check, one.address, reason, port=one.port)
        reason = "Une interface de conteneurs répond."
        return fail(check, one.address, reason, port=one.port)

    yield from judged(facts, check, DOCKER, decide)


@rules.decides("MEL-STARTTLS")
def starttls(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """A relay that receives mail but does not offer encryption."""

    def decide(one: PortFact) -> Finding:
        said = one.scripts.get("smtp-ehlo", "")
        if not said.startswith("250"):
            reason = "Le port 25 est ouvert, mais le relais n'a pas répondu à EHLO."
            return told(Verdict.NOT_TESTED, check, one.address, reason, port=one.port)
        if _STARTTLS.search(said):
            reason = "Le relais propose STARTTLS."
            return told(Verdict.PASS, check, one.address, reason, port=one.port)
        reason = "Le relais ne propose pas STARTTLS."
        return fail(check, one.address, reason, port=one.port)

    yield from judged(facts, check, RELAY, decide)


def _pages(facts: ExposureFacts, port: PortFact) -> list[HttpFact]:
    """What that very port answered to a web request, under any name."""
    return [
        one
        for one in facts.http
        if (one.address, one.port) == (port.address, port.port) and one.outcome is Outcome.ACCEPTED
    ]
