"""What may be probed from the network, who allows it, and until when."""

from dataclasses import dataclass
from datetime import date, time

from care_kit.model.content.strict import Strict

HIDDEN_FILES, OPEN_RELAY, BACNET = "hidden_files", "open_relay", "bacnet"
OPTIONAL = frozenset({HIDDEN_FILES, OPEN_RELAY, BACNET})
"""Tests that send more than a visitor would, hence done only when the signed scope names them."""


@dataclass(frozen=True)
class Host(Strict):
    """A name served at declared addresses; `provider` names the hosting company when not ours.

    A provider's host is looked at by name (DNS, TLS, HTTP) and never port-scanned.
    """

    name: str
    addresses: tuple[str, ...]
    ports: tuple[int, ...] = ()
    provider: str = ""
    provider_agreement: str = ""


@dataclass(frozen=True)
class Validity(Strict):
    """Days (inclusive) and daily hours during which probing is allowed, local time."""

    begins: date
    ends: date
    from_hour: time = time(0, 0)
    to_hour: time = time(23, 59, 59)


@dataclass(frozen=True)
class Scope(Strict):
    """`perimetre.toml`: everything the exposure probe may touch.

    `networks` are CIDR blocks the addresses must belong to; `view` is "externe" or "interne";
    `resolver` is "address:port" of the DNS server to ask, empty for the station's own;
    `dkim_selectors` are the names under which the domains publish their mail keys. `optional`
    names tests of `OPTIONAL` that are done only when asked for here; `rdap` is the address of the
    registry's RDAP service, asked about the domains only when it is given.
    """

    owner: str
    purpose: str
    contact: str
    view: str
    networks: tuple[str, ...]
    validity: Validity
    domains: tuple[str, ...] = ()
    hosts: tuple[Host, ...] = ()
    excluded_addresses: tuple[str, ...] = ()
    excluded_ports: tuple[int, ...] = ()
    fragile_addresses: tuple[str, ...] = ()
    outgoing_address: str = ""
    resolver: str = ""
    dkim_selectors: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    rdap: str = ""


@dataclass(frozen=True)
class ScopeSignature:
    """Who allowed a scope: the hash is that of the file's bytes, so any edit voids it."""

    scope_sha256: str
    name: str
    role: str
    signed_on: date
