"""A UDP server of ours, on a loopback address: it says what no real service would."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def serving(address: str, reply: Callable[[bytes], bytes | None]) -> Iterator[int]:
    """Answer each packet with what `reply` gives, nothing when None; yields the free port taken."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((address, 0))
        sock.settimeout(0.1)
        stop = threading.Event()

        def serve() -> None:
            while not stop.is_set():
                try:
                    data, sender = sock.recvfrom(4096)
                except TimeoutError:
                    continue
                answer = reply(data)
                if answer is not None:
                    sock.sendto(answer, sender)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield sock.getsockname()[1]
        finally:
            stop.set()
            thread.join()
