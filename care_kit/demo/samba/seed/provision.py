"""Creates an empty domain in a folder, with the Windows 2016 schema."""

import sys
from pathlib import Path

from care_kit.demo.samba.seeds import ADDRESS, DOMAIN_SID, HOST, NETBIOS, REALM

_SCHEMA_2016 = (
    "AD_DS_Attributes__Windows_Server_2016.ldf",
    "AD_DS_Classes__Windows_Server_2016.ldf",
    87,
)


def provision(folder: Path) -> None:
    """Run `samba-tool domain provision` in this process; every password is drawn by Samba."""
    from samba.netcmd.main import cmd_sambatool
    from samba.schema import Schema

    # Samba 4.17 ships the 2016 schema but only offers 2012 R2 by name.
    Schema.base_schemas["2012_R2"] = _SCHEMA_2016
    for name in ("run/pid", "run/ncalrpc", "log"):
        (folder / name).mkdir(parents=True)
    base = folder / "base.conf"
    base.write_text("[global]\n", encoding="utf-8")
    command = cmd_sambatool()
    failed = command._run(
        "samba-tool",
        "domain",
        "provision",
        f"--configfile={base}",
        "--quiet",
        f"--targetdir={folder}",
        f"--realm={REALM.upper()}",
        f"--domain={NETBIOS}",
        "--server-role=dc",
        f"--host-name={HOST}",
        f"--host-ip={ADDRESS}",
        "--dns-backend=SAMBA_INTERNAL",
        "--base-schema=2012_R2",
        "--function-level=2008_R2",
        f"--domain-sid={DOMAIN_SID}",
        f"--option=interfaces={ADDRESS}/8",
        "--option=bind interfaces only=yes",
    )
    if failed:
        sys.exit("provision failed")
