"""MEL-SPF-SYNTAXE: a record receivers cannot evaluate protects nobody (RFC 7208)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from care_kit.model.content.check import Check
from care_kit.model.facts.exposure import DnsOutcome, ExposureFacts
from care_kit.model.facts.finding import Finding
from care_kit.model.words.french import counted
from care_kit.model.words.vocabulary import Verdict
from care_kit.rules.exposure.mail import spf
from care_kit.rules.exposure.records import NO_ANSWER, answer, known
from care_kit.rules.exposure.registry import rules
from care_kit.rules.exposure.spf_terms import (
    LOOKUPS,
    is_record,
    mechanism,
    modifier,
    terms_of,
    wrong,
)
from care_kit.rules.exposure.verdicts import fail, told

MOST_SERVERS = 10
"""Mail servers a receiver looks up for one « mx » (RFC 7208 §4.6.4)."""
_TOO_FAR = 50
"""Questions after which following a record is pointless."""


@dataclass
class _Walk:
    """What evaluating a record costs and meets."""

    lookups: int = 0
    wrong: list[str] = field(default_factory=list)
    silent: int = 0


@rules.decides("MEL-SPF-SYNTAXE")
def syntax(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """Several records, an unreadable term, a dead include, or too many DNS questions."""
    for domain in facts.domains:
        records = spf(facts, domain)
        if not records:
            reason = NO_ANSWER if records is None else "Aucun enregistrement SPF à lire."
            yield told(Verdict.NOT_TESTED, check, domain, reason)
            continue
        if len(records) > 1:
            reason = f"{len(records)} enregistrements SPF : ils s'annulent."
            yield fail(check, domain, reason, objects=tuple(records))
            continue
        walk = _Walk()
        _follow(facts, domain, records[0], walk)
        yield _judged(check, domain, records[0], walk)


def _judged(check: Check, domain: str, record: str, walk: _Walk) -> Finding:
    most = check.threshold("max_lookups")
    if walk.wrong:
        return fail(check, domain, f"SPF illisible : {walk.wrong[0]}.", objects=(record,))
    if walk.lookups > most:
        reason = f"SPF demande au moins {walk.lookups} questions DNS, au-delà de {most:.0f}."
        return fail(check, domain, reason, objects=(record,))
    if walk.silent:
        reason = f"{counted(walk.silent, 'enregistrement')} inclus sans réponse du DNS."
        return told(Verdict.NOT_TESTED, check, domain, reason)
    reason = f"SPF lisible, {counted(walk.lookups, 'question')} DNS sur {most:.0f} permises."
    return told(Verdict.PASS, check, domain, reason)


def _follow(facts: ExposureFacts, domain: str, record: str, walk: _Walk) -> None:
    """Evaluate a record as a receiver does: an include met twice costs twice."""
    if fault := wrong(record):
        walk.wrong.append(fault)
        return
    for term in terms_of(record):
        if modifier(term):
            continue
        _, name, rest = mechanism(term)
        if name == "all":
            return  # what follows it is ignored, a redirect too
        if name in LOOKUPS:
            walk.lookups += 1
        if name == "mx":
            _servers(facts, rest.partition("/")[0].lstrip(":") or domain, walk)
        if name == "include":
            _include(facts, rest[1:].rstrip(".").lower(), walk)
        if walk.wrong or walk.lookups > _TOO_FAR:
            return
    for term in terms_of(record):
        if modifier(term) == "redirect":
            walk.lookups += 1
            _include(facts, term.partition("=")[2].rstrip(".").lower(), walk)


def _servers(facts: ExposureFacts, name: str, walk: _Walk) -> None:
    fact = answer(facts, name, "MX")
    if known(fact) and len(fact.values) > MOST_SERVERS:
        walk.wrong.append(f"« {name} » a {len(fact.values)} serveurs de messagerie, dix au plus")


def _include(facts: ExposureFacts, name: str, walk: _Walk) -> None:
    if "%" in name:
        walk.silent += 1  # a macro depends on the sender: it cannot be evaluated here
        return
    if walk.lookups > _TOO_FAR:
        return
    fact = answer(facts, name, "TXT")
    if not known(fact):
        walk.silent += 1
        return
    records = [one for one in fact.values if is_record(one)]
    if fact.outcome is DnsOutcome.NXDOMAIN or len(records) != 1:
        walk.wrong.append(f"« {name} » ne publie pas un enregistrement SPF et un seul")
        return
    _follow(facts, name, records[0], walk)
