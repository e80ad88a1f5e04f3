"""MEL-*: who may send mail in the domain's name. An unanswered question proves nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from care_kit.model.content.check import Check
from care_kit.model.facts.exposure import DnsFact, DnsOutcome, ExposureFacts
from care_kit.model.facts.finding import Finding
from care_kit.model.words.french import counted
from care_kit.model.words.vocabulary import Severity, Verdict
from care_kit.rules.exposure.registry import rules
from care_kit.rules.exposure.spf_terms import is_record, lets_anyone
from care_kit.rules.exposure.verdicts import fail, told

_STRENGTH = {"none": 0, "quarantine": 1, "reject": 2}
_NO_ANSWER = "Le DNS n'a pas répondu : l'absence n'est pas prouvée."


@dataclass(frozen=True)
class Dmarc:
    """The DMARC record in force for a domain, and whether a parent domain published it."""

    record: str
    inherited: bool

    @property
    def tags(self) -> dict[str, str]:
        """Tags by lower-case name."""
        pairs = (part.partition("=") for part in self.record.split(";"))
        return {name.strip().lower(): value.strip().lower() for name, _, value in pairs}

    @property
    def policy(self) -> str:
        """What receivers are asked to do: none, quarantine or reject. A test (t=y) is none."""
        tags = self.tags
        policy = tags.get("sp", tags.get("p", "")) if self.inherited else tags.get("p", "")
        return policy if policy in _STRENGTH and tags.get("t") != "y" else "none"


@rules.decides("MEL-SPF-ABS")
def spf_missing(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """No SPF record."""
    for domain in facts.domains:
        records = spf(facts, domain)
        if records is None:
            yield told(Verdict.NOT_TESTED, check, domain, _NO_ANSWER)
        elif records:
            yield told(Verdict.PASS, check, domain, "Un enregistrement SPF est publié.")
        else:
            yield fail(check, domain, "Aucun enregistrement SPF.")


@rules.decides("MEL-SPF-TOUT")
def spf_all(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """What SPF says of everyone else."""
    for domain in facts.domains:
        records = spf(facts, domain)
        if records is None:
            yield told(Verdict.NOT_TESTED, check, domain, _NO_ANSWER)
        elif len(records) != 1:
            many = counted(len(records), "enregistrement")
            reason = f"{many} SPF : la règle finale ne se lit pas."
            yield told(Verdict.NOT_TESTED, check, domain, reason, objects=tuple(records))
        else:
            yield _spf_end(facts, check, domain, records[0])


@rules.decides("MEL-DMARC-ABS")
def dmarc_missing(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """No DMARC record, on the domain or above it."""
    for domain in facts.domains:
        known, found = dmarc(facts, domain)
        if found is not None:
            yield told(Verdict.PASS, check, domain, "Un enregistrement DMARC s'applique.")
        elif known:
            yield fail(check, domain, "Aucun enregistrement DMARC.")
        else:
            yield told(Verdict.NOT_TESTED, check, domain, _NO_ANSWER)


@rules.decides("MEL-DMARC-POL")
def dmarc_policy(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """DMARC published but not enforced, or weaker below than at the top."""
    for domain in facts.domains:
        known, found = dmarc(facts, domain)
        if found is None:
            reason = "Aucun enregistrement DMARC à juger." if known else _NO_ANSWER
            yield told(Verdict.NOT_TESTED, check, domain, reason)
            continue
        yield _dmarc_strength(check, domain, found)


def spf(facts: ExposureFacts, domain: str) -> list[str] | None:
    """SPF records of a domain; None when the DNS did not answer."""
    fact = _txt(facts, domain)
    if fact is None or fact.outcome is DnsOutcome.UNKNOWN:
        return None
    return [one for one in fact.values if is_record(one)]


def dmarc(facts: ExposureFacts, domain: str) -> tuple[bool, Dmarc | None]:
    """Whether the DNS answered all the way up, and the record found nearest to the domain.

    Several records at one name cancel each other (RFC 9989).
    """
    labels = domain.rstrip(".").lower().split(".")
    for level in range(len(labels)):
        fact = _txt(facts, f"_dmarc.{'.'.join(labels[level:])}")
        if fact is None:
            return level > 0, None
        if fact.outcome is DnsOutcome.UNKNOWN:
            return False, None
        records = [one for one in fact.values if _is_dmarc(one)]
        if len(records) == 1:
            return True, Dmarc(records[0], inherited=level > 0)
    return True, None


def _spf_end(facts: ExposureFacts, check: Check, domain: str, record: str) -> Finding:
    terms = record.lower().split()[1:]
    qualifier = next((_qualifier(one) for one in terms if one.lstrip("+-~?") == "all"), "")
    if qualifier == "+":
        reason = "SPF autorise tout le monde (+all)."
        return fail(check, domain, reason, objects=(record,), severity=Severity.CRITICAL)
    if lets_anyone(terms):
        reason = "SPF autorise toutes les adresses avant de conclure (ip4 de tout internet)."
        return fail(check, domain, reason, objects=(record,), severity=Severity.CRITICAL)
    if qualifier == "-":
        return told(Verdict.PASS, check, domain, "SPF refuse tous les autres émetteurs (-all).")
    if qualifier == "~":
        return _soft(facts, check, domain, record)
    if not qualifier and any(one.startswith("redirect=") for one in terms):
        reason = "SPF renvoie à un autre domaine (redirect), qui n'a pas été suivi."
        return told(Verdict.NOT_TESTED, check, domain, reason, objects=(record,))
    reason = "SPF ne conclut pas (?all ou all absent)."
    return fail(check, domain, reason, objects=(record,))


def _soft(facts: ExposureFacts, check: Check, domain: str, record: str) -> Finding:
    """`~all` is enough when DMARC enforces; alone it only marks."""
    known, found = dmarc(facts, domain)
    if found is not None and _STRENGTH[found.policy] >= _STRENGTH["quarantine"]:
        return told(Verdict.PASS, check, domain, "SPF ~all, complété par un DMARC appliqué.")
    if not known:
        return told(Verdict.NOT_TESTED, check, domain, _NO_ANSWER)
    reason = "SPF ~all, sans DMARC appliqué."
    return fail(check, domain, reason, objects=(record,), severity=Severity.LOW)


def _dmarc_strength(check: Check, domain: str, found: Dmarc) -> Finding:
    own = _STRENGTH[found.policy]
    below = [_STRENGTH.get(found.tags.get(tag, ""), own) for tag in ("sp", "np")]
    if found.policy == "none":
        return fail(check, domain, "DMARC n'est pas appliqué (none ou test).")
    if not found.inherited and min(below) < own:
        return fail(check, domain, "DMARC est plus faible pour les sous-domaines.")
    if found.policy == "quarantine":
        reason = "DMARC met en quarantaine."
        return fail(check, domain, reason, severity=Severity.LOW)
    return told(Verdict.PASS, check, domain, "DMARC rejette les messages usurpés.")


def _is_dmarc(record: str) -> bool:
    name, _, version = record.split(";")[0].partition("=")
    return name.strip() == "v" and version.strip() == "DMARC1"


def _qualifier(term: str) -> str:
    return term[0] if term[0] in "+-~?" else "+"


def _txt(facts: ExposureFacts, name: str) -> DnsFact | None:
    wanted = name.rstrip(".").lower()
    return next(
        (one for one in facts.dns if one.type == "TXT" and one.name.rstrip(".").lower() == wanted),
        None,
    )
