"""The station's store of authorities: what it is, how old, and what a failed check means."""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from care_kit.model.facts.exposure import CertificateFact, Trust

_SELF_SIGNED, _SELF_SIGNED_IN_CHAIN = 18, 19
_NO_LOCAL_ISSUER, _NO_FIRST_SIGNATURE = 20, 21
"""OpenSSL's X509_V_ERR_* numbers (x509_vfy.h), stable since 1.0."""

_OP_LEGACY_SERVER_CONNECT = 0x4  # OpenSSL's constant, named in `ssl` from Python 3.12 on


@dataclass(frozen=True)
class Store:
    """The store in French, with its date when a file gives one, and a client that requires it."""

    name: str
    context: ssl.SSLContext


def lenient_context() -> ssl.SSLContext:
    """A client that accepts anything: used to read what a weak server shows, never to trust it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.options |= _OP_LEGACY_SERVER_CONNECT
    return context


def station_store() -> Store | None:
    """The store of this station, read once; None when it holds nothing."""
    return _loaded(ssl.get_default_verify_paths())


@cache
def _loaded(paths: ssl.DefaultVerifyPaths) -> Store | None:
    context = lenient_context()
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_default_certs()
    count = context.cert_store_stats()["x509_ca"]
    files = [Path(one) for one in (paths.cafile, paths.capath) if one]
    dates = [one.stat().st_mtime for one in files if one.exists()][:1]
    if not count and not any(one.is_dir() and any(one.iterdir()) for one in files):
        return None
    name = f"magasin du poste ({count} autorités)" if count else "magasin du poste"
    if not dates:
        return Store(f"{name}, date inconnue", context)
    return Store(f"{name}, daté du {datetime.fromtimestamp(dates[0], UTC):%d/%m/%Y}", context)


def cause(code: int, sent: int, leaf: CertificateFact | None) -> Trust:
    """What an OpenSSL verification code says of the chain.

    A public authority says in each certificate where its own is published; a chain cut right
    after such a leaf lacks its intermediate, and one that says nothing is a private authority.
    """
    if code == _SELF_SIGNED:
        return Trust.SELF_SIGNED
    if code == _SELF_SIGNED_IN_CHAIN:
        return Trust.PRIVATE_AUTHORITY
    if code in (_NO_LOCAL_ISSUER, _NO_FIRST_SIGNATURE):
        cut = sent <= 1 and leaf is not None and leaf.fetches_issuer
        return Trust.MISSING_INTERMEDIATE if cut else Trust.PRIVATE_AUTHORITY
    return Trust.OTHER
