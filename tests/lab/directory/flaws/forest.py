"""Flaws that are settings of the domain, of the forest, or of its DNS."""

from care_kit.demo.samba.seed import baseline, sain
from care_kit.demo.samba.seed.store import Store
from care_kit.demo.samba.seeds import CONFIGURATION_DN, DOMAIN_DN, REALM
from tests.lab.directory.flaws.flaw import HOSPITAL, SYSTEM, Flaw, replaced

_PARTITIONS = f"CN=Partitions,{CONFIGURATION_DN}"
_SERVICE = f"CN=Directory Service,CN=Windows NT,CN=Services,{CONFIGURATION_DN}"
_UPDATE = f"CN=ActiveDirectoryUpdate,CN=DomainUpdates,{SYSTEM}"
_MENU = f"CN=user-Display,CN=40C,CN=DisplaySpecifiers,{CONFIGURATION_DN}"
_ZONES = f"CN=MicrosoftDNS,DC=DomainDnsZones,{DOMAIN_DN}"
_MAIN_ZONE, _OTHER_ZONE = f"DC={REALM},{_ZONES}", f"DC=imagerie.{REALM},{_ZONES}"
_OLD_READERS = f"CN=Pre-Windows 2000 Compatible Access,CN=Builtin,{DOMAIN_DN}"
_ANONYMOUS, _EVERYONE = (
    f"CN={sid},CN=ForeignSecurityPrincipals,{DOMAIN_DN}" for sid in ("S-1-5-7", "S-1-1-0")
)


def _level(level: int, version: int) -> Flaw:
    written = replaced(_PARTITIONS, msDS_Behavior_Version=str(version))
    return Flaw("vuln_functional_level", level, (_PARTITIONS,), written)


def _heuristics(level: int, value: str) -> Flaw:
    return Flaw("vuln_dsheuristics_bad", level, (_SERVICE,), replaced(_SERVICE, dSHeuristics=value))


def _domain(check: str, level: int, **attributes: str) -> Flaw:
    return Flaw(check, level, (DOMAIN_DN,), replaced(DOMAIN_DN, **attributes))


def _open_zone(store: Store) -> None:
    store.add(_OTHER_ZONE, {"objectClass": "dnsZone"})
    baseline.set_updates(store, _OTHER_ZONE, 1)


def _loop(store: Store) -> None:
    staff, secretaries = (
        f"CN={name},OU=Agents,{HOSPITAL}" for name in (sain.STAFF, sain.SECRETARIES)
    )
    store.join_group(secretaries, staff)


FLAWS = (
    _level(1, 3),
    _level(3, 5),
    _level(4, 6),
    # Anonymous name service, anonymous searches, then what level 5 expects at positions 28, 29.
    _heuristics(1, "0000000101000000000200000001130"),
    _heuristics(2, "0000002001000000000200000001130"),
    _heuristics(4, "0000000001"),
    Flaw("vuln_adupdate_bad", 2, (_UPDATE,), replaced(_UPDATE, revision="15")),
    _domain("vuln_user_accounts_machineaccountquota", 4, ms_DS_MachineAccountQuota="10"),
    _domain(
        "vuln_smartcard_expire_passwords", 4, msDS_ExpirePasswordsOnSmartCardOnlyAccounts="FALSE"
    ),
    _domain("vuln_reversible_password_priv_namingcontext", 3, pwdProperties=str(1 | 16)),
    Flaw(
        "vuln_compatible_2000_anonymous",
        2,
        (_ANONYMOUS,),
        lambda store: store.join_group(_OLD_READERS, store.add_foreign_principal("S-1-5-7")),
        {"vuln_compatible_2000_not_default": (3, (_ANONYMOUS,))},
        "Anonymous is not the default member either",
    ),
    Flaw(
        "vuln_compatible_2000_not_default",
        3,
        (_EVERYONE,),
        lambda store: store.join_group(_OLD_READERS, store.add_foreign_principal("S-1-1-0")),
    ),
    Flaw("vuln_group_loop", 4, (sain.STAFF, sain.SECRETARIES), _loop),
    Flaw(
        "vuln_display_specifier",
        1,
        (_MENU,),
        lambda store: store.append(
            _MENU, {"adminContextMenu": r"7,&Prise en main,\\srv-ged\outils\prise.vbs"}
        ),
    ),
    Flaw(
        "vuln_dnszone_bad_prop",
        1,
        (_MAIN_ZONE,),
        lambda store: baseline.set_updates(store, _MAIN_ZONE, 1),
    ),
    Flaw("vuln_dnszone_bad_prop", 3, (_OTHER_ZONE,), _open_zone),
)
