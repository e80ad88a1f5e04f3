"""TLS-*: families of cipher suites, and what the answers to them announce."""

from collections.abc import Callable, Iterator

from care_kit.model.content.check import Check
from care_kit.model.facts.exposure import ExposureFacts, Outcome, SuiteAttempt, TlsFact
from care_kit.model.facts.finding import Finding
from care_kit.model.words.vocabulary import Verdict
from care_kit.rules.exposure.registry import rules
from care_kit.rules.exposure.verdicts import fail, per_service, told

_OLD = ("SSLv3", "TLSv1.0", "TLSv1.1", "TLSv1.2")
_UNASKED = SuiteAttempt("", Outcome.UNKNOWN)


@rules.decides("TLS-RC4-3DES")
def weak(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """RC4, DES or triple DES accepted."""
    yield from per_service(facts.tls, lambda one: _banned(one, check, "RC4-3DES", "RC4 ou DES"))


@rules.decides("TLS-NULL-ANON-EXP")
def no_encryption(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """A suite without encryption, without authentication, or weakened for export."""
    what = "NULL, anonyme ou EXPORT"
    yield from per_service(facts.tls, lambda one: _banned(one, check, "NULL-ANON-EXPORT", what))


@rules.decides("TLS-CBC")
def authenticated(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """No authenticated encryption (GCM, ChaCha20) in TLS 1.2."""
    what = "de chiffrement authentifié (GCM, ChaCha20)"
    yield from per_service(facts.tls, lambda one: _wanted(one, check, "AEAD", what))


@rules.decides("TLS-PFS")
def forward_secrecy(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """No ephemeral key exchange."""
    what = "d'échange de clé éphémère (ECDHE, DHE)"
    yield from per_service(facts.tls, lambda one: _wanted(one, check, "PFS", what))


@rules.decides("TLS-DH")
def small_prime(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """A Diffie-Hellman prime too short."""

    def decide(one: TlsFact) -> Finding:
        asked = _family(one, "DHE")
        if asked.outcome is Outcome.REFUSED:
            reason = "L'échange Diffie-Hellman classique est refusé."
            return told(Verdict.PASS, check, one.host, reason, port=one.port)
        if not asked.dh_bits:
            return _unproved(one, check)
        reason = f"Groupe Diffie-Hellman de {asked.dh_bits} bits."
        if asked.dh_bits < check.threshold("min_bits"):
            return fail(check, one.host, reason, port=one.port, objects=(one.address,))
        return told(Verdict.PASS, check, one.host, reason, port=one.port)

    yield from per_service(facts.tls, decide)


@rules.decides("TLS-RENEG")
def renegotiation(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """Secure renegotiation not announced."""
    yield from _answers(
        facts,
        check,
        bad=lambda one: not one.renegotiation,
        said="La renégociation sûre n'est pas annoncée.",
        good="La renégociation sûre est annoncée.",
    )


@rules.decides("TLS-COMP")
def compression(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """TLS compression chosen when offered."""
    yield from _answers(
        facts,
        check,
        bad=lambda one: one.compression > 0,
        said="Le serveur compresse les échanges TLS.",
        good="Le serveur ne compresse pas, alors que cela lui est proposé.",
    )


def only_modern(one: TlsFact) -> bool:
    """Whether TLS 1.3 is accepted and every older version refused: suites do not matter then."""
    outcomes = {each.version: each.outcome for each in one.attempts}
    refused = all(outcomes.get(version) is Outcome.REFUSED for version in _OLD)
    return refused and outcomes.get("TLSv1.3") is Outcome.ACCEPTED


def _banned(one: TlsFact, check: Check, family: str, what: str) -> Finding:
    asked = _family(one, family)
    if asked.outcome is Outcome.ACCEPTED:
        reason = f"Suite {what} acceptée ({asked.detail})."
        return fail(check, one.host, reason, port=one.port, objects=(one.address,))
    if asked.outcome is Outcome.REFUSED or only_modern(one):
        reason = f"Les suites {what} sont refusées."
        return told(Verdict.PASS, check, one.host, reason, port=one.port)
    return _unproved(one, check)


def _wanted(one: TlsFact, check: Check, family: str, what: str) -> Finding:
    asked = _family(one, family)
    if asked.outcome is Outcome.ACCEPTED or only_modern(one):
        reason = f"Une suite {what} est acceptée."
        return told(Verdict.PASS, check, one.host, reason, port=one.port)
    if asked.outcome is Outcome.REFUSED:
        reason = f"Aucune suite {what} n'est acceptée jusqu'à TLS 1.2."
        return fail(check, one.host, reason, port=one.port, objects=(one.address,))
    return _unproved(one, check)


def _answers(
    facts: ExposureFacts,
    check: Check,
    *,
    bad: Callable[[SuiteAttempt], bool],
    said: str,
    good: str,
) -> Iterator[Finding]:
    """A verdict on what accepted answers up to TLS 1.2 announce; TLS 1.3 has neither option."""

    def decide(one: TlsFact) -> Finding:
        read = [each for each in one.suites if each.compression >= 0]
        if any(map(bad, read)):
            return fail(check, one.host, said, port=one.port, objects=(one.address,))
        if read:
            return told(Verdict.PASS, check, one.host, good, port=one.port)
        if only_modern(one):
            reason = "Seul TLS 1.3 est accepté, qui n'a plus cette option."
            return told(Verdict.PASS, check, one.host, reason, port=one.port)
        return _unproved(one, check)

    yield from per_service(facts.tls, decide)


def _family(one: TlsFact, family: str) -> SuiteAttempt:
    return next((each for each in one.suites if each.family == family), _UNASKED)


def _unproved(one: TlsFact, check: Check) -> Finding:
    reason = "Aucune réponse exploitable à cette proposition de suites."
    return told(Verdict.NOT_TESTED, check, one.host, reason, port=one.port)
