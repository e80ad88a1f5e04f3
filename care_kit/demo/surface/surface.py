"""Starts the weak servers together, and writes the scope that allows looking at them."""

import socketserver
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from ipaddress import ip_address
from pathlib import Path

import dns.zone

from care_kit.demo.surface.certificate import write_expired
from care_kit.demo.surface.nameserver import StreamServer, UdpServer
from care_kit.demo.surface.servers import FtpHandler, LoginHandler, TcpServer, WebServer
from care_kit.model.facts.exposure import Outcome
from care_kit.model.words.errors import ProbeError
from care_kit.probes.exposure import tls
from care_kit.probes.exposure.pace import unpaced

ADDRESS = "127.0.0.60"
DOMAIN = "chu-exemple.test"
HOST = f"www.{DOMAIN}"
HTTPS, LOGIN, FTP, DNS = 8443, 2323, 2121, 10053

_ZONE = """\
@    IN SOA ns1 dsi 1 3600 600 86400 300
@    IN NS  ns1
@    IN MX  10 mail
@    IN TXT "v=spf1 mx -all"
ns1  IN A   {address}
www  IN A   {address}
mail IN A   {address}
"""


@dataclass(frozen=True)
class Surface:
    """The running servers; `limits` says in French what this station could not make weak."""

    address: str
    domain: str
    limits: tuple[str, ...]

    def scope_toml(self) -> str:
        """The scope file that allows the probe to look at this surface, today and tomorrow."""
        today = date.today()
        return f"""\
owner = "CHU Exemple (démonstration)"
purpose = "démonstration de la sonde d'exposition"
contact = "astreinte fictive, 00 00 00 00 00"
view = "interne"
networks = ["{self.address}/32"]
domains = ["{self.domain}"]
excluded_addresses = ["127.0.0.1"]
excluded_ports = [25]
resolver = "{self.address}:{DNS}"

[validity]
begins = {today}
ends = {today + timedelta(days=1)}

[[hosts]]
name = "{HOST}"
addresses = ["{self.address}"]
ports = [{HTTPS}]
"""


@contextmanager
def running_surface(address: str = ADDRESS) -> Iterator[Surface]:
    """Start every server on a loopback address, and stop them on leaving.

    ProbeError when a port is taken: another demonstration is running.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="care-kit-")))
        for server in _servers(stack, address, write_expired(HOST, folder)):
            threading.Thread(
                target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
            ).start()
            stack.callback(server.shutdown)
        yield Surface(address, DOMAIN, _limits(address))


def _servers(stack: ExitStack, address: str, pem: Path) -> list[socketserver.BaseServer]:
    zone = dns.zone.from_text(_ZONE.format(address=address), f"{DOMAIN}.", relativize=False)
    try:
        return [
            stack.enter_context(server)
            for server in (
                WebServer((address, HTTPS), pem),
                TcpServer((address, LOGIN), LoginHandler),
                TcpServer((address, FTP), FtpHandler),
                UdpServer((address, DNS), zone),
                StreamServer((address, DNS), zone),
            )
        ]
    except OSError as cause:
        raise ProbeError(
            f"La surface de démonstration ne peut pas s'ouvrir sur {address}.",
            "Arrêtez l'autre démonstration en cours, puis recommencez.",
        ) from cause


def _limits(address: str) -> tuple[str, ...]:
    """Ask the server itself: some stations forbid TLS 1.0 whatever a program wants."""
    fact = tls.look(HOST, ip_address(address), HTTPS, unpaced())
    accepted = {one.version for one in fact.attempts if one.outcome is Outcome.ACCEPTED}
    if "TLSv1.0" in accepted:
        return ()
    return ("L'OpenSSL de ce poste interdit TLS 1.0 : cette faiblesse n'est pas montrée.",)
