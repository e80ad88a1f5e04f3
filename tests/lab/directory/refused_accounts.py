"""Writes accounts that must be refused into a domain that is not running.

`refused_accounts FOLDER`, the password on standard input; runs under Debian's own Python.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from care_kit.demo.samba.seed.store import Store, Value, filetime
from care_kit.demo.samba.seeds import REALM

_NORMAL, _DISABLED = "512", "514"
# One reason to be refused each; the healthy policy makes passwords expire after a year.
REFUSED: Mapping[str, Mapping[str, Value]] = {
    "expire": {"pwdLastSet": filetime(400)},
    "verrouille": {"lockoutTime": filetime(0)},
    "desactive": {"userAccountControl": _DISABLED},
    "perime": {"accountExpires": filetime(5)},
    "initial": {"pwdLastSet": "0"},
}


def main() -> None:
    password = json.load(sys.stdin)["password"]
    with Store(Path(sys.argv[1])) as store:
        store.replace(store.domain, {"lockoutThreshold": "5", "lockoutDuration": "-36000000000"})
        for login, state in REFUSED.items():
            _add(store, login, password, state)


def _add(store: Store, login: str, password: str, state: Mapping[str, Value]) -> None:
    dn = f"CN={login},CN=Users,{store.domain}"
    store.add(
        dn,
        {
            "objectClass": "user",
            "sAMAccountName": login,
            "userPrincipalName": f"{login}@{REALM}",
            "userAccountControl": _NORMAL,
        },
    )
    store.set_password(login, password)
    store.replace(dn, state)


if __name__ == "__main__":
    main()
