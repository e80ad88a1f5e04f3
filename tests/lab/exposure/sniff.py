"""Every packet that arrives on a device, one JSON line each, until ended.

`python -m tests.lab.exposure.sniff DEVICE FILE`, inside the servers' namespace.
"""

import json
import socket
import struct
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

_ETHERNET, _IPV4, _TCP, _UDP = 14, 0x0800, 6, 17


@dataclass(frozen=True)
class Packet:
    """To whom, on what port (0 when it has none), how many bytes said; `at` is the wall clock."""

    at: float
    to: str
    protocol: str
    port: int
    said: int


def read(frame: bytes, at: float) -> Packet | None:
    """An IPv4 packet; None for anything else (the neighbours' own chatter)."""
    if len(frame) < _ETHERNET + 20 or struct.unpack("!H", frame[12:14])[0] != _IPV4:
        return None
    header = frame[_ETHERNET:]
    length, total = (header[0] & 15) * 4, struct.unpack("!H", header[2:4])[0]
    to, body = socket.inet_ntoa(header[16:20]), header[length:total]
    if header[9] == _TCP:
        return Packet(at, to, "tcp", _port(body), len(body) - (body[12] >> 4) * 4)
    if header[9] == _UDP:
        return Packet(at, to, "udp", _port(body), len(body) - 8)
    return Packet(at, to, str(header[9]), 0, len(body))


def _port(body: bytes) -> int:
    return int(struct.unpack("!H", body[2:4])[0])


def main(device: str, file: Path) -> None:
    """Listen for what comes in; what goes out on the same device is not ours to count."""
    everything = socket.ntohs(3)
    with (
        socket.socket(socket.AF_PACKET, socket.SOCK_RAW, everything) as sock,
        file.open("w", buffering=1) as record,
    ):
        sock.bind((device, 0))
        record.write("\n")  # listening
        while True:
            frame, (_device, _protocol, kind, *_rest) = sock.recvfrom(65_535)
            if kind != socket.PACKET_OUTGOING:
                packet = read(frame, time.time())
                if packet:
                    record.write(json.dumps(asdict(packet)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
