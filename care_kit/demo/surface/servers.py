"""The weak servers themselves: each says just enough for its weakness to be real."""

import socket
import socketserver
import ssl
import warnings
from pathlib import Path
from typing import ClassVar

SECONDS = 10.0
_PAGE = b"<html><head><title>CHU Exemple</title></head><body>Portail</body></html>"
_TELNET = b"\xff\xfd\x18\xff\xfd\x20\xff\xfb\x01\r\nchu-exemple login: "


class TcpServer(socketserver.ThreadingTCPServer):
    """One thread per connection, none of which outlives the process."""

    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is the rule here: port scans do nothing else."""


class FtpHandler(socketserver.StreamRequestHandler):
    """The login half of RFC 959, in clear, where anyone is welcome."""

    timeout = SECONDS
    _ANSWERS: ClassVar = {
        b"USER": b"331 Please specify the password.",
        b"PASS": b"230 Login successful.",
        b"SYST": b"215 UNIX Type: L8",
        b"QUIT": b"221 Goodbye.",
    }

    def handle(self) -> None:
        """Answer commands until QUIT."""
        self._say(b"220 chu-exemple FTP ready.")
        for line in iter(lambda: self.rfile.readline(512), b""):
            command = line.split()[:1]
            name = command[0].upper() if command else b""
            self._say(self._ANSWERS.get(name, b"502 Command not implemented."))
            if name == b"QUIT":
                return

    def _say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")


class LoginHandler(socketserver.StreamRequestHandler):
    """A clear-text login prompt that lets nobody in."""

    timeout = SECONDS

    def handle(self) -> None:
        """Negotiate as Telnet does, then refuse whatever is typed."""
        self.wfile.write(_TELNET)
        while self.rfile.readline(512):
            self.wfile.write(b"\r\nLogin incorrect\r\nchu-exemple login: ")


class WebServer(TcpServer):
    """An HTTPS server that still accepts TLS 1.0."""

    def __init__(self, address: tuple[str, int], pem: Path) -> None:
        super().__init__(address, WebHandler)
        self.context = weak_context(pem)


class WebHandler(socketserver.BaseRequestHandler):
    """One page, without any security header."""

    server: WebServer
    request: socket.socket

    def handle(self) -> None:
        """Shake hands, read a request, answer, close."""
        self.request.settimeout(SECONDS)
        with self.server.context.wrap_socket(self.request, server_side=True) as secure:
            secure.recv(4096)
            head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(_PAGE)}\r\nConnection: close\r\n\r\n"
            secure.sendall(head.encode("ascii") + _PAGE)


def weak_context(pem: Path) -> ssl.SSLContext:
    """A server that accepts every version and suite this station's OpenSSL still has."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.load_cert_chain(pem)
    return context
