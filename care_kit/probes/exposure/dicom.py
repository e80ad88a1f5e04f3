"""One DICOM association, asked then released: is a node there, and does it take any caller?

The request (A-ASSOCIATE, PS3.8 §9.3.2) proposes the Verification service only, which carries no
image and no patient; nothing else follows but the release. Application titles are ours.
"""

import struct

from care_kit.probes.exposure.addresses import Address
from care_kit.probes.exposure.gate import Speech
from care_kit.probes.exposure.pace import Lane
from care_kit.probes.exposure.wire import Wire, connected

SECONDS = 5.0
MAX_PDU = 16_384
ASSOCIATE = "dicom-associate"
ACCEPTED, REJECTED = "accepted", "rejected"
CALLING, CALLED = b"CARE-KIT", b"CARE-KIT-ANY"

_APPLICATION_CONTEXT = b"1.2.840.10008.3.1.1.1"
_VERIFICATION = b"1.2.840.10008.1.1"
_IMPLICIT_LITTLE_ENDIAN = b"1.2.840.10008.1.2"
_IMPLEMENTATION = b"2.25.119034"
_AC, _RJ = 2, 3
RELEASE = bytes.fromhex("05000000000400000000")


def associate(address: Address, port: int, lane: Lane | None = None) -> dict[str, str]:
    """Text by probe id, as `PortFact.scripts` keeps it; empty when nothing spoke DICOM."""
    try:
        with connected(address, port, SECONDS, lane, Speech.ASSOCIATE) as wire:
            wire.send(request())
            kind, body = _answer(wire)
            if kind == _RJ and len(body) >= 4:
                return {ASSOCIATE: f"{REJECTED} result={body[1]} source={body[2]} why={body[3]}"}
            if kind != _AC:
                return {}
            wire.send(RELEASE)
            return {ASSOCIATE: ACCEPTED}
    except OSError:
        return {}


def request() -> bytes:
    """The A-ASSOCIATE-RQ, the same bytes for every node."""
    context = _item(0x20, b"\x01\x00\x00\x00" + _item(0x30, _VERIFICATION) + _transfer())
    user = _item(0x50, _item(0x51, struct.pack(">I", MAX_PDU)) + _item(0x52, _IMPLEMENTATION))
    body = struct.pack(">HH16s16s", 1, 0, CALLED.ljust(16), CALLING.ljust(16)) + bytes(32)
    body += _item(0x10, _APPLICATION_CONTEXT) + context + user
    return struct.pack(">BBI", 1, 0, len(body)) + body


def _transfer() -> bytes:
    return _item(0x40, _IMPLICIT_LITTLE_ENDIAN)


def _item(kind: int, value: bytes) -> bytes:
    return struct.pack(">BBH", kind, 0, len(value)) + value


def _answer(wire: Wire) -> tuple[int, bytes]:
    """Type and beginning of the first PDU; a peer that does not speak DICOM gives type 0."""
    head = _exactly(wire, 6)
    if len(head) < 6:
        return 0, b""
    kind, size = head[0], int.from_bytes(head[2:6])
    if kind not in (_AC, _RJ) or size > MAX_PDU or head[1] != 0:
        return 0, b""
    body = _exactly(wire, size)
    return (kind, body) if len(body) == size else (0, b"")


def _exactly(wire: Wire, size: int) -> bytes:
    data = b""
    while len(data) < size:
        more = wire.receive(size - len(data))
        if not more:
            break
        data += more
    return data
