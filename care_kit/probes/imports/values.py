"""Values as ORADAD writes them, back to the bytes a directory returns.

ORADAD writes SIDs as text, binary values in hexadecimal, dates as `AAAA-MM-JJ hh:mm:ss` in UTC,
truth as 0 or 1, and joins several values with an unescaped semicolon.
"""

import re
import struct
from datetime import UTC, datetime
from uuid import UUID

_SIDS = frozenset({"objectsid", "sidhistory", "securityidentifier"})
_FILETIMES = frozenset({"pwdlastset", "lastlogontimestamp"})
_DNS = frozenset(
    {
        "member",
        "msds-psoappliesto",
        "msds-neverrevealgroup",
        "msds-revealondemandgroup",
        "msds-authnpolicysilomembers",
    }
)
_TEXTS = frozenset(
    {
        "objectclass",
        "serviceprincipalname",
        "msds-allowedtodelegateto",
        "admincontextmenu",
        "certificatetemplates",
        "pkiextendedkeyusage",
        "supportedcapabilities",
    }
)
_FILETIME_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_NEVER = "2999-12-12 23:59:59"
_NEVER_TICKS = 0x7FFFFFFFFFFFFFFF
_NEXT_DN = re.compile(r"(?<!\\);(?=[A-Za-z][A-Za-z0-9-]*=)")
_WHOLE_DN = re.compile(r"[A-Za-z][A-Za-z0-9-]*=([^;\\]|\\.)*DC=[^,;]+", re.DOTALL)


class AmbiguousError(ValueError):
    """A list of DNs that cannot be cut with certainty."""


def decoded(name: str, kind: str, text: str) -> tuple[bytes, ...]:
    """Values of the attribute `name` (lower case) of SQL type `kind`; () when `text` is empty.

    AmbiguousError for a list of DNs that a semicolon inside a name makes uncertain; ValueError
    when the text is not of its type.
    """
    if not text:
        return ()
    if name in _SIDS:
        return tuple(_sid(one) for one in text.split(";"))
    if kind.startswith("varchar"):
        return tuple(bytes.fromhex(one) for one in text.split(";"))
    if name in _DNS:
        return tuple(dn.encode("utf-8") for dn in dns(text))
    if name in _TEXTS:
        return tuple(one.encode("utf-8") for one in text.split(";"))
    if kind == "datetime2":
        return (_moment(name, text),)
    if kind == "tinyint":
        return (b"TRUE" if int(text) else b"FALSE",)
    if kind == "uniqueidentifier":
        return (UUID(text).bytes_le,)
    if kind in ("int", "bigint"):
        return (str(int(text)).encode("ascii"),)
    return (text.encode("utf-8"),)


def dns(text: str) -> tuple[str, ...]:
    """The DNs of a list; AmbiguousError when one of the pieces is not a whole DN."""
    pieces = tuple(_NEXT_DN.split(text))
    if not all(_WHOLE_DN.fullmatch(one) for one in pieces):
        raise AmbiguousError
    return pieces


def _sid(text: str) -> bytes:
    """A SID as bytes (MS-DTYP 2.4.2), from `S-1-…` or from hexadecimal."""
    if not text.startswith("S-"):
        return bytes.fromhex(text)
    revision, authority, *subs = (int(part) for part in text.split("-")[1:])
    try:
        head = bytes([revision, len(subs)]) + authority.to_bytes(6, "big")
        return head + struct.pack(f"<{len(subs)}I", *subs)
    except (struct.error, OverflowError) as cause:
        raise ValueError(text) from cause


def _moment(name: str, text: str) -> bytes:
    if text == _NEVER and name in _FILETIMES:
        return str(_NEVER_TICKS).encode("ascii")
    moment = datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    if moment < _FILETIME_EPOCH:
        raise ValueError(text)
    if name in _FILETIMES:
        since = moment - _FILETIME_EPOCH
        return str((since.days * 86_400 + since.seconds) * 10_000_000).encode("ascii")
    return moment.strftime("%Y%m%d%H%M%S.0Z").encode("ascii")
