"""Pages of a search, raw: the next one is asked for before the present one is decoded."""

from collections.abc import Iterator
from typing import Any

from ldap3.core.exceptions import (
    LDAPException,
    LDAPOperationResult,
    LDAPSessionTerminatedByServerError,
)
from ldap3.operation.search import search_operation
from ldap3.protocol.rfc2696 import paged_search_control
from ldap3.utils.asn1 import decode_message_fast

from care_kit.probes.directory.entry import ENTRY, REFERENCE, MalformedAnswerError, operation
from care_kit.probes.directory.searches import SD_FLAGS, Search

PAGE = 1000
_MAX_PAGES = 10_000
_PAGED_RESULTS = "1.2.840.113556.1.4.319"
# BER of SEQUENCE { 7 }: owner, group and permissions. With 15, or without this control, an
# ordinary account gets no descriptor at all.
_DESCRIPTORS = (SD_FLAGS, False, b"\x30\x03\x02\x01\x07")
_NEVER = 0  # aliases are not followed
_RANGE = b";range="
_CUT = (LDAPException, OSError, MalformedAnswerError)
# What ldap3 lets out when bytes are not an LDAP message.
_UNREADABLE = (IndexError, KeyError, TypeError, ValueError)


class EndlessAnswerError(Exception):
    """The server keeps announcing more results without end."""


def pages(connection: Any, search: Search) -> Iterator[list[bytes]]:
    """Messages of the entries found, page by page; LDAPException as `connection.search` raises.

    The next page travels while the caller decodes, except when values came by ranges: the caller
    then needs the connection to ask for the rest.
    """
    _send(connection, search, None)
    waiting = True
    try:
        for number in range(1, _MAX_PAGES + 1):
            waiting = False
            found: list[bytes] = []
            try:
                cookie = _receive(connection, found)
            except _CUT:
                yield found  # what came before the cut was read
                raise
            ranged = any(_RANGE in message for message in found)
            if cookie and not ranged and number < _MAX_PAGES:
                _send(connection, search, cookie)
                waiting = True
            yield found
            if not cookie:
                return
            if ranged and number < _MAX_PAGES:
                _send(connection, search, cookie)
                waiting = True
        raise EndlessAnswerError
    finally:
        if waiting and not connection.closed:
            _receive(connection, [])  # the caller stopped early: the next search must not get it


def _send(connection: Any, search: Search, cookie: bytes | None) -> None:
    request = search_operation(
        search.base,
        search.filter,
        search.scope,
        _NEVER,
        list(search.attributes),
        0,
        0,
        False,
        connection.auto_escape,
        connection.auto_encode,
    )
    controls = [_DESCRIPTORS] if search.descriptors else []
    controls.append(paged_search_control(False, PAGE, cookie))
    connection.send("searchRequest", request, controls)


def _receive(connection: Any, found: list[bytes]) -> bytes | None:
    """Add the entries of one page, references to other domains left out; the next one's cookie."""
    while True:
        messages = connection.strategy.receiving()
        if not messages:
            raise LDAPSessionTerminatedByServerError("session terminated by server")
        for message in messages:
            kind = operation(message)
            if kind == ENTRY:
                found.append(message)
            elif kind != REFERENCE:
                return _cookie(connection, message)


def _cookie(connection: Any, message: bytes) -> bytes | None:
    """What asks for the next page; LDAPOperationResult when the search did not succeed."""
    try:
        result = connection.strategy.decode_response_fast(decode_message_fast(message))
    except _UNREADABLE as cause:
        raise MalformedAnswerError from cause
    if result["type"] != "searchResDone":
        raise LDAPSessionTerminatedByServerError("session terminated by server")
    if result["result"] != 0:
        raise LDAPOperationResult(
            result=result["result"],
            description=result["description"],
            dn=result["dn"],
            message=result["message"],
            response_type=result["type"],
        )
    control = result.get("controls", {}).get(_PAGED_RESULTS)
    return control["value"]["cookie"] if control else None
