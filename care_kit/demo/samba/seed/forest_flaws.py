"""The hospital's flaws that are settings of the domain, of the forest, or of its trusts."""

import base64

from care_kit.demo.samba.seed.store import NEVER, Store
from care_kit.demo.samba.seed.trusts import add_trusts

# A self-signed RSA 1024 authority made for this lab; its key was never kept.
WEAK_AUTHORITY = base64.b64decode(
    "MIIBoDCCAQmgAwIBAgIBCTANBgkqhkiG9w0BAQsFADAWMRQwEgYDVQQDDAtDSFUtQUMtMjAwOTAeFw0wOTAxMDEw"
    "MDAwMDBaFw0zNDAxMDEwMDAwMDBaMBYxFDASBgNVBAMMC0NIVS1BQy0yMDA5MIGfMA0GCSqGSIb3DQEBAQUAA4GN"
    "ADCBiQKBgQDTGXBwZ9BDdA1fSPlpHk4v2M8LG97QmgJSmWJNIdQWQgx8qIaI+JU9FynFhrXS7QPgjkfAOXcCY8D+"
    "D73TXfMNd1h0Rxlx2pHk4M5bZCF+3YSx7m/eP6bP3v59gT5+gNeEBLrHqVinyewJb+PQAdeG5thCRpvoViyd3hLu"
    "LsZPUQIDAQABMA0GCSqGSIb3DQEBCwUAA4GBAEJ8b5YofKRwIpBn24beQPmEb7kwT51Beu7GXRT/wC6K+v7y1+uc"
    "7eg3mSPy8O9KHA4qImtkWe0Z44T7DrqphJn0HPDSNDyzZBLek6J0w8CCgQSIdeYh8zoAh2TJ+ekhVNEbgQXpDUQX"
    "XCUGXd0xvLdlJT5ryNo+uYdd88J2kRoh"
)
OPEN_CLASS, SHARED_CLASS = "CN=Group-Policy-Container", "CN=Print-Queue"


def fill(store: Store) -> None:
    """Undo the healthy settings."""
    _domain(store)
    _forest(store)
    _schema(store)
    # The neighbour is not filtered, the partner's forest may do everything.
    add_trusts(store, neighbour=0, partner=0x8 | 0x40 | 0x800, secret_days=800)
    _old_readers(store)


def _old_readers(store: Store) -> None:
    """Anonymous and Everyone among the readers kept from before Windows 2000."""
    group = f"CN=Pre-Windows 2000 Compatible Access,CN=Builtin,{store.domain}"
    for sid in ("S-1-5-7", "S-1-1-0"):
        # Windows makes this object by itself; Samba would link its own well-known principal.
        store.join_group(group, store.add_foreign_principal(sid))


def _domain(store: Store) -> None:
    store.replace(
        store.domain,
        {
            "ms-DS-MachineAccountQuota": "10",
            "minPwdLength": "4",
            "maxPwdAge": NEVER,
            "pwdProperties": str(1 | 16),
            "msDS-ExpirePasswordsOnSmartCardOnlyAccounts": "FALSE",
        },
    )
    system = f"CN=System,{store.domain}"
    updates = f"CN=ActiveDirectoryUpdate,CN=DomainUpdates,{system}"
    store.replace(updates, {"revision": "15"})
    store.replace(f"CN=DFSR-GlobalSettings,{system}", {"msDFSR-Flags": "0"})
    old = f"CN=File Replication Service,{system}"
    store.add_missing(old, {"objectClass": "nTFRSSettings"})
    volume = f"CN=Domain System Volume (SYSVOL share),{old}"
    store.add_missing(volume, {"objectClass": "nTFRSReplicaSet", "frsReplicaSetType": "2"})
    store.add(f"CN=DC2,{volume}", {"objectClass": "nTFRSMember"})


def _schema(store: Store) -> None:
    """What machines may hold, and what everybody may write from birth."""
    schema = f"CN=Schema,{store.configuration}"
    store.replace(f"{OPEN_CLASS},{schema}", {"possSuperiors": "computer"})
    permissions = "D:(A;;RPWPCRCCDCLCLORCWOWDSDDTSW;;;DA)(A;;RPWPLCLORC;;;AU)"
    store.replace(f"{SHARED_CLASS},{schema}", {"defaultSecurityDescriptor": permissions})


def _forest(store: Store) -> None:
    configuration = store.configuration
    store.replace(f"CN=Partitions,{configuration}", {"msDS-Behavior-Version": "3"})
    service = f"CN=Directory Service,CN=Windows NT,CN=Services,{configuration}"
    store.replace(service, {"dSHeuristics": "0000002"})
    menu = f"CN=user-Display,CN=40C,CN=DisplaySpecifiers,{configuration}"
    command = r"7,&Prise en main,\\srv-ged\outils\prise.vbs"
    store.append(menu, {"adminContextMenu": command})
    services = f"CN=Public Key Services,CN=Services,{configuration}"
    store.add(
        f"CN=CHU-AC-2009,CN=Certification Authorities,{services}",
        {
            "objectClass": "certificationAuthority",
            "cACertificate": WEAK_AUTHORITY,
            "authorityRevocationList": b"\x00",
            "certificateRevocationList": b"\x00",
        },
    )
