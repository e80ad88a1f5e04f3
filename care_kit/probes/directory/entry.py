"""One LDAP message that holds an entry, read straight from its bytes (RFC 4511, BER).

ldap3 decodes every value twice, as bytes and as text: on tens of thousands of objects this costs
more than the server's own work.
"""

ENTRY, REFERENCE = 0x64, 0x73  # tags of SearchResultEntry and SearchResultReference
_SEQUENCE, _SET, _OCTETS, _INTEGER = 0x30, 0x31, 0x04, 0x02


class MalformedAnswerError(Exception):
    """The bytes are not the LDAP message they should be."""


def operation(message: bytes) -> int:
    """Tag of what the message holds."""
    place, end = _inside(message, 0, len(message), _SEQUENCE)
    _, place = _inside(message, place, end, _INTEGER)
    if place >= end:
        raise MalformedAnswerError
    return message[place]


def decode(message: bytes) -> tuple[str, dict[str, list[bytes]]]:
    """DN and raw values of each attribute, options included, by lower-case name."""
    place, end = _inside(message, 0, len(message), _SEQUENCE)
    _, place = _inside(message, place, end, _INTEGER)
    place, end = _inside(message, place, end, ENTRY)
    start, place = _inside(message, place, end, _OCTETS)
    dn = message[start:place].decode("utf-8", "replace")
    place, end = _inside(message, place, end, _SEQUENCE)
    attributes: dict[str, list[bytes]] = {}
    while place < end:
        inner, place = _inside(message, place, end, _SEQUENCE)
        start, inner = _inside(message, inner, place, _OCTETS)
        name = message[start:inner].decode("utf-8", "replace").lower()
        attributes[name] = _values(message, inner, place)
    return dn, attributes


def _values(message: bytes, place: int, end: int) -> list[bytes]:
    place, end = _inside(message, place, end, _SET)
    values = []
    while place < end:
        start, place = _inside(message, place, end, _OCTETS)
        values.append(message[start:place])
    return values


def _inside(message: bytes, place: int, end: int, tag: int) -> tuple[int, int]:
    """Where the content of the element at `place` starts and ends; it must have that tag."""
    if place + 2 > end or message[place] != tag:
        raise MalformedAnswerError
    length = message[place + 1]
    start = place + 2
    if length > 0x7F:
        count = length & 0x7F
        length = int.from_bytes(message[start : start + count], "big")
        start += count
    stop = start + length
    if stop > end:
        raise MalformedAnswerError
    return start, stop
