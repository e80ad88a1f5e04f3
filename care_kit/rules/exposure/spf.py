"""MEL-SPF-SYNTAXE: a record receivers cannot evaluate protects nobody (RFC 7208)."""

import re
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
from care_kit.rules.exposure.verdicts import fail, told

_TERM = re.compile(
    r"[+\-~?]?(?:all|(?:include|exists):\S+|(?:a|mx|ptr)(?:[:/]\S+)?|ip4:[\d./]+|ip6:[\da-f:./]+)"
    r"|[a-z][a-z0-9_.-]*=\S*",
    re.IGNORECASE,
)
_LOOKUP = re.compile(r"^[+\-~?]?(?:include:|exists:|a(?:[:/]|$)|mx(?:[:/]|$)|ptr(?:[:]|$))", re.I)
_FOLLOWED = re.compile(r"^(?:[+\-~?]?include:|redirect=)(.+)$", re.IGNORECASE)


@dataclass
class _Walk:
    """What evaluating a record costs and meets."""

    lookups: int = 0
    wrong: list[str] = field(default_factory=list)
    silent: int = 0
    seen: set[str] = field(default_factory=set)


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
        walk = _Walk(seen={domain.lower()})
        _follow(facts, records[0], walk)
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


def _follow(facts: ExposureFacts, record: str, walk: _Walk) -> None:
    terms = record.split()[1:]
    ended = any(one.lower().lstrip("+-~?") == "all" for one in terms)
    for term in terms:
        if not _TERM.fullmatch(term):
            walk.wrong.append(f"terme « {term[:60]} »")
        redirected = term.lower().startswith("redirect=")
        if _LOOKUP.match(term) or (redirected and not ended):
            walk.lookups += 1
        found = _FOLLOWED.match(term)
        if found and not (redirected and ended):
            _include(facts, found[1].rstrip(".").lower(), walk)


def _include(facts: ExposureFacts, name: str, walk: _Walk) -> None:
    if "%" in name:
        walk.silent += 1  # a macro depends on the sender: it cannot be evaluated here
        return
    if name in walk.seen:
        return
    walk.seen.add(name)
    fact = answer(facts, name, "TXT")
    if not known(fact):
        walk.silent += 1
        return
    records = [one for one in fact.values if one.lower().split(" ")[0] == "v=spf1"]
    if fact.outcome is DnsOutcome.NXDOMAIN or len(records) != 1:
        walk.wrong.append(f"« {name} » ne publie pas un enregistrement SPF et un seul")
        return
    _follow(facts, records[0], walk)
