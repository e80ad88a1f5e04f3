"""TLS servers that OpenSSL no longer makes: SSLv3, RC4, 3DES. Runs where tlslite-ng is installed.

`python tls_old.py ADDRESS CERTIFICATE KEY`, then one JSON object per line on standard input
("port", "least", "most", "ciphers", "exchanges"), ended by an empty line; stops when standard
input closes.
"""

import json
import socketserver
import sys
import threading
from pathlib import Path
from typing import Any

from tlslite.api import HandshakeSettings, TLSConnection, X509CertChain, parsePEMKey

NUMBERS = {"SSLv3": (3, 0), "TLSv1.0": (3, 1), "TLSv1.1": (3, 2), "TLSv1.2": (3, 3)}
SECONDS = 5


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64


def serve(address: str, chain: Any, key: Any, asked: dict[str, Any]) -> None:
    settings = HandshakeSettings()
    settings.minVersion = NUMBERS[asked["least"]]
    settings.maxVersion = NUMBERS[asked["most"]]
    settings.cipherNames = asked["ciphers"]
    settings.keyExchangeNames = asked["exchanges"]
    settings.useEncryptThenMAC = False

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.settimeout(SECONDS)
            connection = TLSConnection(self.request)
            try:
                connection.handshakeServer(certChain=chain, privateKey=key, settings=settings)
                connection.read(1)
                connection.close()
            except Exception:  # a client that goes away is what every one of them does
                return

    server = Server((address, asked["port"]), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def main() -> None:
    address, certificate, key = sys.argv[1:]
    chain = X509CertChain()
    chain.parsePemList(Path(certificate).read_text())
    private = parsePEMKey(Path(key).read_text(), private=True)
    for line in sys.stdin:
        if not line.strip():
            break
        serve(address, chain, private, json.loads(line))
    sys.stdin.read()


if __name__ == "__main__":
    main()
