"""Small hostile servers on a loopback address, for the time of one test."""

import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Behaviour = Callable[[socket.socket], None]


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up."""


@contextmanager
def serving(behaviour: Behaviour, port: int = 0, address: str = "127.0.0.61") -> Iterator[int]:
    """A TCP server that treats each connection with `behaviour`; gives its port."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            behaviour(self.request)

    with _Server((address, port), Handler) as server:
        threading.Thread(
            target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
