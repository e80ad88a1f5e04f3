"""Configurations of the real servers: a weak hospital and its healthy twin."""

import base64
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.lab.exposure import certificates, stand_in
from tests.lab.exposure.network import HEALTHY, WEAK, Network
from tests.lab.exposure.vsftpd import configuration

WEAK_DOMAIN, SECOND_DOMAIN, HEALTHY_DOMAIN = "chu-faible.test", "muet.test", "chu-sain.test"
WEAK_HOST, HEALTHY_HOST = f"www.{WEAK_DOMAIN}", f"www.{HEALTHY_DOMAIN}"
ALIAS, MTA_STS_HOST = f"rdv.{WEAK_DOMAIN}", f"mta-sts.{HEALTHY_DOMAIN}"
EXPIRED = datetime(2025, 6, 1, tzinfo=UTC)

_NGINX = """\
user root; daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log stderr;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  {servers}
}}
"""
_WEAK_SITES = """\
  default_type text/html;
  server {{ listen {address}:80; root {folder}/files; autoindex on; }}
  server {{ listen {address}:8042; location / {{ return 302 /app/explorer.html; }} }}
  server {{ listen {address}:8080; location / {{
    add_header WWW-Authenticate 'Basic realm="Intranet"' always; return 401; }} }}
  server {{ listen {address}:443 ssl; ssl_protocols TLSv1 TLSv1.1 TLSv1.2;
    ssl_ciphers ALL:@SECLEVEL=0; ssl_dhparam {folder}/group.pem;
    ssl_certificate {certificate}; ssl_certificate_key {key};
    location / {{ return 404; }}
    location = / {{ add_header Set-Cookie "PHPSESSID=1";
      add_header Access-Control-Allow-Origin $http_origin;
      if ($request_method = OPTIONS) {{ add_header Allow "GET, PUT"; return 204; }}
      return 200 "<title>Welcome to nginx!</title>"; }}
    location = /remote/login {{ add_header Set-Cookie "SVPNCOOKIE=; path=/"; return 200 ""; }}
    location = /vpn/index.html {{ return 200 "<title>Citrix Gateway</title>"; }}
    location = /owa/ {{ add_header X-OWA-Version 15.2.1118.40; return 302 /owa/auth/logon.aspx; }}
    location = /ecp/ {{ return 302 /owa/auth/logon.aspx; }}
    location = /webui/ {{ return 200 "<title>Login</title>"; }}
    location = /ui/ {{ return 200 "<title>VMware ESXi</title>"; }}
    location = /phpmyadmin/ {{ return 200 "<title>phpMyAdmin</title>"; }} }}
"""
_HEALTHY_SITES = """\
  default_type text/plain; server_tokens off;
  server {{ listen {address}:80; return 301 https://$host$request_uri; }}
  server {{ listen {address}:443 ssl; ssl_protocols TLSv1.2 TLSv1.3;
    ssl_certificate {certificate}; ssl_certificate_key {key}; ssl_prefer_server_ciphers on;
    add_header Strict-Transport-Security "max-age=31536000" always;
    add_header Content-Security-Policy "default-src 'self'; frame-ancestors 'none'" always;
    add_header X-Content-Type-Options nosniff always;
    add_header Referrer-Policy no-referrer always;
    location / {{ return 404; }}
    location = / {{ return 200 "portail"; }}
    location = /.well-known/security.txt {{
      return 200 "Contact: mailto:rssi@chu-sain.test\\nExpires: 2099-01-01T00:00:00Z\\n"; }}
    location = /.well-known/mta-sts.txt {{
      return 200 "version: STSv1\\nmode: enforce\\nmx: mail.chu-sain.test\\n"; }} }}
"""
_SNMPD = "rocommunity essai-du-labo\n"
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
_NAMED = """\
options {{
  directory "{folder}"; pid-file "{folder}/named.pid"; session-keyfile "{folder}/session.key";
  listen-on {{ {listens} }}; listen-on-v6 {{ none; }}; recursion {recursion}; notify no;
  allow-recursion {{ {transfer}; }}; allow-query-cache {{ any; }};
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
_WEAK_RECORDS = """\
@    IN TXT "v=spf1 +all"
rdv  IN CNAME rdv-chu-faible.azurewebsites.net.
"""
_SECOND_RECORDS = """\
@      IN A   10.0.0.5
@      IN MX  10 mx.domaine-libre.test.
*      IN A   {address}
_dmarc IN TXT "v=DMARC1; p=none"
_smtp._tls IN TXT "v=TLSRPTv1; rua=mailto:rssi@muet.test"
_mta-sts   IN TXT "v=STSv1; id=1"
s1._domainkey IN TXT "v=DKIM1; k=rsa; p={short_key}"
"""
_HEALTHY_RECORDS = """\
@       IN NS  ns2
@       IN MX  10 mail
@       IN TXT "v=spf1 mx -all"
@       IN CAA 0 issue "ac.test"
ns2     IN A   198.51.100.1
mail    IN A   {address}
mta-sts IN A   {address}
_25._tcp.mail IN TLSA 3 1 1 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
_dmarc  IN TXT "v=DMARC1; p=reject; rua=mailto:rssi@chu-sain.test"
_smtp._tls IN TXT "v=TLSRPTv1; rua=mailto:rssi@chu-sain.test"
_mta-sts   IN TXT "v=STSv1; id=1"
s1._domainkey IN TXT {long_key}
"""
_HEALTHY_PARENT = """\
chu-sain IN NS ns1.chu-sain
ns1.chu-sain IN A {address}
chu-sain IN DS 12345 13 2 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
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
    good = _self_signed_with_sha1(folder)
    _openssl("dhparam", "-dsaparam", "-out", str(folder / "group.pem"), "1024")
    (folder / "openssl.cnf").write_text(_OPENSSL)
    (folder / "files").mkdir(mode=0o755)
    (folder / "files" / "sauvegarde.zip").write_text("")
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
    records = {
        WEAK_DOMAIN: _WEAK_RECORDS,
        SECOND_DOMAIN: _SECOND_RECORDS.format(address=WEAK, short_key=_key(1024)),
        # A zone of strangers and an empty root: this server answers for the whole world.
        "example.com": f"@ IN A {WEAK}",
        ".": "",
    }
    _named(network, folder, WEAK, "any", records)
    _snmpd(network, folder)
    # dcmtk's node listens on every address at once: on a port nobody scans, behind a relay.
    network.serve(["storescp", "--ignore", str(stand_in.DICOM_NODE[1])], folder)
    network.serve([sys.executable, stand_in.__file__, WEAK, str(folder)], folder)
    ports = (21, 53, 80, 443, 4433, 6379, 8042, 8080, stand_in.RELAYED, *stand_in.SAYS)
    network.wait_for([*(f"{WEAK}:{port} " for port in ports), f":{stand_in.DICOM_NODE[1]} "])


