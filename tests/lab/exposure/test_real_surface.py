"""The seeded flaws are found, all of them and nothing else; the healthy twin raises none."""

import pytest

from care_kit.model.words.vocabulary import Severity, Verdict
from care_kit.probes.exposure import datagrams, dicom, relays, smtp
from care_kit.probes.exposure.pace import CAREFUL
from tests.lab.exposure import stand_in
from tests.lab.exposure.conftest import Reading
from tests.lab.exposure.network import HEALTHY, SCANNER, WEAK
from tests.lab.exposure.servers import (
    ALIAS,
    HEALTHY_DOMAIN,
    HEALTHY_HOST,
    MTA_STS_HOST,
    SECOND_DOMAIN,
    WEAK_DOMAIN,
    WEAK_HOST,
)

pytestmark = pytest.mark.lab

CRITICAL, HIGH, MEDIUM, LOW, INFO = tuple(Severity)
Seeded = tuple[str, str, int, Severity]


def at(target: str, port: int, severity: Severity, *checks: str) -> set[Seeded]:
    return {(check, target, port, severity) for check in checks}


STRANGERS = (
    *(21, 22, 23, 25, 88, 104, 111, 389, 445, 502, 873, 993, 995, 1099, 1433, 1521, 1883, 2375),
    *(2575, 3306, 3389, 5060, 5432, 5900, 5985, 6379, 8042, 8080, 9100, 9200, 11112, 27017, 44818),
)
SERVICES = {
    ("EXP-FTP", WEAK, 21, CRITICAL),
    ("EXP-SSH", WEAK, 22, CRITICAL),
    ("EXP-TELNET", WEAK, 23, CRITICAL),
    ("MEL-NTLM", WEAK, 25, MEDIUM),
    ("MEL-OUVERT", WEAK, 25, CRITICAL),
    ("MEL-STARTTLS", WEAK, 25, HIGH),
    ("DNS-RESOLV", WEAK, 53, HIGH),
    ("EXP-TFTP", WEAK, 69, HIGH),
    ("EXP-KRB-RPC", WEAK, 88, CRITICAL),
    ("EXP-DICOM", WEAK, 104, CRITICAL),
    ("EXP-NFS", WEAK, 111, CRITICAL),
    ("EXP-NTP", WEAK, 123, LOW),
    ("EXP-NETBIOS", WEAK, 137, HIGH),
    ("EXP-SNMP", WEAK, 161, HIGH),
    ("EXP-LDAP", WEAK, 389, CRITICAL),
    ("EXP-SMB", WEAK, 445, CRITICAL),
    ("VPN-IKE", WEAK, 500, INFO),
    ("EXP-MODBUS", WEAK, 502, CRITICAL),
    ("EXP-IPMI", WEAK, 623, CRITICAL),
    ("EXP-RSYNC", WEAK, 873, HIGH),
    ("EXP-X11-AJP-RMI", WEAK, 1099, CRITICAL),
    ("EXP-MSSQL", WEAK, 1433, CRITICAL),
    ("EXP-MSSQL", WEAK, 1434, CRITICAL),
    ("EXP-ORACLE", WEAK, 1521, CRITICAL),
    ("EXP-MQTT-UPNP", WEAK, 1883, HIGH),
    ("EXP-MQTT-UPNP", WEAK, 1900, HIGH),
    ("EXP-DOCKER", WEAK, 2375, CRITICAL),
    ("EXP-HL7", WEAK, 2575, CRITICAL),
    ("EXP-MYSQL", WEAK, 3306, CRITICAL),
    ("EXP-RDP", WEAK, 3389, CRITICAL),
    ("EXP-SIP", WEAK, 5060, MEDIUM),
    ("EXP-PGSQL", WEAK, 5432, CRITICAL),
    ("EXP-VNC", WEAK, 5900, CRITICAL),
    ("EXP-WINRM", WEAK, 5985, CRITICAL),
    ("EXP-REDIS", WEAK, 6379, CRITICAL),
    ("EXP-PRINT", WEAK, 9100, HIGH),
    ("EXP-ELASTIC", WEAK, 9200, CRITICAL),
    ("EXP-DICOM", WEAK, 11112, CRITICAL),
    ("EXP-MEMCACHED", WEAK, 11211, HIGH),
    ("EXP-MONGO", WEAK, 27017, CRITICAL),
    ("EXP-S7-ENIP", WEAK, 44818, CRITICAL),
    ("EXP-BACNET", WEAK, 47808, CRITICAL),
    *(("EXP-INCONNU", WEAK, port, MEDIUM) for port in STRANGERS),
}
DOMAINS = (
    at(WEAK_DOMAIN, 0, CRITICAL, "MEL-SPF-TOUT")
    | at(WEAK_DOMAIN, 0, HIGH, "DNS-AXFR", "MEL-DMARC-ABS")
    | at(WEAK_DOMAIN, 0, MEDIUM, "DNS-INV", "DNS-NS", "MEL-NULL")
    | at(WEAK_DOMAIN, 0, LOW, "DNS-CAA", "DNS-DNSSEC")
    | at(WEAK_DOMAIN, 0, INFO, "MEL-DKIM")
    | at(ALIAS, 0, CRITICAL, "DNS-ORPHELIN")
    | at(SECOND_DOMAIN, 0, CRITICAL, "DNS-NSMX-ORPH")
    | at(SECOND_DOMAIN, 0, HIGH, "DNS-AXFR", "MEL-SPF-ABS")
    | at(SECOND_DOMAIN, 0, MEDIUM, "DNS-NS", "DNS-PRIVE", "MEL-DKIM-CLE", "MEL-DMARC-POL")
    | at(SECOND_DOMAIN, 0, LOW, "DNS-CAA", "DNS-DNSSEC", "MEL-DMARC-RUA")
    | at(SECOND_DOMAIN, 0, INFO, "DNS-JOKER", "MEL-DANE")
)
SITES = (
    at(WEAK_HOST, 80, HIGH, "WEB-EOL", "WEB-HTTP")
    | at(WEAK_HOST, 80, MEDIUM, "WEB-LISTE")
    | at(WEAK_HOST, 80, LOW, "WEB-CSP", "WEB-NOSNIFF", "WEB-VERSION", "WEB-XFO")
    | at(WEAK_HOST, 80, INFO, "WEB-REF")
    | at(WEAK_HOST, 443, CRITICAL, "CRT-EXP", "EXP-HYPERV", "OWA-EXCH", "VPN-ADMIN")
    | at(WEAK_HOST, 443, CRITICAL, "TLS-NULL-ANON-EXP")
    | at(WEAK_HOST, 443, HIGH, "CRT-CHAINE", "CRT-CLE", "CRT-NOM", "TLS-10-11", "WEB-ADMIN")
    | at(WEAK_HOST, 443, HIGH, "WEB-EOL")
    | at(WEAK_HOST, 443, MEDIUM, "TLS-DH", "VPN-CITRIX", "VPN-FORTI", "WEB-COOKIE")
    | at(WEAK_HOST, 443, MEDIUM, "WEB-CORS", "WEB-HSTS")
    | at(WEAK_HOST, 443, LOW, "TLS-ORDRE", "WEB-METHODES")
    | at(WEAK_HOST, 443, LOW, "TLS-13", "WEB-CSP", "WEB-DEFAUT", "WEB-NOSNIFF")
    | at(WEAK_HOST, 443, LOW, "WEB-VERSION", "WEB-XFO")
    | at(WEAK_HOST, 443, INFO, "CRT-REVOC", "WEB-REF", "WEB-SECTXT")
    | at(WEAK_HOST, 993, HIGH, "TLS-COMP", "TLS-RC4-3DES")
    | at(WEAK_HOST, 993, MEDIUM, "TLS-RENEG")
    | at(WEAK_HOST, 993, LOW, "TLS-13")
    | at(WEAK_HOST, 995, CRITICAL, "TLS-SSL3")
    | at(WEAK_HOST, 995, HIGH, "TLS-RC4-3DES")
    | at(WEAK_HOST, 995, MEDIUM, "TLS-RENEG")
    | at(WEAK_HOST, 995, LOW, "TLS-13")
    | at(WEAK_HOST, 4433, CRITICAL, "TLS-NULL-ANON-EXP")
    | at(WEAK_HOST, 4433, HIGH, "CRT-CHAINE", "CRT-SIG", "TLS-10-11")
    | at(WEAK_HOST, 4433, MEDIUM, "TLS-CBC")
    | at(WEAK_HOST, 4433, LOW, "TLS-13")
    | at(WEAK_HOST, 4433, INFO, "CRT-REVOC")
    | at(WEAK_HOST, 8042, CRITICAL, "EXP-PACSWEB")
    | at(WEAK_HOST, 8042, HIGH, "WEB-EOL", "WEB-HTTP")
    | at(WEAK_HOST, 8042, LOW, "WEB-VERSION")
    | at(WEAK_HOST, 8080, HIGH, "WEB-EOL")
    | at(WEAK_HOST, 8080, MEDIUM, "WEB-BASIC")
    | at(WEAK_HOST, 8080, LOW, "WEB-VERSION")
)
UNPROVED = {  # a packet whose answer may come from another port cannot be seen refused
    ("EXP-TFTP", HEALTHY, Verdict.NOT_TESTED),
    ("EXP-MQTT-UPNP", HEALTHY, Verdict.NOT_TESTED),
    # tests nobody asked for in this scope
    ("EXP-BACNET", HEALTHY, Verdict.NOT_TESTED),
    ("WEB-GIT", HEALTHY_HOST, Verdict.NOT_TESTED),
    ("DNS-DOM-EXP", HEALTHY_DOMAIN, Verdict.NOT_TESTED),
    # a certificate of a relay that does not listen, names of certificates alone
    ("MEL-DANE", HEALTHY_DOMAIN, Verdict.NOT_TESTED),
    ("DNS-INV", HEALTHY_DOMAIN, Verdict.INFO),
    # a server that shows no version, nor its methods, and a catalogue too old
    ("WEB-EOL", HEALTHY_HOST, Verdict.NOT_TESTED),
    ("WEB-METHODES", HEALTHY_HOST, Verdict.NOT_TESTED),
    ("KEV-WEB", HEALTHY_HOST, Verdict.NOT_TESTED),
}
WITHOUT_CONTENT = ("WEB-CSP", "WEB-NOSNIFF", "WEB-REF", "WEB-XFO")


