"""A hospital in good order: people, machines, trusts and a read-only controller, without a flaw.

Its names serve the tests that spoil one thing at a time.
"""

from dataclasses import replace

from care_kit.demo.samba.seed import keys
from care_kit.demo.samba.seed.laps import rolled
from care_kit.demo.samba.seed.machines import Machine
from care_kit.demo.samba.seed.objects import (
    CONTROLLERS,
    account_dn,
    add_account,
    add_machine,
    add_units,
    machine_dn,
)
from care_kit.demo.samba.seed.people import Account
from care_kit.demo.samba.seed.store import Store, filetime
from care_kit.demo.samba.seed.trusts import add_trusts
from care_kit.demo.samba.seeds import REALM

AGENTS = tuple(Account(f"s{rank:02d}", f"Agent {rank:02d}", "Agents") for rank in range(1, 25))
ADMINISTRATOR = Account("adm_martin", "Administrateur Martin", "Administration")
SERVICE = Account("svc_dossier", "Service dossier", "Services")
SERVER, CLUSTER, READ_ONLY = "SRV-FICHIERS", "CLU-BASES", "RODC1"
STAFF, SECRETARIES, MANAGED = "GG_Agents", "GG_Secretariat", "gmsa_sauvegarde"
TICKETS = "krbtgt_20480"
_TEAMS = ("Agents", "Administration", "Services", "Postes", "Serveurs")
_READ_ONLY_FLAGS = 0x5001000
_REFUSED = ("Administrators", "Account Operators", "Server Operators", "Backup Operators")
_RECENT = 3.0


def fill(store: Store) -> None:
    """Write the hospital over the healthy baseline."""
    hospital = add_units(store, _TEAMS)
    _people(store, hospital)
    _machines(store)
    _read_only_controller(store)
    # The neighbour is filtered, the partner's forest delegates nothing.
    add_trusts(store, neighbour=0x4, partner=0x8, secret_days=_RECENT)
    keys.add_backup_key(store, readers="")
    keys.add_root_key(store, readers="")


def _people(store: Store, hospital: str) -> None:
    agents = [add_account(store, one) for one in AGENTS]
    unit = f"OU=Agents,{hospital}"
    secretaries = f"CN={SECRETARIES},{unit}"
    store.add_group(secretaries, agents[:4])
    store.add_group(f"CN={STAFF},{unit}", [*agents[4:], secretaries])
    store.replace(
        add_account(store, SERVICE),
        {
            "servicePrincipalName": [f"HTTP/dossier.{REALM}"],
            "msDS-AllowedToDelegateTo": [f"cifs/{SERVER.lower()}.{REALM}"],
            "msDS-SupportedEncryptionTypes": "24",
        },
    )
    store.add(
        f"CN={MANAGED},CN=Managed Service Accounts,{store.domain}",
        {
            "objectClass": "msDS-GroupManagedServiceAccount",
            "sAMAccountName": f"{MANAGED}$",
            "dNSHostName": f"{MANAGED}.{REALM}",
            "userAccountControl": "4096",
            "msDS-ManagedPasswordInterval": "30",
            "pwdLastSet": filetime(_RECENT),
            "lastLogonTimestamp": filetime(_RECENT),
        },
    )
    protect(store, add_account(store, ADMINISTRATOR))


def protect(store: Store, account: str) -> None:
    """Make an account a domain administrator with every protection that one must have."""
    users = f"CN=Users,{store.domain}"
    silos = f"CN=AuthN Silos,CN=AuthN Policy Configuration,CN=Services,{store.configuration}"
    silo = f"CN=Administration,{silos}"
    store.join_group(f"CN=Domain Admins,{users}", account)
    store.join_group(f"CN=Protected Users,{users}", account)
    store.append(silo, {"msDS-AuthNPolicySiloMembers": account})
    store.replace(account, {"adminCount": "1", "msDS-AssignedAuthNPolicySilo": silo})


def _machines(store: Store) -> None:
    windows_11 = ("Windows 11 Professionnel", "10.0 (22631)")
    found = [
        Machine(f"PC-{rank}", "Postes", windows_11, extra=rolled()) for rank in range(101, 105)
    ]
    found.append(Machine(SERVER, "Serveurs", extra=rolled()))
    cluster = {"servicePrincipalName": [f"MSClusterVirtualServer/{CLUSTER.lower()}.{REALM}"]}
    found.append(Machine(CLUSTER, "Serveurs", ("", ""), extra=cluster))
    for one in found:
        add_machine(store, replace(one, password_days=_RECENT, logon_days=_RECENT))


def _read_only_controller(store: Store) -> None:
    """A read-only controller as Windows installs one: declared, and keeping its own secret only."""
    machine = Machine(
        READ_ONLY,
        CONTROLLERS,
        flags=_READ_ONLY_FLAGS,
        password_days=_RECENT,
        logon_days=_RECENT,
        extra={"msDS-SupportedEncryptionTypes": "24"},
    )
    own = add_machine(store, machine)
    users = f"CN=Users,{store.domain}"
    tickets = f"CN={TICKETS},{users}"
    store.add_ticket_account(tickets)
    store.replace(tickets, {"sAMAccountName": TICKETS})
    refused = [f"CN={name},CN=Builtin,{store.domain}" for name in _REFUSED]
    denied = f"CN=Denied RODC Password Replication Group,{users}"
    store.replace(
        own,
        {
            "msDS-NeverRevealGroup": [*refused, denied],
            "msDS-RevealOnDemandGroup": [f"CN=Allowed RODC Password Replication Group,{users}"],
            "msDS-RevealedUsers": [f"B:8:00000001:{own}"],
            "msDS-KrbTgtLink": tickets,
        },
    )
    store.declare_read_only_controller(READ_ONLY, own)


def read_only_controller(store: Store) -> str:
    """DN of the read-only controller."""
    return machine_dn(store, READ_ONLY, CONTROLLERS)


def person(store: Store, account: Account) -> str:
    """DN of one of the hospital's accounts."""
    return account_dn(store, account)