def start_healthy(network: Network, folder: Path) -> Path:
    """The same hospital once mended; gives the file of authorities a station must trust."""
    signer = certificates.authority()
    signer.write_root(folder / "authorities.pem")
    pair = certificates.write(
        folder,
        "healthy",
        HEALTHY_HOST,
        signer,
        key=ec.generate_private_key(ec.SECP256R1()),
        ends=certificates.NOW + timedelta(days=100),
        days=150,
        others=(MTA_STS_HOST,),
        extensions=certificates.published(),
    )
    _nginx(network, folder, _HEALTHY_SITES, HEALTHY, pair)
    halves = _key(2048)
    key = f'"v=DKIM1; k=rsa; p={halves[:200]}" "{halves[200:]}"'
    records = {
        HEALTHY_DOMAIN: _HEALTHY_RECORDS.format(address=HEALTHY, long_key=key),
        "test": _HEALTHY_PARENT.format(address=HEALTHY),
    }
    _named(network, folder, HEALTHY, "none", records, also="198.51.100.1")
    network.wait_for([f"{HEALTHY}:{port} " for port in (53, 80, 443)])
    return folder / "authorities.pem"


def _self_signed_with_sha1(folder: Path) -> tuple[Path, Path]:
    """(certificate, key) files; the Python library no longer signs with SHA-1."""
    certificate, key = folder / "sha1.crt", folder / "sha1.key"
    _openssl(
        *("req", "-x509", "-newkey", "rsa:3072", "-nodes", "-sha1", "-days", "150"),
        *("-subj", f"/CN={WEAK_HOST}", "-addext", f"subjectAltName=DNS:{WEAK_HOST}"),
        *("-keyout", str(key), "-out", str(certificate)),
    )
    return certificate, key


def _openssl(*arguments: str) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


def _key(bits: int) -> str:
    """A mail signing key as the DNS publishes it."""
    key = rsa.generate_private_key(65_537, bits).public_key()
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(der).decode()


def _snmpd(network: Network, folder: Path) -> None:
    file = folder / "snmpd.conf"
    file.write_text(_SNMPD)
    command = ["snmpd", "-f", "-Lo", "-C", "-c", str(file), "-p", str(folder / "snmpd.pid")]
    network.serve([*command, f"udp:{WEAK}:161"], folder)


def _nginx(
    network: Network, folder: Path, sites: str, address: str, pair: tuple[Path, Path]
) -> None:
    servers = sites.format(address=address, certificate=pair[0], key=pair[1], folder=folder)
    file = folder / "nginx.conf"
    file.write_text(_NGINX.format(folder=folder, servers=servers))
    weak = folder / "openssl.cnf"
    environment = {"OPENSSL_CONF": str(weak)} if weak.exists() else {}
    network.serve(["nginx", "-c", str(file), "-e", "stderr"], folder, **environment)


def _vsftpd(network: Network, folder: Path) -> None:
    network.serve(["vsftpd", str(configuration(folder, WEAK))], folder)


def _named(
    network: Network,
    folder: Path,
    address: str,
    strangers: str,
    zones: dict[str, str],
    also: str = "",
) -> None:
    """A name server; `strangers` ("any" or "none") may transfer its zones and use it for all."""
    declared = ""
    for number, (domain, more) in enumerate(zones.items()):
        file = folder / f"{number}.zone"
        file.write_text(_ZONE.format(address=address, more=more))
        declared += f'zone "{domain}" {{ type primary; file "{file}"; }};\n'
    file = folder / "named.conf"
    options = _NAMED.format(
        folder=folder,
        listens=" ".join(f"{one};" for one in (address, also) if one),
        recursion="yes" if strangers == "any" else "no",
        transfer=strangers,
        zones=declared,
    )
    file.write_text(options)
    network.serve(["named", "-g", "-c", str(file)], folder)
