"""CRT-*: who signed the certificate, how, and for how long."""

from collections.abc import Iterator
from datetime import UTC, datetime

from care_kit.model.content.check import Check
from care_kit.model.facts.exposure import CertificateFact, ExposureFacts, TlsFact, Trust
from care_kit.model.facts.finding import Finding
from care_kit.model.words.french import counted
from care_kit.model.words.vocabulary import Verdict
from care_kit.rules.exposure.certificates import each_certificate
from care_kit.rules.exposure.registry import rules
from care_kit.rules.exposure.verdicts import fail, per_service, told

_WHY = {
    Trust.SELF_SIGNED: "Certificat auto-signé : aucune autorité ne le garantit",
    Trust.MISSING_INTERMEDIATE: "Chaîne incomplète : le certificat intermédiaire n'est pas envoyé",
    Trust.PRIVATE_AUTHORITY: "Autorité privée : elle est absente du magasin du poste",
}
_WEAK_HASHES = ("md5", "sha1")
_SCHEDULE = (
    (datetime(2029, 3, 15, tzinfo=UTC), "days_2029"),
    (datetime(2027, 3, 15, tzinfo=UTC), "days_2027"),
    (datetime(2026, 3, 15, tzinfo=UTC), "days_2026"),
)
"""First day of each maximum duration of the CA/Browser Forum's ballot SC-081v3."""


@rules.decides("CRT-CHAINE")
def chain(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """The chain must end at an authority of the station's dated store."""

    def decide(one: TlsFact) -> Finding:
        found = one.trust
        if found is None or found.trust is Trust.UNKNOWN:
            reason = "La chaîne n'a pas pu être vérifiée" + (
                f" ({found.detail})." if found and found.detail else "."
            )
            return told(Verdict.NOT_TESTED, check, one.host, reason, port=one.port)
        if found.trust is Trust.TRUSTED:
            reason = f"La chaîne mène à une autorité connue : {found.store}."
            return told(Verdict.PASS, check, one.host, reason, port=one.port)
        if found.trust in _WHY:
            reason = f"{_WHY[found.trust]} ({found.store})."
            return fail(check, one.host, reason, port=one.port, objects=(one.address,))
        reason = f"La chaîne se construit, mais sa vérification s'arrête : {found.detail}."
        return told(Verdict.NOT_TESTED, check, one.host, reason, port=one.port)

    yield from per_service(facts.tls, decide)


@rules.decides("CRT-SIG")
def signature(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """SHA-1 or MD5 in the leaf's signature."""

    def decide(seen: TlsFact, shown: CertificateFact) -> Finding:
        name = shown.signature_hash
        if name in _WEAK_HASHES:
            reason = f"Certificat signé avec {name.upper()}."
            return fail(check, seen.host, reason, port=seen.port, objects=(seen.address,))
        if not name and shown.key_type not in ("Ed25519", "Ed448"):
            reason = "L'algorithme de signature n'a pas pu être lu."
            return told(Verdict.NOT_TESTED, check, seen.host, reason, port=seen.port)
        reason = f"Certificat signé avec {name.upper() or 'EdDSA'}."
        return told(Verdict.PASS, check, seen.host, reason, port=seen.port)

    yield from each_certificate(facts, check, decide)


@rules.decides("CRT-DUREE")
def duration(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """Longer than public authorities may issue since the certificate's first day."""

    def decide(seen: TlsFact, shown: CertificateFact) -> Finding:
        if not _is_public(seen):
            return _not_public(seen, check)
        days = (shown.not_after - shown.not_before).days
        name = next((name for since, name in _SCHEDULE if shown.not_before >= since), "")
        if name and days > check.threshold(name):
            most = check.threshold(name)
            reason = f"Certificat émis pour {days} jours, au-delà des {most:.0f} permis."
            return fail(check, seen.host, reason, port=seen.port, objects=(seen.address,))
        reason = f"Certificat émis pour {days} jours."
        return told(Verdict.PASS, check, seen.host, reason, port=seen.port)

    yield from each_certificate(facts, check, decide)


@rules.decides("CRT-CT")
def transparency(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """Too few signed certificate timestamps in a public certificate."""

    def decide(seen: TlsFact, shown: CertificateFact) -> Finding:
        if not _is_public(seen):
            return _not_public(seen, check)
        if shown.timestamps < 0:
            reason = "Les preuves de publication du certificat n'ont pas été lues."
            return told(Verdict.NOT_TESTED, check, seen.host, reason, port=seen.port)
        reason = f"{counted(shown.timestamps, 'preuve')} de publication (SCT) dans le certificat."
        if shown.timestamps < check.threshold("min_timestamps"):
            return fail(check, seen.host, reason, port=seen.port, objects=(seen.address,))
        return told(Verdict.PASS, check, seen.host, reason, port=seen.port)

    yield from each_certificate(facts, check, decide)


@rules.decides("CRT-REVOC")
def revocation(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """No way to learn that the certificate was revoked; OCSP alone is not asked for."""

    def decide(seen: TlsFact, shown: CertificateFact) -> Finding:
        if shown.revocation < 0:
            reason = "Les adresses de révocation n'ont pas été lues."
            return told(Verdict.NOT_TESTED, check, seen.host, reason, port=seen.port)
        if shown.revocation == 0:
            reason = "Ni liste de révocation ni OCSP au certificat."
            return fail(check, seen.host, reason, port=seen.port, objects=(seen.address,))
        reason = "Le certificat dit où vérifier sa révocation."
        return told(Verdict.PASS, check, seen.host, reason, port=seen.port)

    yield from each_certificate(facts, check, decide)


@rules.decides("CRT-JOKER")
def shared(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """One wildcard certificate on many hosts: one stolen key opens them all."""
    hosts: dict[str, set[str]] = {}
    for one in facts.tls:
        if one.certificate:
            hosts.setdefault(one.certificate.sha256, set()).add(one.host)

    def decide(seen: TlsFact, shown: CertificateFact) -> Finding:
        if not any(name.startswith("*.") for name in shown.names):
            reason = "Le certificat n'est pas générique."
            return told(Verdict.PASS, check, seen.host, reason, port=seen.port)
        count = len(hosts[shown.sha256])
        reason = f"Certificat générique présenté par {counted(count, 'hôte')}."
        if count > check.threshold("max_hosts"):
            return fail(check, seen.host, reason, port=seen.port, objects=shown.names)
        return told(Verdict.PASS, check, seen.host, reason, port=seen.port)

    yield from each_certificate(facts, check, decide)


def _is_public(seen: TlsFact) -> bool:
    return seen.trust is not None and seen.trust.trust is Trust.TRUSTED


def _not_public(seen: TlsFact, check: Check) -> Finding:
    if seen.trust is None or seen.trust.trust in (Trust.UNKNOWN, Trust.OTHER):
        reason = "Autorité inconnue : on ne sait pas si cette règle la concerne."
        return told(Verdict.NOT_TESTED, check, seen.host, reason, port=seen.port)
    reason = "Cette règle des autorités publiques ne concerne pas ce certificat."
    return told(Verdict.INFO, check, seen.host, reason, port=seen.port)
