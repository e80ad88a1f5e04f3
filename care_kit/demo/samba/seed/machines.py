"""The machines of the demonstration hospital, as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from care_kit.demo.samba.seed.laps import rolled
from care_kit.demo.samba.seed.store import Value

_WORKSTATION, _CONTROLLER = 0x1000, 0x82000
_READ_ONLY_CONTROLLER = 0x5001000
_UNCONSTRAINED = 0x80000
_SERVER_2022 = ("Windows Server 2022 Standard", "10.0 (20348)")


@dataclass(frozen=True)
class Machine:
    """One computer account: ages in days, system and version, where it lives."""

    name: str
    unit: str
    system: tuple[str, str] = _SERVER_2022
    flags: int = _WORKSTATION
    password_days: float = 15.0
    logon_days: float = 4.0
    extra: Mapping[str, Value] = field(default_factory=dict)


def machines() -> tuple[Machine, ...]:
    """Eight workstations, two of them without LAPS, then one flaw or more per machine."""
    windows_11 = ("Windows 11 Professionnel", "10.0 (22631)")
    posts = tuple(
        Machine(f"PC-{rank:03d}", "Postes", windows_11, extra={} if rank < 3 else rolled())
        for rank in range(1, 9)
    )
    return (
        *posts,
        Machine("SRV-DPI", "Serveurs", password_days=60, extra=rolled()),
        Machine("SRV-GED", "Serveurs", password_days=200, logon_days=150),
        Machine("SRV-IMPRIM", "Serveurs", flags=_WORKSTATION | _UNCONSTRAINED, extra=rolled()),
        Machine(
            "CLU-SQL",
            "Serveurs",
            system=("", ""),
            password_days=1200,
            extra={"servicePrincipalName": ["MSClusterVirtualServer/clu-sql.chu-exemple.lan"]},
        ),
        Machine(
            "DC2",
            "Domain Controllers",
            system=("Windows Server 2012 R2 Standard", "6.3 (9600)"),
            flags=_CONTROLLER,
            password_days=100,
            logon_days=120,
            extra={"msDS-SupportedEncryptionTypes": "31"},
        ),
        Machine(
            "RODC1",
            "Domain Controllers",
            flags=_READ_ONLY_CONTROLLER,
            extra={"msDS-SupportedEncryptionTypes": "24"},
        ),
    )
