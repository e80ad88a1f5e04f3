"""What care-kit observes beyond ANSSI's points."""

from care_kit.demo.samba.seed import baseline, sain
from care_kit.demo.samba.seed.people import DISABLED, NORMAL
from care_kit.demo.samba.seed.store import Store, filetime
from care_kit.demo.samba.seeds import CONFIGURATION_DN, DOMAIN_DN, REALM
from tests.lab.directory.flaws.flaw import (
    ADMINISTRATOR,
    ADMINISTRATOR_LOGIN,
    AGENT,
    AGENT_LOGIN,
    HOSPITAL,
    MEMBER,
    SERVER,
    USERS,
    Flaw,
    replaced,
)

_SCHEMA = f"CN=Schema,{CONFIGURATION_DN}"
_TWICE = tuple(
    f"DC=imagerie.{REALM},CN=MicrosoftDNS,DC={part},{DOMAIN_DN}"
    for part in ("DomainDnsZones", "ForestDnsZones")
)


def _twice(store: Store) -> None:
    for zone in _TWICE:
        store.add(zone, {"objectClass": "dnsZone"})
        baseline.set_updates(store, zone, 2)


def _path(store: Store) -> None:
    """An agent of a help desk group that fills the administrators' group: no point covers it."""
    desk = f"CN=GG_Support,OU=Agents,{HOSPITAL}"
    store.add_group(desk, [AGENT])
    store.permit(f"CN=Domain Admins,{USERS}", f"(OA;;WP;{MEMBER};;{store.sid(desk)})")


FLAWS = (
    Flaw(
        "obs_administrator_used",
        0,
        ("Administrator",),
        lambda store: store.replace(
            f"CN=Administrator,{USERS}", {"lastLogonTimestamp": filetime(5)}
        ),
    ),
    Flaw(
        "obs_control_paths",
        0,
        (f"{AGENT_LOGIN} → membre du groupe → GG_Support → écriture de member → Domain Admins",),
        _path,
    ),
    Flaw("obs_dns_duplicate", 0, _TWICE, _twice),
    Flaw(
        "obs_laps_coverage",
        0,
        (f"{sain.SERVER}$",),
        replaced(SERVER, msLAPS_PasswordExpirationTime=""),
    ),
    Flaw(
        "obs_password_not_required",
        0,
        (AGENT_LOGIN,),
        replaced(AGENT, userAccountControl=str(NORMAL | 0x20)),
    ),
    Flaw(
        "obs_privileged_disabled",
        0,
        (ADMINISTRATOR_LOGIN,),
        replaced(ADMINISTRATOR, userAccountControl=str(NORMAL | DISABLED)),
    ),
    Flaw(
        "obs_privileged_expired",
        0,
        (ADMINISTRATOR_LOGIN,),
        replaced(ADMINISTRATOR, accountExpires=filetime(2)),
    ),
    Flaw(
        "obs_privileged_script",
        0,
        (ADMINISTRATOR_LOGIN,),
        replaced(ADMINISTRATOR, scriptPath="ouverture.cmd"),
    ),
    Flaw(
        "obs_schema_containers",
        0,
        (f"CN=Group-Policy-Container,{_SCHEMA}",),
        replaced(f"CN=Group-Policy-Container,{_SCHEMA}", possSuperiors="computer"),
    ),
    Flaw(
        "obs_schema_permissions",
        0,
        (f"CN=Print-Queue,{_SCHEMA}",),
        replaced(f"CN=Print-Queue,{_SCHEMA}", defaultSecurityDescriptor="D:(A;;RPWPLCLORC;;;AU)"),
    ),
)
