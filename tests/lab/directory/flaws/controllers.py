"""Flaws of domain controllers, read-only ones included."""

from care_kit.demo.samba.seed import sain
from care_kit.demo.samba.seed.store import Store, filetime
from care_kit.demo.samba.seeds import CONFIGURATION_DN, DOMAIN_DN
from tests.lab.directory.flaws.flaw import (
    ADMINISTRATOR,
    AGENT,
    AGENT_LOGIN,
    READ_ONLY,
    READ_ONLY_NAME,
    SYSTEM,
    USERS,
    Flaw,
    replaced,
)

_ONE = (READ_ONLY_NAME,)
_ALLOWED = f"CN=Allowed RODC Password Replication Group,{USERS}"
_DENIED = "Denied RODC Password Replication Group"
_DECLARED = f"CN={sain.READ_ONLY},CN=Servers,CN=Default-First-Site-Name,CN=Sites"


def _encryption(level: int, types: int) -> Flaw:
    accepted = replaced(READ_ONLY, msDS_SupportedEncryptionTypes=str(types))
    return Flaw("vuln_dc_crypto", level, _ONE, accepted)


def _keeps_a_privileged_secret(store: Store) -> None:
    store.append(READ_ONLY, {"msDS-RevealedUsers": [f"B:8:00000002:{ADMINISTRATOR}"]})


def _file_replication(store: Store) -> None:
    store.replace(f"CN=DFSR-GlobalSettings,{SYSTEM}", {"msDFSR-Flags": "0"})
    service = f"CN=File Replication Service,{SYSTEM}"
    store.add_missing(service, {"objectClass": "nTFRSSettings"})
    volume = f"CN=Domain System Volume (SYSVOL share),{service}"
    store.add_missing(volume, {"objectClass": "nTFRSReplicaSet", "frsReplicaSetType": "2"})
    store.add(f"CN=DC1,{volume}", {"objectClass": "nTFRSMember"})


FLAWS = (
    Flaw(
        "vuln_dc_obsolete",
        1,
        _ONE,
        replaced(
            READ_ONLY,
            operatingSystem="Windows Server 2012 R2 Standard",
            operatingSystemVersion="6.3 (9600)",
        ),
    ),
    Flaw(
        "vuln_dc_inconsistent_uac",
        1,
        _ONE,
        replaced(f"{_DECLARED},{CONFIGURATION_DN}", serverReference=""),
    ),
    Flaw(
        "vuln_password_change_dc_no_change",
        1,
        _ONE,
        lambda store: store.replace(READ_ONLY, {"pwdLastSet": filetime(100)}),
    ),
    Flaw(
        "vuln_password_change_inactive_dc",
        1,
        _ONE,
        lambda store: store.replace(READ_ONLY, {"lastLogonTimestamp": filetime(120)}),
    ),
    _encryption(2, 0x1F),
    _encryption(3, 0x4),
    _encryption(4, 0x1C),
    Flaw("vuln_rodc_priv_revealed", 2, _ONE, _keeps_a_privileged_secret),
    Flaw(
        "vuln_rodc_never_reveal",
        3,
        _ONE,
        lambda store: store.remove(
            READ_ONLY,
            {"msDS-NeverRevealGroup": f"CN=Backup Operators,CN=Builtin,{store.domain}"},
        ),
    ),
    Flaw(
        "vuln_rodc_reveal",
        3,
        _ONE,
        lambda store: store.append(
            READ_ONLY, {"msDS-RevealOnDemandGroup": f"CN=Domain Users,{USERS}"}
        ),
    ),
    Flaw(
        "vuln_rodc_allowed_group",
        3,
        (AGENT_LOGIN,),
        lambda store: store.join_group(_ALLOWED, AGENT),
    ),
    Flaw(
        "vuln_rodc_denied_group",
        3,
        (_DENIED,),
        lambda store: store.remove(
            f"CN={_DENIED},{USERS}", {"member": f"CN=Domain Admins,{USERS}"}
        ),
    ),
    Flaw(
        "vuln_rodc_orphan_krbtgt",
        3,
        (sain.TICKETS,),
        replaced(READ_ONLY, msDS_KrbTgtLink=""),
    ),
    Flaw(
        "vuln_sysvol_ntfrs",
        2,
        (
            "CN=DC1,CN=Domain System Volume (SYSVOL share),CN=File Replication Service,"
            f"CN=System,{DOMAIN_DN}",
        ),
        _file_replication,
    ),
)
