"""A TCP relay on loopback that cuts, or stops forwarding, after so many bytes from the server."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

_CHUNK = 4096


@dataclass
class Relay:
    """Where to connect, and how many bytes went from the server to the client."""

    port: int
    forwarded: int = 0
    reached: threading.Event = field(default_factory=threading.Event)


@contextlib.contextmanager
def relaying(server: str, port: int, after: int, *, cut: bool) -> Iterator[Relay]:
    """A relay on 127.0.0.1: after `after` bytes it cuts both sides, or keeps them open, silent."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        relay = Relay(listener.getsockname()[1])
        work = threading.Thread(
            target=_serve, args=(listener, (server, port), after, cut, relay), daemon=True
        )
        work.start()
        yield relay
        with contextlib.suppress(OSError):  # wakes a listener that nobody came to
            socket.create_connection(listener.getsockname(), timeout=1).close()
        work.join(5)


def _serve(
    listener: socket.socket, server: tuple[str, int], after: int, cut: bool, relay: Relay
) -> None:
    client, _ = listener.accept()
    with client, socket.create_connection(server) as upstream:
        threading.Thread(target=_pump, args=(client, upstream), daemon=True).start()
        while data := upstream.recv(_CHUNK):
            room = after - relay.forwarded
            with contextlib.suppress(OSError):
                client.sendall(data[:room])
            relay.forwarded += min(len(data), room)
            if relay.forwarded >= after:
                break
        relay.reached.set()
        with contextlib.suppress(OSError):
            while not cut and upstream.recv(_CHUNK):
                continue  # swallowed: the client hears nothing more
            # Closing is not enough: another thread still listens to that socket.
            client.shutdown(socket.SHUT_RDWR)
            upstream.shutdown(socket.SHUT_RDWR)


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(_CHUNK):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
