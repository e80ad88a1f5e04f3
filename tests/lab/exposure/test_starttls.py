"""TLS after clear words, on the real servers at hand: FTP (vsftpd) and LDAP (Samba)."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv4Address, ip_address
from pathlib import Path

import pytest

from care_kit.demo.samba import Seed, running_domain
from care_kit.demo.surface.certificate import write_expired
from care_kit.model.facts.exposure import Outcome, PortFact, PortState, TlsFact
from care_kit.probes.exposure import dialogue, starttls, tls
from care_kit.probes.exposure.pace import unpaced
from care_kit.probes.exposure.targets import Target
from tests.lab.directory.conftest import own_address
from tests.lab.exposure.vsftpd import configuration

pytestmark = pytest.mark.lab

HOST = "ftp.chu-exemple.test"
_SECURE = """\
ssl_enable={secure}
rsa_cert_file={pem}
"""


@contextmanager
def vsftpd(folder: Path, *, secure: bool) -> Iterator[IPv4Address]:
    address = own_address()
    wanted = _SECURE.format(secure="YES" if secure else "NO", pem=write_expired(HOST, folder))
    process = subprocess.Popen(["vsftpd", str(configuration(folder, address, wanted))])
    try:
        wait_for(address, 21)
        yield IPv4Address(address)
    finally:
        process.terminate()
        process.wait(10)


def wait_for(address: str, port: int) -> None:
    end = time.monotonic() + 15
    while True:
        try:
            socket.create_connection((address, port), 1).close()
            return
        except OSError:
            assert time.monotonic() < end, "never listened"
            time.sleep(0.05)


def said(address: IPv4Address, port: int) -> PortFact:
    """What the dialogue on an open port leaves in the facts."""
    target = Target(address, frozenset({port}), fragile=False)
    return PortFact(str(address), port, PortState.OPEN, scripts=dialogue.texts(target, port))


def accepted(fact: TlsFact) -> set[str]:
    return {one.version for one in fact.attempts if one.outcome is Outcome.ACCEPTED}


def test_tls_of_a_real_ftp_server_is_read(tmp_path: Path) -> None:
    with vsftpd(tmp_path, secure=True) as address:
        assert starttls.offered(said(address, 21))
        fact = tls.look(HOST, address, 21, unpaced())
    assert "TLSv1.2" in accepted(fact)
    assert Outcome.UNKNOWN not in {one.outcome for one in fact.suites}
    assert fact.certificate is not None
    assert fact.certificate.names == (HOST,)


def test_an_ftp_server_without_tls_is_left_alone(tmp_path: Path) -> None:
    with vsftpd(tmp_path, secure=False) as address:
        assert not starttls.offered(said(address, 21))


def test_tls_of_a_real_directory_is_read_by_starttls() -> None:
    with running_domain(Seed.SAIN, own_address()) as domain:
        address = ip_address(domain.address)
        assert isinstance(address, IPv4Address)
        one = said(address, 389)
        assert one.scripts == {starttls.LDAP: "0"}
        assert starttls.offered(one)
        fact = tls.look("annuaire.test", address, 389, unpaced())
    assert accepted(fact) & {"TLSv1.2", "TLSv1.3"}
    assert fact.certificate is not None
