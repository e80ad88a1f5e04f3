"""Configurations of the real servers: a weak hospital and its healthy twin."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, rsa

from tests.lab.exposure import certificates, stand_in
from tests.lab.exposure.network import HEALTHY, WEAK, Network

WEAK_DOMAIN, SECOND_DOMAIN, HEALTHY_DOMAIN = "chu-faible.test", "muet.test", "chu-sain.test"
WEAK_HOST, HEALTHY_HOST = f"www.{WEAK_DOMAIN}", f"www.{HEALTHY_DOMAIN}"
EXPIRED = datetime(2025, 6, 1, tzinfo=UTC)

_NGINX = """\
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log stderr;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  {servers}
}}
"""
_WEAK_SITES = """\
  server {{ listen {address}:80; location / {{ return 200 "portail"; }} }}
  server {{ listen {address}:443 ssl; ssl_protocols TLSv1 TLSv1.1 TLSv1.2;
    ssl_ciphers ALL:@SECLEVEL=0; ssl_certificate {certificate}; ssl_certificate_key {key};
    location / {{ return 200 "portail"; }} }}
"""
_HEALTHY_SITES = """\
  server {{ listen {address}:80; return 301 https://$host$request_uri; }}
  server {{ listen {address}:443 ssl; ssl_protocols TLSv1.2 TLSv1.3;
    ssl_certificate {certificate}; ssl_certificate_key {key};
    add_header Strict-Transport-Security "max-age=31536000" always;
    location / {{ return 200 "portail"; }} }}
"""
_OPENSSL = """\
openssl_conf = init
[init]
ssl_conf = ssl
[ssl]
system_default = defaults
[defaults]
MinProtocol = None
CipherString = ALL:@SECLEVEL=0
"""
_VSFTPD = """\
listen=YES
listen_ipv6=NO
listen_address={address}
background=NO
anonymous_enable=YES
local_enable=NO
ftp_username=daemon
anon_root={root}
secure_chroot_dir={empty}
seccomp_sandbox=NO
"""
_NAMED = """\
options {{
  directory "{folder}"; pid-file "{folder}/named.pid"; session-keyfile "{folder}/session.key";
  listen-on {{ {address}; }}; listen-on-v6 {{ none; }}; recursion no; notify no;
  dnssec-validation no; allow-transfer {{ {transfer}; }};
}};
controls {{ }};
{zones}
"""
_ZONE = """\
$TTL 300
@    IN SOA ns1 dsi 1 3600 600 86400 300
@    IN NS  ns1
ns1  IN A   {address}
www  IN A   {address}
{more}
"""


def start_weak(network: Network, folder: Path) -> None:
    """Everything wrong at once, on real servers wherever they are installed."""
    signer = certificates.authority()
    old = certificates.write(
        folder,
        "old",
        f"ancien.{WEAK_DOMAIN}",
        signer,
        key=rsa.generate_private_key(65_537, 1024),
        ends=EXPIRED,
    )
    good = certificates.write(
        folder, "good", WEAK_HOST, signer, key=rsa.generate_private_key(65_537, 3072)
    )
    (folder / "openssl.cnf").write_text(_OPENSSL)
    _nginx(network, folder, _WEAK_SITES, WEAK, old)
    network.serve(
        [
            *("openssl", "s_server", "-accept", f"{WEAK}:4433", "-tls1", "-quiet"),
            *("-cipher", "ALL:@SECLEVEL=0", "-cert", str(good[0]), "-key", str(good[1])),
        ],
        folder,
    )
    network.serve(["redis-server", "--bind", WEAK, "--protected-mode", "no", "--save", ""], folder)
    _vsftpd(network, folder)
    _named(
        network,
        folder,
        WEAK,
        "any",
        {
            WEAK_DOMAIN: '@ IN TXT "v=spf1 +all"',
            SECOND_DOMAIN: '_dmarc IN TXT "v=DMARC1; p=none"',
        },
    )
    network.serve([sys.executable, stand_in.__file__, WEAK], folder)
    ports = (21, 53, 80, 443, 4433, 6379, *stand_in.SAYS)
    network.wait_for([f"{WEAK}:{port} " for port in ports])


def start_healthy(network: Network, folder: Path) -> None:
    """The same hospital once mended."""
    pair = certificates.write(
        folder,
        "healthy",
        HEALTHY_HOST,
        certificates.authority(),
        key=ec.generate_private_key(ec.SECP256R1()),
    )
    _nginx(network, folder, _HEALTHY_SITES, HEALTHY, pair)
    records = '@ IN TXT "v=spf1 -all"\n_dmarc IN TXT "v=DMARC1; p=reject"'
    _named(network, folder, HEALTHY, "none", {HEALTHY_DOMAIN: records})
    network.wait_for([f"{HEALTHY}:{port} " for port in (53, 80, 443)])


def _nginx(
    network: Network, folder: Path, sites: str, address: str, pair: tuple[Path, Path]
) -> None:
    servers = sites.format(address=address, certificate=pair[0], key=pair[1])
    file = folder / "nginx.conf"
    file.write_text(_NGINX.format(folder=folder, servers=servers))
    weak = folder / "openssl.cnf"
    environment = {"OPENSSL_CONF": str(weak)} if weak.exists() else {}
    network.serve(["nginx", "-c", str(file), "-e", "stderr"], folder, **environment)


def _vsftpd(network: Network, folder: Path) -> None:
    root, empty = folder / "ftp", folder / "empty"
    root.mkdir(mode=0o755)
    empty.mkdir(mode=0o755)
    file = folder / "vsftpd.conf"
    file.write_text(_VSFTPD.format(address=WEAK, root=root, empty=empty))
    network.serve(["vsftpd", str(file)], folder)


def _named(
    network: Network, folder: Path, address: str, transfer: str, zones: dict[str, str]
) -> None:
    declared = ""
    for domain, more in zones.items():
        file = folder / f"{domain}.zone"
        file.write_text(_ZONE.format(address=address, more=more))
        declared += f'zone "{domain}" {{ type primary; file "{file}"; }};\n'
    file = folder / "named.conf"
    file.write_text(
        _NAMED.format(folder=folder, address=address, transfer=transfer, zones=declared)
    )
    network.serve(["named", "-g", "-c", str(file)], folder)
