"""Mail relays a little further: EHLO again once encrypted, and, if asked, a foreign recipient.

Neither a message nor its beginning (DATA) is ever sent.
"""

from collections.abc import Mapping

from care_kit.model.facts.scope import OPEN_RELAY
from care_kit.probes.exposure import replies, smtp, starttls, tls
from care_kit.probes.exposure.addresses import Address
from care_kit.probes.exposure.pace import HANDSHAKE, HELLO, Lane
from care_kit.probes.exposure.targets import Target
from care_kit.probes.exposure.wire import connected

PORT = 25
SECONDS = 8.0
EHLO_OVER_TLS, RELAYING = "smtp-ehlo-tls", "smtp-relay"
SENDER, STRANGER = b"MAIL FROM:<>\r\n", b"RCPT TO:<care-kit@example.com>\r\n"
"""An empty sender and a recipient of nobody (RFC 2606): only the answer to them is wanted."""

_RESET = b"RSET\r\n"


def look(target: Target, port: int, texts: Mapping[str, str], lane: Lane) -> dict[str, str]:
    """What more is asked of an open relay, each exchange at its turn."""
    if port != PORT or port not in target.talkative:
        return {}
    found: dict[str, str] = {}
    if smtp.offers(texts.get(smtp.EHLO, "")):
        with lane.turn(starttls.packets(port, HANDSHAKE)):
            found |= encrypted_hello(target.address, port, lane)
    if OPEN_RELAY in target.optional:
        with lane.turn(HELLO):
            found |= foreign_recipient(target.address, port, lane)
    return found


def most(target: Target) -> int:
    """The most connections this makes to an address."""
    return (1 + (OPEN_RELAY in target.optional)) * (PORT in target.talkative)


def encrypted_hello(address: Address, port: int, lane: Lane | None = None) -> dict[str, str]:
    """The answer to EHLO inside TLS; empty when it is not a full answer."""
    try:
        with (
            starttls.opened(address, port, SECONDS, lane) as wire,
            tls.handshake(wire, str(address)) as secure,
        ):
            wire.sock = secure
            wire.send(smtp.HELLO)
            answer = replies.receive(wire, smtp.whole)
            wire.send(smtp.QUIT)
    except OSError:
        return {}
    return {EHLO_OVER_TLS: replies.shown(answer)} if answer else {}


def foreign_recipient(address: Address, port: int, lane: Lane | None = None) -> dict[str, str]:
    """The answer to a recipient of elsewhere, then everything is taken back (RSET, QUIT).

    When the sender itself is refused, that answer comes marked `MAIL`: it says nothing of relaying.
    """
    try:
        with connected(address, port, SECONDS, lane) as wire:
            if not smtp.greeted(wire):
                return {}
            answer, mark = b"", "MAIL "
            wire.send(SENDER)
            answer = replies.receive(wire, smtp.whole)
            if answer.startswith(b"250"):
                mark = ""
                wire.send(STRANGER)
                answer = replies.receive(wire, smtp.whole)
            wire.send(_RESET + smtp.QUIT)
    except OSError:
        return {}
    return {RELAYING: mark + replies.shown(answer)} if answer else {}
