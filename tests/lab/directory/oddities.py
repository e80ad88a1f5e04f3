"""Writes strange but possible objects into a domain that is not running.

`oddities FOLDER`; runs under Debian's own Python.
"""

import sys
from pathlib import Path

from care_kit.demo.samba.seed.store import Store

# A menu that runs a file outside SYSVOL, whose name takes a megabyte.
COMMAND = "7,&Prise en main," + r"\\srv-ged\outils" + "\\é" * 350_000 + ".vbs"
# Right-to-left override, isolate, Arabic and Hebrew letters, a combining accent, an emoji.
BACKWARDS = "\u202egpj.etcap\u2066 سارة עדה e\u0301 🏥"
BACKWARDS_LOGIN = "\u202enimda سارة"


def main() -> None:
    with Store(Path(sys.argv[1])) as store:
        store.add(
            f"CN={BACKWARDS},CN=Users,{store.domain}",
            {
                "objectClass": "user",
                "sAMAccountName": BACKWARDS_LOGIN,
                "userAccountControl": str(0x200 | 0x20),
            },
        )
        menu = f"CN=user-Display,CN=40C,CN=DisplaySpecifiers,{store.configuration}"
        store.append(menu, {"adminContextMenu": COMMAND})


if __name__ == "__main__":
    main()
