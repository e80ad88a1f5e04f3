"""Stands in for services whose real servers are not installed here (RDP, SMB, LDAP, VNC...).

Run inside the servers' namespace: `python stand_in.py ADDRESS`. Each port says what the real
service says first, and nothing else; 995 answers any ClientHello with an SSLv3 ServerHello.
"""

import socketserver
import sys
import threading
import time

SSL3_HELLO = b"\x03\x00" + bytes(32) + b"\x00" + b"\x00\x0a" + b"\x00"
SSL3_FLIGHT = (
    b"\x16\x03\x00"
    + (len(SSL3_HELLO) + 8).to_bytes(2)
    + b"\x02"
    + len(SSL3_HELLO).to_bytes(3)
    + SSL3_HELLO
    + b"\x0e\x00\x00\x00"
)
SAYS: dict[int, bytes] = {
    22: b"SSH-1.99-Ancien\r\n",
    23: b"\xff\xfd\x18\xff\xfd\x20login: ",
    389: b"",
    445: b"",
    3389: b"",
    5900: b"RFB 003.008\n",
    995: SSL3_FLIGHT,
}


class Handler(socketserver.BaseRequestHandler):
    server: "Server"

    def handle(self) -> None:
        self.request.settimeout(3)
        self.request.sendall(self.server.says)
        self.request.recv(4096)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, address: str, port: int, says: bytes) -> None:
        super().__init__((address, port), Handler)
        self.says = says

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up."""


if __name__ == "__main__":
    for port, says in SAYS.items():
        server = Server(sys.argv[1], port, says)
        threading.Thread(target=server.serve_forever, daemon=True).start()
    while True:
        time.sleep(3600)
