"""Adds many accounts to a domain that is not running; runs under Debian's own Python.

`python3 bulk.py FOLDER USERS COMPUTERS GROUPS`: one transaction, no password (hashing one costs
as much as ten accounts).
"""

import random
import sys
import time
from pathlib import Path
from typing import Any

UNITS = 40
CONTROLS = ["local_oid:1.3.6.1.4.1.7165.4.3.12:0", "relax:0"]
OPTIONS = ["batch_mode:1", "transaction_index_cache_size:200000"]


def filetime(days: float) -> str:
    return str(int((time.time() - days * 86_400 + 11_644_473_600) * 10**7))


def fill(folder: Path, users: int, computers: int, groups: int) -> None:
    from samba.auth import system_session
    from samba.param import LoadParm
    from samba.samdb import SamDB

    settings = LoadParm()
    settings.load(str(folder / "etc" / "smb.conf"))
    url = str(folder / "private" / "sam.ldb")
    session = system_session(settings)
    db: Any = SamDB(url=url, lp=settings, session_info=session, options=OPTIONS)
    base = str(db.domain_dn())
    random.seed(1)
    db.transaction_start()
    units = [f"OU=Service {rank:02d},{base}" for rank in range(UNITS)]
    for unit in units:
        db.add({"dn": unit, "objectClass": "organizationalUnit"})
    names = [_user(db, rank, units[rank % UNITS]) for rank in range(users)]
    for rank in range(computers):
        _computer(db, rank, units[rank % UNITS])
    for rank in range(groups):
        _group(db, rank, units[rank % UNITS], random.sample(names, min(30, len(names))))
    db.transaction_commit()


def _user(db: Any, rank: int, unit: str) -> str:
    dn = f"CN=Agent {rank:06d},{unit}"
    attributes = {
        "dn": dn,
        "objectClass": "user",
        "sAMAccountName": f"a{rank:06d}",
        "userPrincipalName": f"a{rank:06d}@chu-exemple.lan",
        "displayName": f"Agent {rank:06d}",
        "userAccountControl": str(512 | (65536 if random.random() < 0.05 else 0)),
        "pwdLastSet": filetime(random.randint(0, 700)),
        "lastLogonTimestamp": filetime(random.randint(0, 60)),
    }
    db.add(attributes, controls=CONTROLS)
    return dn


def _computer(db: Any, rank: int, unit: str) -> None:
    attributes = {
        "dn": f"CN=PC{rank:06d},{unit}",
        "objectClass": "computer",
        "sAMAccountName": f"PC{rank:06d}$",
        "dNSHostName": f"pc{rank:06d}.chu-exemple.lan",
        "userAccountControl": "4096",
        "operatingSystem": "Windows 11 Professionnel",
        "operatingSystemVersion": "10.0 (22631)",
        "pwdLastSet": filetime(random.randint(0, 30)),
        "lastLogonTimestamp": filetime(random.randint(0, 30)),
    }
    db.add(attributes, controls=CONTROLS)


def _group(db: Any, rank: int, unit: str, members: list[str]) -> None:
    name = f"GG_{rank:05d}"
    known = {"objectClass": "group", "sAMAccountName": name, "member": members}
    db.add({"dn": f"CN={name},{unit}", **known})


if __name__ == "__main__":
    fill(Path(sys.argv[1]), *map(int, sys.argv[2:]))
