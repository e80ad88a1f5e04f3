"""TLS whose certificate check is done by OpenSSL: chain, dates and name, IP addresses included."""

import ssl
from typing import Any

from ldap3 import Tls

from care_kit.probes.directory.target import Target


class CheckedTls(Tls):  # type: ignore[misc]
    """ldap3's TLS settings with our own handshake.

    ldap3 checks nothing by default, and its own name check depends on the version of Python.
    `refusal` keeps the certificate error, which ldap3 turns into mere text.
    """

    def __init__(self, target: Target) -> None:
        super().__init__(validate=ssl.CERT_NONE if target.unverified else ssl.CERT_REQUIRED)
        self._name = target.certificate_name or target.server
        self._context = _context(target)
        self.refusal: ssl.SSLCertVerificationError | None = None

    def wrap_socket(self, connection: Any, do_handshake: bool = False) -> None:
        """Called by ldap3 on LDAPS opening and on StartTLS, always with a handshake."""
        try:
            connection.socket = self._context.wrap_socket(
                connection.socket, server_hostname=self._name
            )
        except ssl.SSLCertVerificationError as cause:
            self.refusal = cause
            raise


def _context(target: Target) -> ssl.SSLContext:
    """OSError (`ssl.SSLError` included) when the file of authorities cannot be used."""
    cafile = None if target.ca_file is None else str(target.ca_file)
    context = ssl.create_default_context(cafile=cafile)
    # Python 3.13 refuses authorities that omit optional fields, as many internal ones do.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    if target.unverified:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
