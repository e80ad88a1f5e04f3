"""What a mail relay offers: its greeting, one EHLO, then QUIT. No message, no recipient."""

from care_kit.probes.exposure.addresses import Address
from care_kit.probes.exposure.text import escaped
from care_kit.probes.exposure.wire import Wire, connected

SECONDS = 8.0
MAX_BYTES = 8192
EHLO = "smtp-ehlo"
HELLO, QUIT = b"EHLO care-kit.invalid\r\n", b"QUIT\r\n"


def hello(address: Address, port: int) -> dict[str, str]:
    """The relay's answer to EHLO, one extension per line; empty when it is not a full answer."""
    try:
        with connected(address, port, SECONDS) as wire:
            if not _reply(wire).startswith(b"220"):
                return {}
            wire.send(HELLO)
            answer = _reply(wire)
            wire.send(QUIT)
    except OSError:
        return {}
    lines = answer.split(b"\r\n")
    return {EHLO: "\n".join(escaped(line) for line in lines if line)} if answer else {}


def _reply(wire: Wire) -> bytes:
    """One whole SMTP reply (RFC 5321 §4.2.1), empty when it did not end within MAX_BYTES."""
    data = b""
    while len(data) < MAX_BYTES:
        more = wire.receive(MAX_BYTES)
        if not more:
            break
        data += more
        last = data.rstrip(b"\r\n").rpartition(b"\n")[2]
        if data.endswith(b"\n") and last[3:4] != b"-":
            return data
    return b""
