"""Stands in for services whose real servers are not installed here (RDP, SMB, IPMI, HL7...).

Run inside the servers' namespace: `python stand_in.py ADDRESS FOLDER`. Each port says what the
real service says first, and nothing else; every byte received is kept in FOLDER, one file per
port. 995 answers any ClientHello with an SSLv3 ServerHello, 993 with RC4 and compression; 11112
passes bytes on to the real DICOM node, which can only listen on every address at once.
"""

import contextlib
import socket
import socketserver
import sys
import threading
import time
from pathlib import Path

DICOM_NODE = ("127.0.0.1", 10_400)


def flight(version: int, suite: int, compression: int) -> bytes:
    """A ServerHello and a ServerHelloDone of that version, without a certificate."""
    hello = version.to_bytes(2) + bytes(32) + b"\x00" + suite.to_bytes(2) + bytes([compression])
    messages = b"\x02" + len(hello).to_bytes(3) + hello + b"\x0e\x00\x00\x00"
    return b"\x16" + version.to_bytes(2) + len(messages).to_bytes(2) + messages


SAYS: dict[int, bytes] = {
    22: b"SSH-1.99-Ancien\r\n",
    23: b"\xff\xfd\x18\xff\xfd\x20login: ",
    25: b"220 relais.test ESMTP\r\n",
    88: b"",
    104: bytes.fromhex("0300 00000004 00010107"),  # A-ASSOCIATE-RJ: called title not recognised
    111: b"",
    389: b"",
    445: b"",
    502: b"",
    873: b"",
    993: flight(0x0303, 0x0005, 1),
    995: flight(0x0300, 0x000A, 0),
    1099: b"",
    1433: b"",
    1521: b"",
    1883: b"",
    2375: b"",
    2575: b"",
    3306: b"",
    3389: b"",
    5060: b"",
    5432: b"",
    5900: b"RFB 003.008\n",
    5985: b"",
    9100: b"",
    9200: b"",
    27017: b"",
    44818: b"",
}
SILENT = (502, 2575, 9100)
"""Devices to which nothing may be sent."""

RELAYED = 11112
ANSWERS: dict[bytes, bytes] = {
    b"EHLO": b"250-relais.test\r\n250-AUTH NTLM\r\n250 SIZE 1000\r\n",
    b"MAIL": b"250 2.1.0 Ok\r\n",
    b"RCPT": b"250 2.1.5 Ok\r\n",
}
DATAGRAMS: dict[int, bytes] = {
    69: b"\x00\x05\x00\x01absent\x00",
    123: b"\x16\x82\x00\x01" + bytes(8),
    137: b"ck\x84\x00" + bytes(8),
    500: b"care-kit" + bytes(20),
    623: bytes.fromhex("0600ff07"),
    1434: b"\x05\x04\x00ck;;",
    1900: b"HTTP/1.1 200 OK\r\n\r\n",
    11211: b"\x00\x01\x00\x00\x00\x01\x00\x00VERSION 1.6\r\n",
    47808: b"\x81\x0a\x00\x09\x01\x00\x50\x01\x0c",
}


class Handler(socketserver.BaseRequestHandler):
    server: "Server"

    def handle(self) -> None:
        self.request.settimeout(3)
        self.request.sendall(self.server.says)
        with self.server.record.open("ab") as record, contextlib.suppress(OSError):
            while data := self.request.recv(4096):
                record.write(data)
                self.request.sendall(ANSWERS.get(data[:4], b""))


class Relay(socketserver.BaseRequestHandler):
    server: "Server"

    def handle(self) -> None:
        with socket.create_connection(DICOM_NODE, 3) as node:
            threading.Thread(target=self._pump, args=(node, self.request), daemon=True).start()
            with self.server.record.open("ab") as record, contextlib.suppress(OSError):
                while data := self.request.recv(4096):
                    record.write(data)
                    node.sendall(data)

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(4096):
                target.sendall(data)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, address: str, port: int, says: bytes, folder: Path) -> None:
        super().__init__((address, port), Relay if port == RELAYED else Handler)
        self.says, self.record = says, folder / f"received-{port}"
        self.record.touch()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up."""


def answer_datagrams(address: str, port: int, says: bytes, folder: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((address, port))
        while True:
            data, sender = sock.recvfrom(4096)
            with (folder / f"received-udp-{port}").open("ab") as record:
                record.write(data)
            sock.sendto(says, sender)


if __name__ == "__main__":
    here, kept = sys.argv[1], Path(sys.argv[2])
    for port, says in {**SAYS, RELAYED: b""}.items():
        server = Server(here, port, says, kept)
        threading.Thread(target=server.serve_forever, daemon=True).start()
    for port, says in DATAGRAMS.items():
        threading.Thread(
            target=answer_datagrams, args=(here, port, says, kept), daemon=True
        ).start()
    while True:
        time.sleep(3600)
