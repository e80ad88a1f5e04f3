"""What both seeds share: a domain brought to ANSSI's expectations, and the ordinary auditor."""

import struct

from care_kit.demo.samba.seed import pki
from care_kit.demo.samba.seed.store import Store, duration, filetime
from care_kit.demo.samba.seeds import AUDITOR, HOST, HOST_NAME, REALM

# Anonymous access off, additions and ownership checked, markers at positions 10, 20 and 30.
_DS_HEURISTICS = "0000000001000000000200000001130"
_LEVEL_2016 = "7"
_AES_ONLY = "24"


def fill(store: Store, password: str) -> None:
    """Correct what a bare Samba domain lacks, then create the auditor."""
    _forest(store)
    _domain(store)
    _domain_controller(store)
    _administrator(store)
    _dns(store)
    pki.fill(store)
    users = f"CN=Users,{store.domain}"
    store.add(
        f"CN={AUDITOR},{users}",
        {
            "objectClass": "user",
            "sAMAccountName": AUDITOR,
            "userPrincipalName": f"{AUDITOR}@{REALM}",
            "userAccountControl": "512",
            "lastLogonTimestamp": filetime(1),
        },
    )
    store.set_password(AUDITOR, password)


def _forest(store: Store) -> None:
    store.replace(f"CN=Partitions,{store.configuration}", {"msDS-Behavior-Version": _LEVEL_2016})
    store.replace(
        f"CN=Directory Service,CN=Windows NT,CN=Services,{store.configuration}",
        {"dSHeuristics": _DS_HEURISTICS},
    )


def _dns(store: Store) -> None:
    """Samba hides the DNS container from ordinary accounts and leaves a zone without settings."""
    store.permit(f"CN=MicrosoftDNS,CN=System,{store.domain}", "(A;;RPLCLORC;;;AU)")
    set_updates(store, f"DC=_msdcs.{REALM},CN=MicrosoftDNS,DC=ForestDnsZones,{store.domain}", 2)


def set_updates(store: Store, zone: str, allowed: int) -> None:
    """Set who may update a zone: 0 nobody, 1 anyone, 2 authenticated machines (MS-DNSP 2.3.2.1)."""
    kind = struct.pack("<IIIIII", 4, 0, 0, 1, 1, 1) + bytes(4)
    updates = struct.pack("<IIIIIB", 1, 0, 0, 1, 2, allowed) + bytes(4)
    store.replace(zone, {"dNSProperty": [kind, updates]})


def _domain(store: Store) -> None:
    store.replace(
        store.domain,
        {
            "msDS-Behavior-Version": _LEVEL_2016,
            "ms-DS-MachineAccountQuota": "0",
            "minPwdLength": "14",
            "maxPwdAge": duration(365),
            "msDS-ExpirePasswordsOnSmartCardOnlyAccounts": "TRUE",
        },
    )


def _administrator(store: Store) -> None:
    """The built-in administrator: in Protected Users, and alone in an enforced silo."""
    users = f"CN=Users,{store.domain}"
    administrator = f"CN=Administrator,{users}"
    store.join_group(f"CN=Protected Users,{users}", administrator)
    policies = f"CN=AuthN Policy Configuration,CN=Services,{store.configuration}"
    store.add_missing(policies, {"objectClass": "container"})
    silos = f"CN=AuthN Silos,{policies}"
    store.add_missing(silos, {"objectClass": "msDS-AuthNPolicySilos"})
    silo = f"CN=Administration,{silos}"
    store.add(
        silo,
        {
            "objectClass": "msDS-AuthNPolicySilo",
            "msDS-AuthNPolicySiloEnforced": "TRUE",
            "msDS-AuthNPolicySiloMembers": administrator,
        },
    )
    store.replace(
        administrator,
        {"lastLogonTimestamp": filetime(60), "msDS-AssignedAuthNPolicySilo": silo},
    )


def _domain_controller(store: Store) -> None:
    settings = f"CN=NTDS Settings,CN={HOST.upper()},CN=Servers,CN=Default-First-Site-Name,CN=Sites"
    store.replace(f"{settings},{store.configuration}", {"msDS-Behavior-Version": _LEVEL_2016})
    computer = f"CN={HOST.upper()},OU=Domain Controllers,{store.domain}"
    store.replace(
        computer,
        {
            "operatingSystem": "Windows Server 2022 Standard",
            "operatingSystemVersion": "10.0 (20348)",
            "lastLogonTimestamp": filetime(2),
            "msDS-SupportedEncryptionTypes": _AES_ONLY,
        },
    )
    # Kerberos finds the LDAP service by these names; Samba's own updater is switched off.
    store.append(computer, {"servicePrincipalName": [f"ldap/{HOST_NAME}", f"ldap/{HOST.upper()}"]})
