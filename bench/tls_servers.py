"""Thirty TLS servers on one loopback address, and what each of them really speaks.

Twenty-two are nginx over the machine's OpenSSL rather than `openssl s_server`, which serves one
connection at a time and would slow down the tools that open several; eight are tlslite-ng, for
what OpenSSL no longer makes.
"""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from socket import create_connection

from cryptography.hazmat.primitives.asymmetric import ec, rsa

from tests.lab.exposure import certificates

ADDRESS = "127.0.71.1"
HOST = "banc.test"
FIRST_PORT = 20_401
VERSIONS = ("SSLv3", "TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3")
ALL = "ALL:@SECLEVEL=0"
RSA = ("rsa",)


@dataclass(frozen=True)
class Server:
    """What one server is made of; `weak` and `none` are the families it truly accepts.

    `weak`: RC4, DES or 3DES. `none`: no encryption, no authentication or export grade.
    """

    label: str
    versions: tuple[str, ...]
    ciphers: str
    pair: str = "rsa2048"
    group: int = 2048
    weak: bool = False
    none: bool = False
    old: bool = False
    exchanges: tuple[str, ...] = ("rsa", "dhe_rsa")


S, T0, T1, T2, T3 = VERSIONS
SERVERS = (
    Server("modern, EC", (T2, T3), "HIGH:!aNULL:!eNULL", "ec"),
    Server("modern, RSA", (T2, T3), "HIGH:!aNULL:!eNULL"),
    Server("1.3 only, EC", (T3,), "HIGH:!aNULL", "ec"),
    Server("1.3 only, RSA", (T3,), "HIGH:!aNULL", "rsa4096"),
    Server("1.2 only, ECDHE-GCM", (T2,), "ECDHE+AESGCM"),
    Server("1.2 only, ChaCha20", (T2,), "ECDHE+CHACHA20"),
    Server("1.2 only, CCM", (T2,), "kRSA+AESCCM"),
    Server("1.2 only, Camellia", (T2,), "kRSA+CAMELLIA"),
    Server("1.2 only, CBC", (T2,), "ECDHE+AES:!AESGCM:!AESCCM"),
    Server("1.2 only, no forward secrecy", (T2,), "kRSA+AESGCM"),
    Server("1.2 only, DHE of 2048 bits", (T2,), "kDHE+AESGCM:!aNULL"),
    Server("1.2 only, DHE of 1024 bits", (T2,), "kDHE+AESGCM:!aNULL:@SECLEVEL=0", group=1024),
    Server("1.0 only", (T0,), "AES:!aNULL:@SECLEVEL=0"),
    Server("1.1 only", (T1,), "AES:!aNULL:@SECLEVEL=0"),
    Server("1.0 and 1.1", (T0, T1), "AES:!aNULL:@SECLEVEL=0"),
    Server("1.0 to 1.2", (T0, T1, T2), "AES:!aNULL:@SECLEVEL=0"),
    Server("1.0 to 1.3", (T0, T1, T2, T3), "AES:!aNULL:@SECLEVEL=0"),
    Server("no encryption", (T2,), "eNULL:!aNULL:@SECLEVEL=0", none=True),
    Server("anonymous too, 1.0 to 1.2", (T0, T1, T2), ALL, none=True),
    Server("key of 1024 bits", (T2, T3), ALL, "rsa1024", none=True),
    Server("self-signed, SHA-1", (T2, T3), "AES:!aNULL:@SECLEVEL=0", "sha1"),
    Server("expired", (T2, T3), "HIGH:!aNULL:!eNULL", "expired"),
    Server("SSLv3 only", (S,), "aes128,3des,rc4", weak=True, old=True),
    Server("SSLv3 and 1.0", (S, T0), "aes128,3des,rc4", weak=True, old=True),
    Server("SSLv3 to 1.2", (S, T0, T1, T2), "aes128gcm,aes128,3des,rc4", weak=True, old=True),
    Server("1.0 with 3DES only", (T0,), "3des", weak=True, old=True, exchanges=RSA),
    Server("1.0 with RC4 only", (T0,), "rc4", weak=True, old=True, exchanges=RSA),
    Server("1.1 with 3DES only, DHE too", (T1,), "3des", weak=True, old=True),
    Server("1.2 with 3DES only", (T2,), "3des", weak=True, old=True, exchanges=RSA),
    Server("1.2 with RC4 only", (T2,), "rc4", weak=True, old=True, exchanges=RSA),
)
PORTS = {FIRST_PORT + rank: one for rank, one in enumerate(SERVERS)}

