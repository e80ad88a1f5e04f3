"""TLS-*: protocol versions. A version counts as refused only on the server's own word."""

from collections.abc import Iterator

from care_kit.model.content.check import Check
from care_kit.model.facts.exposure import ExposureFacts, Outcome, TlsFact
from care_kit.model.facts.finding import Finding
from care_kit.model.words.french import counted
from care_kit.model.words.vocabulary import Severity, Verdict
from care_kit.rules.exposure.registry import rules
from care_kit.rules.exposure.verdicts import fail, per_service, told

MAIL_PORTS = frozenset({25, 110, 143, 465, 587, 993, 995})


@rules.decides("TLS-SSL2")
def ssl2(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """SSLv2 accepted."""
    yield from per_service(facts.tls, lambda one: _banned(one, check, ("SSLv2",)))


@rules.decides("TLS-SSL3")
def ssl3(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """SSLv3 accepted."""
    yield from per_service(facts.tls, lambda one: _banned(one, check, ("SSLv3",)))


@rules.decides("TLS-10-11")
def old_tls(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """TLS 1.0 or 1.1 accepted; medium on mail ports, where the other choice is clear text."""

    def decide(one: TlsFact) -> Finding:
        severity = Severity.MEDIUM if one.port in MAIL_PORTS else None
        return _banned(one, check, ("TLSv1.0", "TLSv1.1"), severity)

    yield from per_service(facts.tls, decide)


@rules.decides("TLS-13")
def modern_tls(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """TLS 1.3 missing."""

    def decide(one: TlsFact) -> Finding:
        outcome = _outcome(one, "TLSv1.3")
        if outcome is Outcome.ACCEPTED:
            return told(Verdict.PASS, check, one.host, "TLS 1.3 est accepté.", port=one.port)
        if outcome is Outcome.REFUSED:
            reason = "TLS 1.3 est refusé."
            return fail(check, one.host, reason, port=one.port, objects=(one.address,))
        return _unproved(one, check, 1)

    yield from per_service(facts.tls, decide)


def _banned(
    one: TlsFact, check: Check, versions: tuple[str, ...], severity: Severity | None = None
) -> Finding:
    outcomes = {name: _outcome(one, name) for name in versions}
    accepted = [name for name in versions if outcomes[name] is Outcome.ACCEPTED]
    if accepted:
        reason = f"Versions acceptées : {', '.join(accepted)}."
        return fail(
            check, one.host, reason, port=one.port, objects=(one.address,), severity=severity
        )
    unknown = sum(outcomes[name] is Outcome.UNKNOWN for name in versions)
    if unknown:
        return _unproved(one, check, unknown)
    reason = f"Versions refusées par le serveur : {', '.join(versions)}."
    return told(Verdict.PASS, check, one.host, reason, port=one.port)


def _unproved(one: TlsFact, check: Check, count: int) -> Finding:
    reason = f"{counted(count, 'essai')} sans réponse exploitable : le refus n'est pas prouvé."
    return told(Verdict.NOT_TESTED, check, one.host, reason, port=one.port)


def _outcome(one: TlsFact, version: str) -> Outcome:
    """What that version's attempt gave; a version that was not tried proves nothing."""
    tried = {attempt.version: attempt.outcome for attempt in one.attempts}
    return tried.get(version, Outcome.UNKNOWN)
