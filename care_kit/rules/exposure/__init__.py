"""Exposure facts to findings: the themed files register their rules, `evaluate` runs them."""

from collections.abc import Mapping

from care_kit.model.check import Check
from care_kit.model.exposure_facts import ExposureFacts
from care_kit.model.finding import Finding
from care_kit.model.vocabulary import Verdict
from care_kit.rules.exposure import (
    certificates,
    chains,
    datagrams,
    devices,
    gateways,
    headers,
    mail,
    names,
    pages,
    reachable,
    reports,
    services,
    signing,
    spf,
    suites,
    tls,
    web,
    zones,
)
from care_kit.rules.exposure.registry import rules

__all__ = [
    "certificates",
    "chains",
    "datagrams",
    "devices",
    "evaluate",
    "gateways",
    "headers",
    "mail",
    "names",
    "pages",
    "reachable",
    "reports",
    "rule_ids",
    "services",
    "signing",
    "spf",
    "suites",
    "tls",
    "web",
    "zones",
]

SCOPE = "périmètre"


def rule_ids() -> frozenset[str]:
    """Ids of the checks that have a rule."""
    return rules.ids()


def evaluate(facts: ExposureFacts, checks: Mapping[str, Check]) -> tuple[Finding, ...]:
    """Every exposure check that has a rule, one finding per target and port, in a stable order.

    A check that found nothing to look at says so once, on the scope as a whole.
    """
    found = [
        one for name in sorted(rule_ids() & checks.keys()) for one in _decided(facts, checks[name])
    ]
    return tuple(sorted(found, key=lambda one: (one.check, one.target, one.port)))


def _decided(facts: ExposureFacts, check: Check) -> tuple[Finding, ...]:
    """A rule that breaks gives an ERROR: it must neither stop the others nor pass for a pass."""
    try:
        found = tuple(rules.rule(check.id)(facts, check))
    except Exception as cause:
        reason = f"La règle n'a pas pu conclure ({type(cause).__name__}) : signalez-le."
        return (Finding(check.id, SCOPE, Verdict.ERROR, reason),)
    if found:
        return found
    reason = "Rien de ce que ce contrôle regarde n'a été relevé."
    return (Finding(check.id, SCOPE, Verdict.NOT_TESTED, reason),)
