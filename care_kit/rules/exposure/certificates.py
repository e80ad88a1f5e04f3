"""CRT-*: the certificate a service shows, judged at the moment it was read."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from ipaddress import ip_address

from care_kit.model.content.check import Check
from care_kit.model.facts.exposure import CertificateFact, ExposureFacts, TlsFact
from care_kit.model.facts.finding import Finding
from care_kit.model.facts.hosts import is_address
from care_kit.model.words.french import counted
from care_kit.model.words.vocabulary import Severity, Verdict
from care_kit.rules.exposure.registry import rules
from care_kit.rules.exposure.verdicts import fail, per_service, told

_MODERN_KEYS = ("Ed25519", "Ed448")


def each_certificate(
    facts: ExposureFacts, check: Check, decide: Callable[[TlsFact, CertificateFact], Finding]
) -> Iterator[Finding]:
    """`decide` wherever a certificate was read; "not tested" elsewhere."""

    def one(seen: TlsFact) -> Finding:
        if seen.certificate is None:
            reason = "Aucun certificat n'a pu être lu."
            return told(Verdict.NOT_TESTED, check, seen.host, reason, port=seen.port)
        return decide(seen, seen.certificate)

    yield from per_service(facts.tls, one)


@rules.decides("CRT-EXP")
def expiry(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """Expired, not yet valid, or about to expire."""

    def decide(seen: TlsFact, shown: CertificateFact) -> Finding:
        def failing(reason: str, severity: Severity | None = None) -> Finding:
            return fail(
                check,
                seen.host,
                reason,
                port=seen.port,
                objects=(seen.address,),
                severity=severity,
            )

        left = shown.not_after - facts.taken_at
        end = f"{shown.not_after:%d/%m/%Y}"
        if left < timedelta(0):
            return failing(f"Certificat expiré depuis le {end}.")
        if shown.not_before > facts.taken_at:
            start = f"{shown.not_before:%d/%m/%Y}"
            return failing(f"Certificat pas encore valable : à partir du {start}.", Severity.HIGH)
        for name, severity in (("high_days", Severity.HIGH), ("medium_days", Severity.MEDIUM)):
            days = check.threshold(name)
            if left <= timedelta(days=days):
                return failing(
                    f"Certificat valable jusqu'au {end} : {days:.0f} jours au plus.", severity
                )
        reason = f"Certificat valable jusqu'au {end}."
        return told(Verdict.PASS, check, seen.host, reason, port=seen.port)

    yield from each_certificate(facts, check, decide)


@rules.decides("CRT-NOM")
def name(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """The name asked must be among the subject alternative names (RFC 9525)."""

    def decide(seen: TlsFact, shown: CertificateFact) -> Finding:
        if any(_matches(one, seen.host) for one in shown.names):
            reason = "Le nom demandé figure au certificat."
            return told(Verdict.PASS, check, seen.host, reason, port=seen.port)
        if is_address(seen.host):
            reason = "Aucun nom déclaré pour cette adresse : rien à comparer au certificat."
            return told(Verdict.NOT_TESTED, check, seen.host, reason, port=seen.port)
        reason = f"Le nom demandé ne figure pas au certificat ({counted(len(shown.names), 'nom')})."
        return fail(check, seen.host, reason, port=seen.port, objects=shown.names)

    yield from each_certificate(facts, check, decide)


@rules.decides("CRT-CLE")
def key(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """RSA and elliptic curve key sizes."""

    def decide(seen: TlsFact, shown: CertificateFact) -> Finding:
        bits, said = shown.key_bits, f"Clé {shown.key_type} de {shown.key_bits} bits."

        def failing(severity: Severity | None) -> Finding:
            return fail(
                check,
                seen.host,
                said,
                port=seen.port,
                objects=(seen.address,),
                severity=severity,
            )

        verdict = Verdict.PASS
        if shown.key_type in ("RSA", "DSA"):
            if bits < check.threshold("rsa_critical_bits"):
                return failing(Severity.CRITICAL)
            if bits < check.threshold("rsa_min_bits"):
                return failing(None)
            if bits < check.threshold("rsa_good_bits"):
                verdict = Verdict.INFO
        elif shown.key_type == "EC":
            if bits < check.threshold("ec_min_bits"):
                return failing(None)
        elif shown.key_type not in _MODERN_KEYS:
            verdict, said = Verdict.NOT_TESTED, "La clé du certificat n'a pas pu être lue."
        return told(verdict, check, seen.host, said, port=seen.port)

    yield from each_certificate(facts, check, decide)


def _matches(name: str, host: str) -> bool:
    """RFC 6125/9525 matching: a star stands for exactly one leftmost label."""
    if is_address(host):
        return is_address(name) and ip_address(name) == ip_address(host)
    wanted, shown = host.rstrip(".").lower(), name.rstrip(".").lower()
    if shown.startswith("*."):
        return shown.count(".") >= 2 and wanted.partition(".")[2] == shown[2:]
    return wanted == shown
