"""Writes objects straight into the database of a domain that is not running."""

import struct
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Value = str | bytes | Sequence[str] | Sequence[bytes]

# Lets the password hash, the dates of password and of logon, and the creation date be written.
_BACKDATING = ["local_oid:1.3.6.1.4.1.7165.4.3.12:0", "relax:0"]
_FILETIME_EPOCH = 11_644_473_600
NEVER = "-9223372036854775808"


def filetime(days: float) -> str:
    """The moment `days` ago as a FILETIME (100 ns since 1601)."""
    return str(int((time.time() - days * 86_400 + _FILETIME_EPOCH) * 10**7))


def generalized(days: float) -> str:
    """The moment `days` ago as a GeneralizedTime."""
    return time.strftime("%Y%m%d%H%M%S.0Z", time.gmtime(time.time() - days * 86_400))


def duration(days: float) -> str:
    """A password age as the directory stores it: negative 100 ns."""
    return str(-int(days * 86_400 * 10**7))


def binary_sid(text: str) -> bytes:
    """Text SID to bytes (MS-DTYP 2.4.2)."""
    _, revision, authority, *subs = text.split("-")
    head = bytes([int(revision), len(subs)]) + int(authority).to_bytes(6, "big")
    return head + struct.pack(f"<{len(subs)}I", *map(int, subs))


class Store:
    """The domain database of `folder`, opened with every right; the schema may be extended."""

    def __init__(self, folder: Path) -> None:
        from samba.auth import system_session
        from samba.param import LoadParm
        from samba.samdb import SamDB

        settings = LoadParm()
        settings.load(str(folder / "etc" / "smb.conf"))
        settings.set("dsdb:schema update allowed", "yes")
        self._db: Any = SamDB(
            url=str(folder / "private" / "sam.ldb"),
            lp=settings,
            session_info=system_session(settings),
        )
        self.domain = str(self._db.domain_dn())
        self.configuration = str(self._db.get_config_basedn())

    def __enter__(self) -> "Store":
        self._db.transaction_start()
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._db.transaction_commit()
        else:
            self._db.transaction_cancel()

    def add(self, dn: str, attributes: Mapping[str, Value]) -> None:
        """Create an object, dates included."""
        self._db.add({"dn": dn, **attributes}, controls=_BACKDATING)

    def add_foreign_principal(self, sid: str) -> str:
        """Create the object that stands for a SID known outside the domain; its DN."""
        dn = f"CN={sid},CN=ForeignSecurityPrincipals,{self.domain}"
        attributes = {
            "dn": dn,
            "objectClass": "foreignSecurityPrincipal",
            "objectSid": binary_sid(sid),
        }
        self._db.add(attributes, controls=["provision:0", "relax:0"])
        return dn

    def add_trust_account(self, dn: str, attributes: Mapping[str, Value]) -> None:
        """Create the account that the other side of a trust authenticates with."""
        from samba.dsdb import DSDB_CONTROL_PERMIT_INTERDOMAIN_TRUST_UAC_OID as ALLOWED

        controls = [*_BACKDATING, f"local_oid:{ALLOWED}:0"]
        self._db.add({"dn": dn, **attributes}, controls=controls)

    def add_ticket_account(self, dn: str) -> None:
        """Create the krbtgt account of a read-only controller; Samba draws its name and secret."""
        attributes = {"dn": dn, "objectClass": "user", "userAccountControl": "514"}
        self._db.add(attributes, controls=["rodc_join:1:1", "relax:0"])

    def add_group(self, dn: str, members: Sequence[str] = ()) -> None:
        """Create a global group named as its DN says."""
        name = dn.partition(",")[0].partition("=")[2]
        known: dict[str, Value] = {"objectClass": "group", "sAMAccountName": name}
        self.add(dn, known | ({"member": members} if members else {}))

    def declare_read_only_controller(self, name: str, computer: str) -> None:
        """Create the objects of the first site by which a read-only controller is known."""
        site = "CN=Servers,CN=Default-First-Site-Name,CN=Sites"
        server = f"CN={name},{site},{self.configuration}"
        self.add(server, {"objectClass": "server", "serverReference": computer})
        settings = {"objectClass": "nTDSDSARO", "msDS-Behavior-Version": "7"}
        self.add(f"CN=NTDS Settings,{server}", settings)

    def replace(self, dn: str, attributes: Mapping[str, Value]) -> None:
        """Replace attributes, dates included."""
        self._modify(dn, attributes, "replace")

    def append(self, dn: str, attributes: Mapping[str, Value]) -> None:
        """Add values to attributes."""
        self._modify(dn, attributes, "add")

    def remove(self, dn: str, attributes: Mapping[str, Value]) -> None:
        """Take values away from attributes."""
        self._modify(dn, attributes, "delete")

    def add_missing(self, dn: str, attributes: Mapping[str, Value]) -> None:
        """Create an object unless Samba's provisioning already did."""
        if not self._db.search(dn.partition(",")[2], scope=1, expression=f"({dn.split(',')[0]})"):
            self.add(dn, attributes)

    def rid(self, dn: str) -> str:
        """Last number of the object's SID."""
        raw = bytes(self._db.search(dn, scope=0, attrs=["objectSid"])[0]["objectSid"][0])
        return str(struct.unpack("<I", raw[-4:])[0])

    def sid(self, dn: str) -> str:
        """The object's SID as text."""
        from samba.dcerpc import security
        from samba.ndr import ndr_unpack

        raw = self._db.search(dn, scope=0, attrs=["objectSid"])[0]["objectSid"][0]
        return str(ndr_unpack(security.dom_sid, raw))

    def permit(self, dn: str, *entries: str) -> None:
        """Put entries (SDDL, such as `(A;;WD;;;AU)`) before the permissions of an object."""
        from samba.sd_utils import SDUtils

        SDUtils(self._db).dacl_prepend_aces(dn, "".join(entries))

    def give(self, dn: str, sid: str) -> None:
        """Make `sid` the owner of an object."""
        from samba.sd_utils import SDUtils

        SDUtils(self._db).modify_sd_on_dn(dn, f"O:{sid}", controls=["sd_flags:1:1"])

    def packed(self, sddl: str) -> bytes:
        """A whole security descriptor written in SDDL, as bytes."""
        from samba.dcerpc import security
        from samba.ndr import ndr_pack

        owner = security.dom_sid(self._db.get_domain_sid())
        raw: bytes = ndr_pack(security.descriptor.from_sddl(sddl, owner))
        return raw

    def descriptor(self, sid: str) -> bytes:
        """A security descriptor that grants everything to `sid`."""
        return self.packed(f"O:BAD:(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;{sid})")

    def set_password(self, login: str, password: str) -> None:
        """Give an account a password it can log in with."""
        self._db.setpassword(f"(sAMAccountName={login})", password)

    def join_group(self, group: str, member: str) -> None:
        """Add a member (DN, or `<SID=...>` for a foreign principal) to a group (DN)."""
        self.append(group, {"member": member})

    def _modify(self, dn: str, attributes: Mapping[str, Value], how: str) -> None:
        import ldb

        flag = {
            "replace": ldb.FLAG_MOD_REPLACE,
            "add": ldb.FLAG_MOD_ADD,
            "delete": ldb.FLAG_MOD_DELETE,
        }[how]
        message = ldb.Message(ldb.Dn(self._db, dn))
        for name, value in attributes.items():
            message[name] = ldb.MessageElement(value, flag, name)
        self._db.modify(message, controls=_BACKDATING)
