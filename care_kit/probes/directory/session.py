"""Opens an authenticated, encrypted, read-only LDAP session."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ldap3
from ldap3.core import exceptions as ldap

from care_kit.model.words.errors import InputError
from care_kit.probes.directory import failures, kerberos
from care_kit.probes.directory.target import Target
from care_kit.probes.directory.tls import CheckedTls

_CONNECT_SECONDS = 10
_ANSWER_SECONDS = 120


@contextmanager
def open_session(target: Target, password: str) -> Iterator[Any]:
    """An ldap3 connection bound as `target.user`; ProbeError says why there is none.

    Clear text and NTLM are impossible: the only binds are a simple one and Kerberos, inside TLS.
    """
    if not target.kerberos:
        _require_credentials(target, password)
    _resolve(target)
    try:
        tls = CheckedTls(target)
    except OSError as cause:
        raise failures.bad_authorities(target) from cause
    connection = _connection(target, tls, password)
    try:
        _bind(connection, target, tls)
        yield connection
    finally:
        _close(connection)


def _require_credentials(target: Target, password: str) -> None:
    if "@" not in target.user:
        raise InputError(
            f"« {target.user} » n'est pas un identifiant complet.",
            "Écrivez-le sous la forme compte@domaine, par exemple lecture@chu-exemple.lan.",
        )
    # A directory takes an empty password for an anonymous session and answers "success".
    if not password:
        raise InputError("Le mot de passe est vide.", "Saisissez le mot de passe du compte.")


def _resolve(target: Target) -> None:
    try:
        socket.getaddrinfo(target.server, target.port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as cause:
        raise failures.unknown_name(target) from cause


def _connection(target: Target, tls: CheckedTls, password: str) -> Any:
    server = ldap3.Server(
        target.server,
        port=target.port,
        use_ssl=not target.starttls,
        tls=tls,
        get_info=ldap3.NONE,
        connect_timeout=_CONNECT_SECONDS,
    )
    # Bytes leave as they are; a text would be « prepared » (² becomes 2) before it is sent.
    typed = password.encode("utf-8", "surrogateescape")
    simple = {"authentication": ldap3.SIMPLE, "user": target.user, "password": typed}
    return ldap3.Connection(
        server,
        **kerberos.settings(target) if target.kerberos else simple,
        auto_bind=ldap3.AUTO_BIND_NONE,
        auto_referrals=False,  # credentials must not follow a referral
        auto_range=False,
        read_only=True,
        raise_exceptions=True,
        return_empty_attributes=False,
        receive_timeout=_ANSWER_SECONDS,
        check_names=False,
    )


def _bind(connection: Any, target: Target, tls: CheckedTls) -> None:
    try:
        connection.open()
        if target.starttls:
            connection.start_tls()
        if target.kerberos:
            kerberos.bind(connection, target)
        else:
            connection.bind()
    except ldap.LDAPStrongerAuthRequiredResult as cause:
        raise failures.too_weak(target) from cause
    except ldap.LDAPOperationResult as cause:
        raise failures.refused(target, cause.message or "") from cause
    except (ldap.LDAPExceptionError, OSError) as cause:
        if tls.refusal is not None:
            raise failures.bad_certificate(target, tls.refusal) from cause
        raise failures.unreachable(target, cause) from cause


def _close(connection: Any) -> None:
    try:
        connection.unbind()
    except (ldap.LDAPException, OSError):
        return  # the server is gone: there is nothing left to close