def test_the_seeded_flaws_are_found_and_nothing_else(weak: Reading) -> None:
    failed = {
        (one.check, one.target, one.port, one.severity)
        for one in weak.findings
        if one.verdict is Verdict.FAIL
    }
    assert failed == SERVICES | DOMAINS | SITES


def test_redis_is_said_open_without_a_password(weak: Reading) -> None:
    (finding,) = (one for one in weak.findings if one.check == "EXP-REDIS")
    assert finding.reason == "Redis répond sans mot de passe."


def test_the_certificate_of_a_tls_1_0_only_server_is_read(weak: Reading) -> None:
    (verdict,) = (
        one.verdict for one in weak.findings if one.check == "CRT-NOM" and one.port == 4433
    )
    assert verdict is Verdict.PASS


def test_the_healthy_twin_passes_everything_but_what_cannot_be_proved(healthy: Reading) -> None:
    others = {
        (one.check, one.target, one.verdict)
        for one in healthy.findings
        if one.verdict is not Verdict.PASS and one.target != MTA_STS_HOST
    }
    moved = {(check, HEALTHY_HOST, Verdict.INFO) for check in WITHOUT_CONTENT}
    mail = {("MEL-NULL", HEALTHY_DOMAIN, Verdict.INFO)}
    assert others == UNPROVED | moved | mail


