"""Exposure facts to findings: the themed files register their rules, `evaluate` runs them."""

from collections.abc import Mapping

from care_kit.model.content.check import Check
from care_kit.model.content.dated_tables import DatedTables
from care_kit.model.facts.exposure import ExposureFacts
from care_kit.model.facts.finding import Finding
from care_kit.model.words.vocabulary import Verdict
from care_kit.rules.exposure import (
    asides,
    certificates,
    chains,
    datagrams,
    devices,
    exchange,
    exploited,
    gateways,
    headers,
    inventory,
    mail,
    mail_relays,
    names,
    pages,
    preference,
    reachable,
    reports,
    services,
    signing,
    spf,
    suites,
    support,
    tls,
    web,
    zones,
)
from care_kit.rules.exposure.registry import dated_rules, rules

__all__ = [
    "asides",
    "certificates",
    "chains",
    "datagrams",
    "devices",
    "evaluate",
    "exchange",
    "exploited",
    "gateways",
    "headers",
    "inventory",
    "mail",
    "mail_relays",
    "names",
    "pages",
    "preference",
    "reachable",
    "reports",
    "rule_ids",
    "services",
    "signing",
    "spf",
    "suites",
    "support",
    "tls",
    "web",
    "zones",
]

SCOPE = "périmètre"


def rule_ids() -> frozenset[str]:
    """Ids of the checks that have a rule."""
    return rules.ids() | dated_rules.ids()


def evaluate(
    facts: ExposureFacts, checks: Mapping[str, Check], tables: DatedTables | None = None
) -> tuple[Finding, ...]:
    """Every exposure check that has a rule, one finding per target and port, in a stable order.

    A check that found nothing to look at says so once, on the scope as a whole; so does one that
    needs `tables` when there are none.
    """
    found = [
        one
        for name in sorted(rule_ids() & checks.keys())
        for one in _decided(facts, checks[name], tables)
    ]
    return tuple(sorted(found, key=lambda one: (one.check, one.target, one.port)))


def _decided(facts: ExposureFacts, check: Check, tables: DatedTables | None) -> tuple[Finding, ...]:
    """A rule that breaks gives an ERROR: it must neither stop the others nor pass for a pass."""
    try:
        found = _found(facts, check, tables)
    except Exception as cause:
        reason = f"La règle n'a pas pu conclure ({type(cause).__name__}) : signalez-le."
        return (Finding(check.id, SCOPE, Verdict.ERROR, reason),)
    if found:
        return found
    reason = "Rien de ce que ce contrôle regarde n'a été relevé."
    return (Finding(check.id, SCOPE, Verdict.NOT_TESTED, reason),)


def _found(facts: ExposureFacts, check: Check, tables: DatedTables | None) -> tuple[Finding, ...]:
    if check.id in rules.ids():
        return tuple(rules.rule(check.id)(facts, check))
    if tables is None:
        reason = "Les tables datées (KEV, fins de support) n'ont pas été lues."
        return (Finding(check.id, SCOPE, Verdict.NOT_TESTED, reason),)
    return tuple(dated_rules.rule(check.id)(facts, check, tables))
