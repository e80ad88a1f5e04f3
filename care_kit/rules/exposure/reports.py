"""MEL-*: what a domain asks of others: reports, encrypted delivery, or no mail at all."""

import re
from collections.abc import Iterator

from care_kit.model.content.check import Check
from care_kit.model.facts.exposure import ExposureFacts, HttpFact, Outcome
from care_kit.model.facts.finding import Finding
from care_kit.model.words.vocabulary import Severity, Verdict
from care_kit.rules.exposure.mail import dmarc, spf
from care_kit.rules.exposure.records import NO_ANSWER, answer, known, parents, relays
from care_kit.rules.exposure.registry import rules
from care_kit.rules.exposure.verdicts import fail, told

MTA_STS_PATH = "/.well-known/mta-sts.txt"
_NO_MAIL = "Le domaine ne reçoit pas de courrier : ce contrôle est sans objet."
_RECEIVER = re.compile(r"mailto:[^@,;\s]{1,64}@([a-z0-9.-]{1,253})", re.IGNORECASE)


@rules.decides("MEL-DMARC-RUA")
def aggregate_reports(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """No address for the reports, or one whose domain did not agree to receive them."""
    for domain in facts.domains:
        known_record, found = dmarc(facts, domain)
        if found is None:
            reason = "Aucun enregistrement DMARC à lire." if known_record else NO_ANSWER
            yield told(Verdict.NOT_TESTED, check, domain, reason)
            continue
        receivers = _RECEIVER.findall(found.tags.get("rua", ""))
        if not receivers:
            yield fail(check, domain, "DMARC ne demande aucun rapport (rua).")
            continue
        yield _authorised(facts, check, domain, sorted(set(receivers)))


@rules.decides("MEL-TLSRPT")
def tls_reports(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """No request for reports of failed encrypted deliveries."""
    yield from _published(facts, check, "_smtp._tls", "v=tlsrptv1", "TLS-RPT")


@rules.decides("MEL-MTASTS")
def delivery_policy(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """No MTA-STS policy, or one that does not enforce, or that forgets a mail server."""
    for finding in _published(facts, check, "_mta-sts", "v=stsv1", "MTA-STS"):
        if finding.verdict is Verdict.PASS:
            yield _policy(facts, check, finding.target)
        else:
            yield finding


@rules.decides("MEL-NULL")
def unused(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """A domain without mail must say so to everyone: null MX, SPF -all, DMARC reject."""
    for domain in facts.domains:
        servers, records = relays(facts, domain), spf(facts, domain)
        known_record, policy = dmarc(facts, domain)
        if servers:
            reason = "Le domaine reçoit du courrier : ce contrôle est sans objet."
            yield told(Verdict.INFO, check, domain, reason)
            continue
        if servers is None or records is None or (policy is None and not known_record):
            yield told(Verdict.NOT_TESTED, check, domain, NO_ANSWER)
            continue
        missing = [
            *([] if answer(facts, domain, "MX").values else ["MX nul"]),
            *([] if [_bare(one) for one in records] == ["v=spf1 -all"] else ["SPF -all"]),
            *([] if policy and policy.policy == "reject" else ["DMARC reject"]),
        ]
        if missing:
            reason = f"Domaine sans messagerie, mais il manque : {', '.join(missing)}."
            yield fail(check, domain, reason)
        else:
            reason = "Domaine sans messagerie, et qui le dit."
            yield told(Verdict.PASS, check, domain, reason)


def _authorised(facts: ExposureFacts, check: Check, domain: str, receivers: list[str]) -> Finding:
    """Receivers of another organisation must publish their agreement (RFC 9990).

    The probe asks about those only: a receiver it asked nothing about is of the domain's own.
    """
    refused, silent = [], False
    for receiver in receivers:
        names = {f"{each}._report._dmarc.{receiver}".lower() for each in parents(domain)}
        asked = [one for one in facts.dns if one.type == "TXT" and one.name.lower() in names]
        if any("v=dmarc1" in value.lower() for fact in asked for value in fact.values):
            continue
        silent = silent or any(not known(one) for one in asked)
        refused += [receiver] if any(map(known, asked)) else []
    if refused:
        reason = "Un destinataire des rapports DMARC n'a pas publié son accord."
        return fail(check, domain, reason, objects=tuple(refused))
    if silent:
        return told(Verdict.NOT_TESTED, check, domain, NO_ANSWER)
    return told(Verdict.PASS, check, domain, "Les rapports DMARC ont un destinataire.")


def _published(
    facts: ExposureFacts, check: Check, label: str, version: str, title: str
) -> Iterator[Finding]:
    for domain in facts.domains:
        fact, servers = answer(facts, f"{label}.{domain}", "TXT"), relays(facts, domain)
        if servers == []:
            yield told(Verdict.INFO, check, domain, _NO_MAIL)
        elif servers is None or not known(fact):
            yield told(Verdict.NOT_TESTED, check, domain, NO_ANSWER)
        elif any(_bare(one).startswith(version) for one in fact.values):
            yield told(Verdict.PASS, check, domain, f"{title} est publié.")
        else:
            yield fail(check, domain, f"{title} n'est pas publié.")


def _policy(facts: ExposureFacts, check: Check, domain: str) -> Finding:
    page = _policy_page(facts, domain)
    if page is None or page.outcome is not Outcome.ACCEPTED or page.status != 200:
        reason = (
            "La politique MTA-STS n'a pas été lue : déclarez le nom mta-sts du domaine au "
            "périmètre."
        )
        return told(Verdict.NOT_TESTED, check, domain, reason)
    fields = [line.partition(":") for line in page.text.splitlines()]
    mode = next((value.strip().lower() for key, _, value in fields if key.strip() == "mode"), "")
    allowed = [value.strip().lower() for key, _, value in fields if key.strip() == "mx"]
    forgotten = [one for one in relays(facts, domain) or [] if not _covers(allowed, one)]
    if forgotten:
        reason = "La politique MTA-STS ne cite pas tous les serveurs de messagerie."
        return fail(check, domain, reason, objects=tuple(forgotten))
    if mode != "enforce":
        reason = f"La politique MTA-STS n'impose rien (mode {mode or 'absent'})."
        return fail(check, domain, reason, severity=Severity.INFO)
    return told(Verdict.PASS, check, domain, "La politique MTA-STS impose le chiffrement.")


def _policy_page(facts: ExposureFacts, domain: str) -> HttpFact | None:
    name = f"mta-sts.{domain}".lower()
    pages = (one for one in facts.http if one.path == MTA_STS_PATH and one.tls)
    return next((one for one in pages if one.host.lower() == name), None)


def _covers(allowed: list[str], server: str) -> bool:
    """A star stands for exactly one leftmost label (RFC 8461 §4.1)."""
    rest = server.partition(".")[2]
    return server in allowed or (bool(rest) and f"*.{rest}" in allowed)


def _bare(record: str) -> str:
    return " ".join(record.lower().split())
