"""A small scripted LDAP server over TLS, for what Samba does not do: it is not a real directory.

It answers a bind with success, and each search with what the test's `answer` gives.
"""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from care_kit.demo.samba import certificates

BASE = "DC=test,DC=lan"
CONFIGURATION = f"CN=Configuration,{BASE}"
PAGED = "1.2.840.113556.1.4.319"
_BIND, _UNBIND, _SEARCH = 0x60, 0x42, 0x63
_ENTRY, _DONE, _BIND_DONE, _CONTROLS = 0x64, 0x65, 0x61, 0xA0
_ABSENT = 32  # noSuchObject

Values = dict[str, list[bytes]]


@dataclass(frozen=True)
class Search:
    """What was asked: base DN, attributes, the bytes of the filter, and the page's cookie."""

    base: str
    attributes: tuple[str, ...]
    filter: bytes
    cookie: bytes


Answer = Callable[[Search], Iterator[bytes]]


def entry(dn: bytes | str, attributes: Values) -> bytes:
    """One SearchResultEntry."""
    name = dn.encode() if isinstance(dn, str) else dn
    listed = b"".join(
        _tlv(0x30, _tlv(4, key.encode()) + _tlv(0x31, b"".join(_tlv(4, one) for one in values)))
        for key, values in attributes.items()
    )
    return _tlv(_ENTRY, _tlv(4, name) + _tlv(0x30, listed))


def done(code: int = 0, cookie: bytes | None = None, referrals: tuple[str, ...] = ()) -> bytes:
    """One SearchResultDone, with the control of pages when there is a cookie."""
    elsewhere = b"".join(_tlv(4, one.encode()) for one in referrals)
    result = _result(_DONE, code, _tlv(0xA3, elsewhere) if elsewhere else b"")
    if cookie is None:
        return result
    page = _tlv(0x30, _tlv(2, b"\0") + _tlv(4, cookie))
    return result + _tlv(_CONTROLS, _tlv(0x30, _tlv(4, PAGED.encode()) + _tlv(4, page)))


def empty_directory(search: Search) -> Iterator[bytes]:
    """A forest where only the roots of the partitions exist."""
    if search.base == "":
        yield entry("", {
            "defaultNamingContext": [BASE.encode()],
            "configurationNamingContext": [CONFIGURATION.encode()],
            "rootDomainNamingContext": [BASE.encode()],
        })  # fmt: skip
    elif search.base not in (BASE, CONFIGURATION, f"CN=Schema,{CONFIGURATION}"):
        yield done(_ABSENT)
        return
    yield done()


@contextlib.contextmanager
def standing_in(folder: Path, answer: Answer) -> Iterator[int]:
    """The port of a server on 127.0.0.1; its authority is `folder / "ca.pem"`."""
    certificates.write(folder, "127.0.0.1")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        work = threading.Thread(target=_serve, args=(listener, context, answer), daemon=True)
        work.start()
        yield listener.getsockname()[1]
        with contextlib.suppress(OSError):  # wakes a listener that nobody came to
            socket.create_connection(listener.getsockname(), timeout=1).close()
        work.join(5)


def _serve(listener: socket.socket, context: ssl.SSLContext, answer: Answer) -> None:
    plain, _ = listener.accept()
    with contextlib.suppress(OSError), context.wrap_socket(plain, server_side=True) as client:
        while message := _read(client):
            (_, number), operation, *controls = _parts(_parts(message)[0][1])
            head = _tlv(2, number)
            if operation[0] == _UNBIND:
                return
            if operation[0] == _BIND:
                client.sendall(_tlv(0x30, head + _result(_BIND_DONE, 0)))
            elif operation[0] == _SEARCH:
                for one in answer(_search(operation[1], controls)):
                    client.sendall(_tlv(0x30, head + one))


def _search(content: bytes, controls: list[tuple[int, bytes]]) -> Search:
    (_, base), *_, (_, names) = _parts(content)
    cookie = b""
    for _, listed in controls:
        for _, control in _parts(listed):
            (_, kind), *rest = _parts(control)
            if kind == PAGED.encode():
                cookie = _parts(_parts(rest[-1][1])[0][1])[1][1]
    attributes = tuple(name.decode() for _, name in _parts(names))
    return Search(base.decode(), attributes, content, cookie)


def _read(client: socket.socket) -> bytes:
    """One whole message, empty when the client left."""
    data = client.recv(2)
    if len(data) < 2:
        return b""
    if data[1] > 0x7F:
        data += client.recv(data[1] & 0x7F)
    size = data[1] if len(data) == 2 else int.from_bytes(data[2:], "big")
    rest = b""
    while len(rest) < size:
        rest += client.recv(size - len(rest))
    return data + rest


def _parts(data: bytes) -> list[tuple[int, bytes]]:
    """Tag and content of each element."""
    found, place = [], 0
    while place < len(data):
        tag, size, place = data[place], data[place + 1], place + 2
        if size > 0x7F:
            count = size & 0x7F
            size = int.from_bytes(data[place : place + count], "big")
            place += count
        found.append((tag, data[place : place + size]))
        place += size
    return found


def _result(tag: int, code: int, more: bytes = b"") -> bytes:
    return _tlv(tag, _tlv(10, bytes([code])) + _tlv(4, b"") + _tlv(4, b"") + more)


def _tlv(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content
