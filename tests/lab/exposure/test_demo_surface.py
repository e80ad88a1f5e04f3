"""The demonstration surface, scanned with the real nmap: what it shows, and how fast."""

import hashlib
from ipaddress import ip_address
from pathlib import Path

import pytest

from care_kit.catalog.dated_tables import load_tables
from care_kit.demo.surface import running_surface
from care_kit.model.facts.exposure import ExposureFacts, PortFact, PortState
from care_kit.model.formats import codec
from care_kit.model.words.vocabulary import Severity, Verdict
from care_kit.probes.exposure import collect, connect, ports
from care_kit.probes.exposure.pace import unpaced
from care_kit.probes.exposure.scope import read_scope
from care_kit.rules.exposure import evaluate
from tests.lab.exposure.conftest import TABLES_DAY, checks

pytestmark = pytest.mark.lab

ADDRESS = "127.0.0.66"
LOW, INFO = Severity.LOW, Severity.INFO
SHOWN = {
    ("CRT-CHAINE", 8443, Severity.HIGH),
    ("CRT-EXP", 8443, Severity.CRITICAL),
    ("CRT-REVOC", 8443, INFO),
    ("DNS-AXFR", 0, Severity.HIGH),
    ("DNS-CAA", 0, LOW),
    ("DNS-DNSSEC", 0, LOW),
    ("DNS-NS", 0, Severity.MEDIUM),
    ("EXP-FTP", 2121, Severity.CRITICAL),
    ("EXP-INCONNU", 2121, Severity.MEDIUM),
    ("EXP-INCONNU", 2323, Severity.MEDIUM),
    ("EXP-TELNET", 2323, Severity.CRITICAL),
    ("MEL-DANE", 0, INFO),
    ("MEL-DMARC-ABS", 0, Severity.HIGH),
    ("MEL-MTASTS", 0, LOW),
    ("MEL-TLSRPT", 0, INFO),
    ("TLS-10-11", 8443, Severity.HIGH),
    ("TLS-NULL-ANON-EXP", 8443, Severity.CRITICAL),
    ("WEB-HSTS", 8443, Severity.MEDIUM),
    *(("WEB-CSP", 8443, LOW), ("WEB-NOSNIFF", 8443, LOW), ("WEB-XFO", 8443, LOW)),
    *(("WEB-REF", 8443, INFO), ("WEB-SECTXT", 8443, INFO)),
}


def test_the_demonstration_always_shows_the_same_weaknesses(tmp_path: Path) -> None:
    file = tmp_path / "perimetre.toml"
    with running_surface(ADDRESS) as surface:
        file.write_text(surface.scope_toml(), encoding="utf-8")
        scope, raw = read_scope(file)
        data, statement = collect(scope, hashlib.sha256(raw).hexdigest())
    facts = codec.decode(ExposureFacts, codec.decompress(data))
    findings = evaluate(facts, checks(), load_tables(TABLES_DAY))
    failed = {(o.check, o.port, o.severity) for o in findings if o.verdict is Verdict.FAIL}
    assert surface.limits == ()
    assert failed == SHOWN
    assert statement.complete
    assert statement.seconds < 20


def test_nmap_is_driven_over_ipv6_too() -> None:
    ran: list[str] = []
    asked = frozenset({1, 9})
    here = ip_address("::1")
    found = connect.scan(here, asked, unpaced())
    assert {one.port: one.state for one in found} == dict.fromkeys(asked, PortState.CLOSED)
    ports.scripted(PortFact("::1", 6379, PortState.OPEN), here, unpaced(), ran.append)
    assert ran[0].startswith("nmap -oX - ::1 -p 6379 -6 ")
