"""The grammar of an SPF record (RFC 7208, §4.6, §7 and §12): what a receiver can evaluate.

One term that does not fit, anywhere in the record, and the whole record is a permanent error.
"""

import re
from collections.abc import Sequence
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, collapse_addresses

_EXPAND = r"%(?:\{[slodiphcrtv](?:[1-9][0-9]*)?r?[.\-+,/_=]*\}|[%_\-])"
_LITERAL = r"[!-$&-~]"
_MACRO = rf"(?:{_EXPAND}|{_LITERAL})"
_TOP = r"(?![0-9]+\.?$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_END = rf"(?:\.{_TOP}\.?|%\{{[slodiphv](?:[1-9][0-9]*)?r?[.\-+,/_=]*\}})"
_DOMAIN = re.compile(rf"(?:{_MACRO})*?{_END}", re.IGNORECASE)
_EXPLAINED = re.compile(r"%\{[crt]", re.IGNORECASE)
"""Letters that only the text of an explanation may use."""
MOST_NAME = 512
"""Characters of a name, macros included, that a receiver would still make a question of."""
_MODIFIER = re.compile(rf"([a-z][a-z0-9_.-]*)=((?:{_MACRO})*)", re.IGNORECASE)
_MECHANISM = re.compile(r"([+\-~?]?)([a-z0-9_.-]+)(.*)", re.IGNORECASE | re.DOTALL)
_CIDR4, _CIDR6 = r"/(0|[1-9][0-9]?)", r"//(0|[1-9][0-9]{0,2})"
_DUAL = re.compile(rf"(?:{_CIDR4})?(?:{_CIDR6})?")
_SLASHES = re.compile(r"//?[0-9].*$|//?$|/.*$")
_ONCE = ("redirect", "exp")
LOOKUPS = ("include", "a", "mx", "ptr", "exists")
"""Mechanisms that cost the receiver a DNS question."""


def is_record(text: str) -> bool:
    """Whether a TXT record is an SPF one: the version, then a space or nothing."""
    return text[:6].lower() == "v=spf1" and text[6:7] in ("", " ")


def terms_of(record: str) -> list[str]:
    """What follows the version, spaces apart."""
    return [one for one in record[6:].split(" ") if one]


def wrong(record: str) -> str:
    """The first thing a receiver cannot read, in French; empty when it reads it all."""
    seen: set[str] = set()
    for term in terms_of(record):
        name = modifier(term)
        if name:
            if name in seen:
                return f"« {name}= » donné deux fois"
            if name in _ONCE:
                seen.add(name)
        if not _readable(term, name):
            return f"terme « {term[:60]} »"
    return ""


def modifier(term: str) -> str:
    """The name of a modifier, in lower case; empty for a mechanism."""
    head, equal, _ = term.partition("=")
    is_one = equal and re.fullmatch(r"[a-z][a-z0-9_.-]*", head, re.IGNORECASE)
    return head.lower() if is_one else ""


def mechanism(term: str) -> tuple[str, str, str]:
    """Qualifier (« + » when not written), name in lower case, what follows it."""
    found = _MECHANISM.fullmatch(term)
    return (found[1] or "+", found[2].lower(), found[3]) if found else ("+", "", term)


def lets_anyone(terms: Sequence[str]) -> bool:
    """Whether addresses allowed before « all » are every address there is."""
    allowed: list[IPv4Network] = []
    for term in terms:
        qualifier, name, rest = mechanism(term)
        if name == "all":
            break
        if qualifier == "+" and name == "ip4" and not modifier(term):
            network = _ip4(rest)
            if network is not None:
                allowed.append(network)
    return any(one.prefixlen == 0 for one in collapse_addresses(allowed))


def _readable(term: str, name: str) -> bool:
    if name:
        found = _MODIFIER.fullmatch(term)
        if found is None:
            return False
        return name not in _ONCE or _domain(found[2])
    _, called, rest = mechanism(term)
    if called == "all":
        return not rest
    if called in ("include", "exists"):
        return rest.startswith(":") and _domain(rest[1:])
    if called in ("a", "mx"):
        return _addressed(rest)
    if called == "ptr":
        return not rest or (rest.startswith(":") and _domain(rest[1:]))
    if called == "ip4":
        return _ip4(rest) is not None
    return called == "ip6" and _ip6(rest)


def _addressed(rest: str) -> bool:
    """What follows « a » and « mx »: a domain, then prefixes, each of them if any."""
    cut = _SLASHES.search(rest)
    named, prefixes = (rest[: cut.start()], cut[0]) if cut and "{" not in cut[0] else (rest, "")
    if named and not (named.startswith(":") and _domain(named[1:])):
        return False
    found = _DUAL.fullmatch(prefixes)
    return found is not None and int(found[1] or 0) <= 32 and int(found[2] or 0) <= 128


def _domain(text: str) -> bool:
    return (
        len(text) <= MOST_NAME
        and _DOMAIN.fullmatch(text) is not None
        and not _EXPLAINED.search(text)
    )


def _ip4(rest: str) -> IPv4Network | None:
    """The network of « :192.0.2.0/24 »; None when it is not one."""
    found = re.fullmatch(rf":([0-9.]+)(?:{_CIDR4})?", rest)
    if found is None or int(found[2] or 0) > 32:
        return None
    try:
        return IPv4Network((IPv4Address(found[1]), int(found[2] or 32)), strict=False)
    except AddressValueError:
        return None


def _ip6(rest: str) -> bool:
    found = re.fullmatch(r":([0-9a-fA-F:.]+)(?:/(0|[1-9][0-9]{0,2}))?", rest)
    if found is None or int(found[2] or 0) > 128:
        return False
    try:
        IPv6Address(found[1])
    except AddressValueError:
        return False
    return True