def test_nothing_fails_on_the_name_that_only_serves_the_mail_policy(healthy: Reading) -> None:
    found = {one.verdict for one in healthy.findings if one.target == MTA_STS_HOST}
    assert found == {Verdict.PASS, Verdict.INFO, Verdict.NOT_TESTED}


def test_silent_devices_received_no_byte_and_dicom_nodes_what_was_announced(
    weak: Reading,
) -> None:
    received = {
        port: (weak.folder / f"received-{port}").read_bytes()
        for port in (*stand_in.SILENT, 104, stand_in.RELAYED)
    }
    assert {port: received[port] for port in stand_in.SILENT} == dict.fromkeys(stand_in.SILENT, b"")
    assert received[104] == dicom.request()
    assert received[stand_in.RELAYED] == dicom.request() + dicom.RELEASE


def test_a_relay_is_greeted_and_left_then_offered_a_foreign_recipient(weak: Reading) -> None:
    """The second exchange is the optional one this scope asks for; no message in either."""
    proposed = smtp.HELLO + relays.SENDER + relays.STRANGER + b"RSET\r\n" + smtp.QUIT
    assert (weak.folder / "received-25").read_bytes() == smtp.HELLO + smtp.QUIT + proposed


def test_each_udp_service_receives_its_one_packet(weak: Reading) -> None:
    received = {
        port: (weak.folder / f"received-udp-{port}").read_bytes() for port in stand_in.DATAGRAMS
    }
    assert received == {port: datagrams.PACKETS[port].payload for port in stand_in.DATAGRAMS}


@pytest.mark.parametrize("surface", ["weak", "healthy", "silent"])
def test_the_traffic_stays_under_what_the_plan_announced(
    surface: str, request: pytest.FixtureRequest
) -> None:
    """Counted by the kernel, on the scanner's side."""
    reading: Reading = request.getfixturevalue(surface)
    traffic = reading.traffic
    assert 0 < traffic["opened"] <= traffic["connections"]
    assert 0 < traffic["sent"] <= traffic["packets"]
    assert (traffic["opened"] + traffic["sent"]) / reading.statement.seconds <= CAREFUL.rate


def test_no_rule_breaks_on_real_facts(weak: Reading) -> None:
    assert not [one for one in weak.findings if one.verdict is Verdict.ERROR]


def test_the_statement_tells_the_view_and_the_exact_commands(healthy: Reading) -> None:
    statement = healthy.statement
    assert (statement.view, statement.complete) == ("externe", True)
    assert healthy.facts.outgoing == SCANNER
    assert "-sV" not in " ".join(statement.commands)


def test_a_silent_firewall_proves_nothing(silent: Reading) -> None:
    assert {one.verdict for one in silent.findings} == {Verdict.NOT_TESTED}
    assert silent.statement.seconds < 60