_NGINX = """\
daemon off; master_process off; pid {folder}/nginx.pid; error_log stderr;
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
{sites}}}
"""
_SITE = """\
  server {{ listen {address}:{port} ssl; ssl_protocols {versions}; ssl_ciphers {ciphers};
    ssl_dhparam {folder}/{group}.pem; ssl_certificate {folder}/{pair}.crt;
    ssl_certificate_key {folder}/{pair}.key; location / {{ return 200 "banc"; }} }}
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


@contextmanager
def serving(folder: Path, rivals: Path) -> Iterator[None]:
    """All the servers, stopped on leaving; `rivals` is the Python that has tlslite-ng."""
    _certificates(folder)
    for bits in (1024, 2048):
        _openssl("dhparam", "-dsaparam", "-out", str(folder / f"{bits}.pem"), str(bits))
    started = [_nginx(folder)]
    try:
        started.append(_old(folder, rivals))
        for port in PORTS:
            _wait(port)
        yield
    finally:
        for process in started:
            process.terminate()
            process.wait(10)


def _nginx(folder: Path) -> "subprocess.Popen[bytes]":
    sites = "".join(
        _SITE.format(
            address=ADDRESS,
            port=port,
            versions=" ".join(name.replace("v1.0", "v1") for name in one.versions),
            ciphers=one.ciphers,
            group=one.group,
            pair=one.pair,
            folder=folder,
        )
        for port, one in PORTS.items()
        if not one.old
    )
    (folder / "nginx.conf").write_text(_NGINX.format(folder=folder, sites=sites))
    (folder / "openssl.cnf").write_text(_OPENSSL)
    command = ["nginx", "-c", str(folder / "nginx.conf"), "-e", "stderr"]
    environment = {**os.environ, "OPENSSL_CONF": str(folder / "openssl.cnf")}
    log = (folder / "nginx.log").open("wb")
    return subprocess.Popen(command, stderr=log, env=environment)


def _old(folder: Path, rivals: Path) -> "subprocess.Popen[bytes]":
    pair = [str(folder / "rsa2048.crt"), str(folder / "rsa2048.key")]
    script = str(Path(__file__).parent / "tls_old.py")
    log = (folder / "old.log").open("wb")
    process = subprocess.Popen(
        [str(rivals), script, ADDRESS, *pair], stdin=subprocess.PIPE, stderr=log
    )
    assert process.stdin
    for port, one in PORTS.items():
        if one.old:
            asked = {
                "port": port,
                "least": one.versions[0],
                "most": one.versions[-1],
                "ciphers": one.ciphers.split(","),
                "exchanges": one.exchanges,
            }
            process.stdin.write(json.dumps(asked).encode() + b"\n")
    process.stdin.write(b"\n")
    process.stdin.flush()
    return process


def _certificates(folder: Path) -> None:
    signer = certificates.authority()
    keys: dict[str, certificates.Key] = {
        "ec": ec.generate_private_key(ec.SECP256R1()),
        **{f"rsa{bits}": rsa.generate_private_key(65_537, bits) for bits in (1024, 2048, 4096)},
    }
    for name, key in keys.items():
        certificates.write(folder, name, HOST, signer, key=key)
    ended = datetime(2025, 6, 1, tzinfo=UTC)
    certificates.write(folder, "expired", HOST, signer, key=keys["ec"], ends=ended)
    _openssl(
        *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-sha1", "-subj", f"/CN={HOST}"),
        *("-keyout", str(folder / "sha1.key"), "-out", str(folder / "sha1.crt")),
    )


def _wait(port: int) -> None:
    end = time.monotonic() + 15
    while True:
        try:
            create_connection((ADDRESS, port), 1).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def _openssl(*arguments: str) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)
