"""Facts, in as few words as a test needs."""

from datetime import UTC, date, datetime, timedelta

from care_kit.catalog import toml_file
from care_kit.catalog.dated_tables import load_tables
from care_kit.model.content.check import Check
from care_kit.model.content.dated_tables import DatedTables
from care_kit.model.facts.exposure import (
    CertificateFact,
    DatagramFact,
    DnsFact,
    DnsOutcome,
    ExposureFacts,
    HttpFact,
    Outcome,
    PortFact,
    PortState,
    TlsAttempt,
    TlsFact,
    TransferFact,
)
from care_kit.model.facts.finding import Finding
from care_kit.resources import data
from care_kit.rules.exposure import evaluate

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ADDRESS, HOST, DOMAIN = "192.0.2.10", "www.chu-exemple.test", "chu-exemple.test"
VERSIONS = ("SSLv3", "TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3")
OPEN, CLOSED, FILTERED = PortState.OPEN, PortState.CLOSED, PortState.FILTERED
LETTERS = {"+": Outcome.ACCEPTED, "-": Outcome.REFUSED, "?": Outcome.UNKNOWN}


def checks() -> dict[str, Check]:
    """Every exposure check shipped, by id."""
    files = data("checks").joinpath("exposure").iterdir()
    return {one.id: one for one in (toml_file.read(file, Check) for file in files)}


CHECKS = checks()


TODAY = date(2026, 11, 21)
TABLES = load_tables(TODAY)
"""The shipped tables: on that day, the shipped KEV edition no longer serves."""


def facts(**known: object) -> ExposureFacts:
    """A reading where nothing was seen but what is given."""
    return ExposureFacts(NOW, "externe", "198.51.100.2", **known)  # type: ignore[arg-type]


def judge(check: str, seen: ExposureFacts, tables: DatedTables = TABLES) -> tuple[Finding, ...]:
    """What one check says of a reading."""
    return evaluate(seen, {check: CHECKS[check]}, tables)


def only(check: str, seen: ExposureFacts, tables: DatedTables = TABLES) -> Finding:
    """The single finding of one check."""
    (finding,) = judge(check, seen, tables)
    return finding


def port(number: int, state: PortState, **scripts: str) -> PortFact:
    """A port of the usual address; script ids are written with underscores."""
    texts = {name.replace("_", "-"): text for name, text in scripts.items()}
    return PortFact(ADDRESS, number, state, scripts=texts)


def ports(*each: PortFact, **known: object) -> ExposureFacts:
    """A reading of ports."""
    return facts(ports=each, **known)


def certificate(**changes: object) -> CertificateFact:
    """A healthy certificate, changed as asked."""
    healthy: dict[str, object] = {
        "subject": "CN=x",
        "issuer": "CN=AC",
        "not_before": NOW - timedelta(days=10),
        "not_after": NOW + timedelta(days=90),
        "names": (HOST,),
        "key_type": "RSA",
        "key_bits": 3072,
        "signature_hash": "sha256",
        "sha256": "0" * 64,
    }
    return CertificateFact(**(healthy | changes))  # type: ignore[arg-type]


def tls(
    outcomes: str = "---++",
    shown: CertificateFact | None = None,
    number: int = 443,
    host: str = HOST,
    address: str = ADDRESS,
) -> TlsFact:
    """One service: an outcome letter (+ - ?) per version, from SSLv3 to TLS 1.3."""
    attempts = tuple(
        TlsAttempt(version, LETTERS[one]) for version, one in zip(VERSIONS, outcomes, strict=True)
    )
    return TlsFact(host, address, number, attempts, shown)


def txt(name: str, *values: str) -> DnsFact:
    """A TXT answer; no value means that the name has no such record."""
    outcome = DnsOutcome.ANSWER if values else DnsOutcome.NO_DATA
    return DnsFact(name, "TXT", outcome, values)


def silent(name: str) -> DnsFact:
    """A TXT question without an answer."""
    return DnsFact(name, "TXT", DnsOutcome.UNKNOWN)


def mail(*answers: DnsFact, domain: str = DOMAIN) -> ExposureFacts:
    """A reading of one domain's TXT records."""
    return facts(domains=(domain,), dns=answers)


def transfers(*outcomes: Outcome) -> ExposureFacts:
    """A reading of transfer attempts, one name server each."""
    tried = tuple(
        TransferFact(DOMAIN, f"ns{number}.test", one) for number, one in enumerate(outcomes, 1)
    )
    return facts(domains=(DOMAIN,), transfers=tried)


def page(
    status: int = 200, *, tls: bool = False, host: str = HOST, **headers: str
) -> ExposureFacts:
    """A reading of one front page; header names are written with underscores."""
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    number = 443 if tls else 80
    return facts(http=(HttpFact(host, ADDRESS, number, tls, Outcome.ACCEPTED, status, pairs),))


def no_page(*, tls: bool) -> ExposureFacts:
    """A page that did not answer."""
    return facts(http=(HttpFact(HOST, ADDRESS, 443 if tls else 80, tls, Outcome.UNKNOWN),))


def datagram(service: str, outcome: Outcome, number: int = 161, detail: str = "") -> ExposureFacts:
    """A reading of one packet sent over UDP."""
    return facts(datagrams=(DatagramFact(ADDRESS, number, service, outcome, detail),))


def record(name: str, kind: str, *values: str, absent: bool = False) -> DnsFact:
    """An answer of any type; without a value, the record or (`absent`) the name is missing."""
    missing = DnsOutcome.NXDOMAIN if absent else DnsOutcome.NO_DATA
    return DnsFact(name, kind, DnsOutcome.ANSWER if values else missing, values)


def unanswered(name: str, kind: str) -> DnsFact:
    """A question of any type without an answer."""
    return DnsFact(name, kind, DnsOutcome.UNKNOWN)


def get(
    path: str = "/",
    status: int = 200,
    *,
    title: str = "",
    text: str = "",
    number: int = 443,
    tls: bool = True,
    answered: bool = True,
    host: str = HOST,
    **headers: str,
) -> HttpFact:
    """One page as answered; header names are written with underscores."""
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    outcome = Outcome.ACCEPTED if answered else Outcome.UNKNOWN
    return HttpFact(host, ADDRESS, number, tls, outcome, status, pairs, title, "", path, text)


def web(*pages: HttpFact, **known: object) -> ExposureFacts:
    """A reading of several pages."""
    return facts(http=pages, **known)
