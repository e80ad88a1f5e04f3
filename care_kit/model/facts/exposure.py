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
    """One ClientHello offering exactly one protocol version ("SSLv2" ... "TLSv1.3")."""

    version: str
    outcome: Outcome
    detail: str = ""


@dataclass(frozen=True)
class SuiteAttempt:
    """One ClientHello offering one family of cipher suites, TLS 1.2 at most.

    `family` is "RC4-3DES", "NULL-ANON-EXPORT", "AEAD", "PFS" or "DHE". The rest is read in the
    answer when it was accepted: `compression` is the method chosen (0 for none, -1 unread),
    `renegotiation` whether RFC 5746 is announced, `dh_bits` the size of the prime (0 unread).
    """

    family: str
    outcome: Outcome
    detail: str = ""
    compression: int = -1
    renegotiation: bool = False
    dh_bits: int = 0


class Trust(StrEnum):
    """What checking a chain against the station's store gave; only `TRUSTED` proves a good one."""

    TRUSTED = "trusted"
    SELF_SIGNED = "self_signed"
    MISSING_INTERMEDIATE = "missing_intermediate"
    PRIVATE_AUTHORITY = "private_authority"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class TrustFact:
    """One handshake checked against a store; `store` names and dates it, in French.

    `sent` is how many certificates the server showed, 0 when they could not be counted.
    """

    trust: Trust
    store: str = ""
    sent: int = 0
    detail: str = ""


@dataclass(frozen=True)
class CertificateFact:
    """A leaf certificate: moments in UTC, names from subjectAltName, key size in bits.

    `timestamps` is how many signed certificate timestamps it embeds (-1 unread), `revocation`
    how many addresses it gives to learn of its revocation (-1 unread), `fetches_issuer` whether
    it says where its issuer's certificate is published. `spki_sha256` is the hash of its public
    key as DANE records give it (RFC 6698), empty when it was not read.
    """

    subject: str
    issuer: str
    not_before: datetime
    not_after: datetime
    names: tuple[str, ...]
    key_type: str
    key_bits: int
    signature_hash: str
    sha256: str
    timestamps: int = -1
    revocation: int = -1
    fetches_issuer: bool = False
    spki_sha256: str = ""


@dataclass(frozen=True)
class PreferenceFact:
    """What a server chose when one list of suites was offered strongest first, then last.

    TLS 1.2 at most; a suite is its IANA number, 0 when nothing usable came back. `heartbeat` is
    whether the answer announces that extension (RFC 6520), None when there was no answer: no
    heartbeat is ever sent.
    """

    strong_first: int = 0
    strong_last: int = 0
    heartbeat: bool | None = None


@dataclass(frozen=True)
class TlsFact:
    """TLS as spoken on one port, asked under one name (SNI); no certificate means none was read.

    On a port that starts in clear text (mail, directory, FTP), TLS was asked for there first.
    """

    host: str
    address: str
    port: int
    attempts: tuple[TlsAttempt, ...]
    certificate: CertificateFact | None = None
    certificate_error: str = ""
    suites: tuple[SuiteAttempt, ...] = ()
    trust: TrustFact | None = None
    preference: PreferenceFact | None = None


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
class RegistrationFact:
    """The end of a domain's registration, as its registry's RDAP service tells it (RFC 9083).

    NXDOMAIN when the registry does not know the name; UNKNOWN without a date proves nothing.
    """

    domain: str
    outcome: DnsOutcome
    expires: datetime | None = None
    detail: str = ""


@dataclass(frozen=True)
class DatagramFact:
    """One packet sent over UDP to one address, and what came back.

    REFUSED is the address's own word that nothing listens there (ICMP port unreachable), or a
    DNS server's that it does not serve us; no answer is UNKNOWN. `service` names the packet.
    """

    address: str
    port: int
    service: str
    outcome: Outcome
    detail: str = ""


@dataclass(frozen=True)
class HttpFact:
    """One GET without parameter: status and raw header pairs, or UNKNOWN with its reason.

    `title` is the page's title, cut; `port` speaks TLS when `tls` is true. `text` is kept only
    of files made to be read by strangers (security.txt, MTA-STS policy), never of a page; of
    `/.git/HEAD`, only the mark that it is one. `origin` is the Origin header sent, if any.
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
    path: str = "/"
    text: str = ""
    method: str = "GET"
    origin: str = ""

    def header(self, name: str) -> str | None:
        """First value of a header, whatever its letter case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True)
class ExposureFacts:
    """Everything one run saw. `view` is "interne" or "externe" (from the outgoing address).

    `asides` are the requests that are not a visitor's (OPTIONS, another Origin, hidden files),
    kept apart so that no rule takes them for pages. `optional` names the tests that the signed
    scope asks for beyond the ordinary ones.
    """

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
    datagrams: tuple[DatagramFact, ...] = ()
    selectors: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    asides: tuple[HttpFact, ...] = ()
    registrations: tuple[RegistrationFact, ...] = ()
    optional: tuple[str, ...] = ()
