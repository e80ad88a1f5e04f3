"""Writes the units, accounts and machines of a hospital from their plain description."""

from collections.abc import Iterable

from care_kit.demo.samba.seed.machines import Machine
from care_kit.demo.samba.seed.people import Account
from care_kit.demo.samba.seed.store import Store, filetime, generalized
from care_kit.demo.samba.seeds import REALM

CONTROLLERS = "Domain Controllers"
_MACHINE_DAYS = 900.0


def add_units(store: Store, names: Iterable[str]) -> str:
    """Create the hospital's unit and those it contains; its DN."""
    hospital = f"OU=Hôpital,{store.domain}"
    store.add(hospital, {"objectClass": "organizationalUnit"})
    for name in names:
        store.add(f"OU={name},{hospital}", {"objectClass": "organizationalUnit"})
    return hospital


def account_dn(store: Store, account: Account) -> str:
    """DN of a user of the hospital."""
    return f"CN={account.name},OU={account.unit},OU=Hôpital,{store.domain}"


def add_account(store: Store, account: Account) -> str:
    """Create a user with its dates; its DN."""
    dn = account_dn(store, account)
    store.add(
        dn,
        {
            "objectClass": "user",
            "sAMAccountName": account.login,
            "userPrincipalName": f"{account.login}@{REALM}",
            "userAccountControl": str(account.flags),
            "pwdLastSet": filetime(account.password_days),
            "lastLogonTimestamp": filetime(account.logon_days),
            **account.extra,
        },
    )
    store.replace(dn, {"whenCreated": generalized(account.created_days)})
    return dn


def machine_dn(store: Store, name: str, unit: str) -> str:
    """DN of a machine, in a unit of the hospital or among the controllers."""
    parent = "" if unit == CONTROLLERS else "OU=Hôpital,"
    return f"CN={name},OU={unit},{parent}{store.domain}"


def add_machine(store: Store, machine: Machine) -> str:
    """Create a machine account with its dates; its DN."""
    system, version = machine.system
    known = {"operatingSystem": system, "operatingSystemVersion": version} if system else {}
    dn = machine_dn(store, machine.name, machine.unit)
    store.add(
        dn,
        {
            "objectClass": "computer",
            "sAMAccountName": f"{machine.name}$",
            "dNSHostName": f"{machine.name.lower()}.{REALM}",
            "userAccountControl": str(machine.flags),
            "pwdLastSet": filetime(machine.password_days),
            "lastLogonTimestamp": filetime(machine.logon_days),
            **known,
            **machine.extra,
        },
    )
    store.replace(dn, {"whenCreated": generalized(_MACHINE_DAYS)})
    return dn
