"""Where to listen: this machine only, unless the person says otherwise."""

import re
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address

from care_kit.model.words.errors import InputError

LOOPBACK = "127.0.0.1"
_HTTPS = 443
_PUBLIC = re.compile(r"https://(?P<host>[a-z0-9.-]+|\[[0-9a-f:.]+\])(:(?P<port>\d{1,5}))?/?")


def listening(address: str, port: int, *, without_tls: bool) -> socket.socket:
    """A listening socket; port 0 takes a free one. InputError when the address is refused."""
    where = _single(address)
    if not where.is_loopback and not without_tls:
        raise InputError(
            f"L'adresse {where} est joignable depuis d'autres postes, et rien n'y serait chiffré.",
            "Restez sur 127.0.0.1 (tunnel SSH ou mandataire TLS), ou ajoutez --without-tls après "
            "avoir lu « Une autre adresse » dans docs/fr/navigateur.md.",
        )
    family = socket.AF_INET6 if where.version == 6 else socket.AF_INET
    try:
        return socket.create_server((str(where), port), family=family)
    except (OSError, OverflowError) as cause:
        raise InputError(
            f"Impossible d'écouter sur {where}, port {port}.",
            "Vérifiez que cette adresse est celle de ce poste, ou choisissez un autre port ; "
            "--port 0 en prend un libre.",
        ) from cause


def origin_of(listener: socket.socket) -> str:
    """`http://address:port`, as a browser writes it."""
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if listener.family == socket.AF_INET6 else host
    return f"http://{shown}" if port == 80 else f"http://{shown}:{port}"


def public_origin(url: str) -> str:
    """The https origin people type when a TLS proxy stands in front; InputError otherwise."""
    found = _PUBLIC.fullmatch(url.lower())
    port = int(found["port"] or _HTTPS) if found else 0
    if not found or not 0 < port < 65536:
        raise InputError(
            f"« {url} » n'est pas une adresse publique utilisable.",
            "Donnez-la sans chemin ni compte, par exemple https://care.hopital.example.",
        )
    return f"https://{found['host']}" + ("" if port == _HTTPS else f":{port}")


def _single(address: str) -> IPv4Address | IPv6Address:
    try:
        where = ip_address(address)
    except ValueError as cause:
        raise InputError(
            f"« {address} » n'est pas une adresse IP.", f"Donnez par exemple {LOOPBACK}."
        ) from cause
    if where.is_unspecified or where.is_multicast:
        raise InputError(
            f"{where} ne désigne pas une adresse précise.",
            f"Donnez l'adresse d'une seule interface, par exemple {LOOPBACK}.",
        )
    return where
