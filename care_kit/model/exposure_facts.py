"""Facts seen from the network: attempts and what came back, never a judgement.

An attempt that got no usable answer says so (`UNKNOWN`), which rules must read as "not tested".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class PortState(StrEnum):
    """What the network said about a TCP port."""

    OPEN = "open"
    CLOSED = "closed"
    FILTERED = "filtered"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """What an attempt gave: the peer accepted, refused, or nothing usable came back."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class DnsOutcome(StrEnum):
    """What a DNS question gave; the last one never proves an absence."""

    ANSWER = "answer"
    NO_DATA = "no_data"
    NXDOMAIN = "nxdomain"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PortFact:
    """One TCP port of one address; `scripts` maps a probe script id to its text output."""

    address: str
    port: int
    state: PortState
    reason: str = ""
    service: str = ""
    scripts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TlsAttempt:
    """One ClientHello offering exactly one protocol version ("SSLv3" ... "TLSv1.3")."""

    version: str
    outcome: Outcome
    detail: str = ""


@dataclass(frozen=True)
class CertificateFact:
    """A leaf certificate: moments in UTC, names from subjectAltName, key size in bits."""

    subject: str
    issuer: str
    not_before: datetime
    not_after: datetime
    names: tuple[str, ...]
    key_type: str
    key_bits: int
    signature_hash: str
    sha256: str


@dataclass(frozen=True)
class TlsFact:
    """TLS as spoken on one port, asked under one name (SNI); no certificate means none was read."""

    host: str
    address: str
    port: int
    attempts: tuple[TlsAttempt, ...]
    certificate: CertificateFact | None = None
    certificate_error: str = ""


@dataclass(frozen=True)
class DnsFact:
    """One question (name, type) and its answers as text."""

    name: str
    type: str
    outcome: DnsOutcome
    values: tuple[str, ...] = ()
    detail: str = ""


@dataclass(frozen=True)
class TransferFact:
    """One zone-transfer attempt; `records` is how many records came when accepted."""

    domain: str
    server: str
    outcome: Outcome
    records: int = 0
    detail: str = ""


@dataclass(frozen=True)
class HttpFact:
    """One GET on `/`: status and raw header pairs, or UNKNOWN with its reason.

    `title` is the page's title, cut; `port` speaks TLS when `tls` is true.
    """

    host: str
    address: str
    port: int
    tls: bool
    outcome: Outcome
    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    title: str = ""
    detail: str = ""

    def header(self, name: str) -> str | None:
        """First value of a header, whatever its letter case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True)
class ExposureFacts:
    """Everything one run saw. `view` is "interne" or "externe" (from the outgoing address)."""

    taken_at: datetime
    view: str
    outgoing: str
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    domains: tuple[str, ...] = ()
    declared_ports: tuple[int, ...] = ()
    ports: tuple[PortFact, ...] = ()
    tls: tuple[TlsFact, ...] = ()
    dns: tuple[DnsFact, ...] = ()
    transfers: tuple[TransferFact, ...] = ()
    http: tuple[HttpFact, ...] = ()
    unreadable: tuple[str, ...] = ()
