"""The station's store of authorities: what it is, how old, and what a failed check means."""

import ssl
from datetime import UTC, datetime
from pathlib import Path

from care_kit.model.exposure_facts import CertificateFact, Trust

_SELF_SIGNED, _SELF_SIGNED_IN_CHAIN = 18, 19
_NO_LOCAL_ISSUER, _NO_FIRST_SIGNATURE = 20, 21
"""OpenSSL's X509_V_ERR_* numbers (x509_vfy.h), stable since 1.0."""


def trusting(context: ssl.SSLContext) -> ssl.SSLContext:
    """The same context, but requiring a chain that ends in the station's store."""
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_default_certs()
    return context


def station_store() -> str | None:
    """The store in French, with its date when a file gives one; None when it holds nothing."""
    count = ssl.create_default_context().cert_store_stats()["x509_ca"]
    paths = ssl.get_default_verify_paths()
    files = [Path(one) for one in (paths.cafile, paths.capath) if one]
    dates = [one.stat().st_mtime for one in files if one.exists()][:1]
    if not count and not any(one.is_dir() and any(one.iterdir()) for one in files):
        return None
    name = f"magasin du poste ({count} autorités)" if count else "magasin du poste"
    if not dates:
        return f"{name}, date inconnue"
    return f"{name}, daté du {datetime.fromtimestamp(dates[0], UTC):%d/%m/%Y}"


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
