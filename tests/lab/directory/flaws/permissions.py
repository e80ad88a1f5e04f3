"""Flaws that are permissions: an ordinary agent was given too much."""

from care_kit.demo.samba.seed import keys
from care_kit.demo.samba.seed.permission_flaws import CONTROLLERS_POLICY
from care_kit.demo.samba.seed.store import Store, generalized
from care_kit.demo.samba.seeds import CONFIGURATION_DN, DOMAIN_DN
from tests.lab.directory.flaws.flaw import (
    ADMINISTRATOR,
    ADMINISTRATOR_LOGIN,
    AGENT,
    AGENT_LOGIN,
    CHANGES,
    FULL,
    HOSPITAL,
    POLICY_LINK,
    READ_ONLY,
    READ_ONLY_NAME,
    RESET,
    RESOURCE_DELEGATION,
    SECRETS,
    SERVICE_NAME,
    SYSTEM,
    USERS,
    Flaw,
    may,
    permitted,
)

_HEART = "a right of level 1 over the heart of the forest is also a path to it"
_EVERYTHING = "écriture de toutes les propriétés"
_CREATION = "création d'objets"
_NAMES = "écriture de servicePrincipalName"
_POLICY = f"{CONTROLLERS_POLICY},{DOMAIN_DN}"
_UNIT = f"OU=Administration,{HOSPITAL}"
_WORKSTATION = f"CN=PC-101,OU=Postes,{HOSPITAL}"
_DNS_ADMINISTRATORS = f"CN=DnsAdmins,{USERS}"


def _granted(check: str, level: int, right: str, dn: str, *entries: str, shown: str = "") -> Flaw:
    """A right that makes that point fail, and nothing else."""
    return Flaw(check, level, may(right, shown or dn), permitted(dn, *entries))


def _heart(check: str, level: int, right: str, dn: str, *entries: str, shown: str = "") -> Flaw:
    """A right that gives the whole forest: it is one step long."""
    objects = may(right, shown or dn)
    also = {"obs_control_paths": (0, objects)}
    return Flaw(check, level, objects, permitted(dn, *entries), also, _HEART)


def _owned(store: Store) -> None:
    store.give(_WORKSTATION, store.sid(AGENT))
    store.replace(_WORKSTATION, {"whenCreated": generalized(900)})


def _visible_backup_key(store: Store) -> None:
    store.permit(f"{keys.BACKUP_KEY},{DOMAIN_DN}", f"(A;;{FULL};;;AU)")


def _visible_root_key(store: Store) -> None:
    store.permit(f"{keys.ROOT_KEY},{CONFIGURATION_DN}", "(A;;RPLCLORCCR;;;AU)")


_HOLDER = f"CN=AdminSDHolder,{SYSTEM}"
_DFSR = f"CN=DFSR-GlobalSettings,{SYSTEM}"
_ATTRIBUTE = f"CN=Member,CN=Schema,{CONFIGURATION_DN}"
_ROOT_KEYS = f"{keys.ROOT_KEYS},{CONFIGURATION_DN}"

FLAWS = (
    _heart(
        "vuln_permissions_adminsdholder",
        1,
        "contrôle total",
        _HOLDER,
        f"(A;;{FULL};;;{{agent}})",
    ),
    _granted(
        "vuln_permissions_adminsdholder", 2, _NAMES, _HOLDER, f"(OA;;WP;{SERVICE_NAME};;{{agent}})"
    ),
    _heart(
        "vuln_permissions_naming_context",
        1,
        "réplication de l'annuaire et de ses secrets (DCSync)",
        DOMAIN_DN,
        f"(OA;;CR;{CHANGES};;{{agent}})",
        f"(OA;;CR;{SECRETS};;{{agent}})",
    ),
    _granted(
        "vuln_permissions_naming_context",
        2,
        "réplication de tous les secrets",
        DOMAIN_DN,
        f"(OA;;CR;{SECRETS};;{{agent}})",
    ),
    _heart(
        "vuln_permissions_dc",
        1,
        "écriture de msDS-AllowedToActOnBehalfOfOtherIdentity",
        READ_ONLY,
        f"(OA;;WP;{RESOURCE_DELEGATION};;{{agent}})",
        shown=READ_ONLY_NAME,
    ),
    _granted(
        "vuln_permissions_dc",
        2,
        _NAMES,
        READ_ONLY,
        f"(OA;;WP;{SERVICE_NAME};;{{agent}})",
        shown=READ_ONLY_NAME,
    ),
    _granted(
        "vuln_permissions_schema",
        1,
        "modification des permissions",
        _ATTRIBUTE,
        "(A;;WD;;;{agent})",
    ),
    _granted("vuln_permissions_schema", 2, _CREATION, _ATTRIBUTE, "(A;;CC;;;{agent})"),
    _granted("vuln_permissions_dfsr_sysvol", 1, "prise de possession", _DFSR, "(A;;WO;;;{agent})"),
    _granted("vuln_permissions_dfsr_sysvol", 2, _CREATION, _DFSR, "(A;;CC;;;{agent})"),
    Flaw(
        "vuln_permissions_dpapi",
        1,
        may("contrôle total", f"{keys.BACKUP_KEY},{DOMAIN_DN}", "Utilisateurs authentifiés"),
        _visible_backup_key,
    ),
    Flaw(
        "vuln_permissions_gmsa_keys",
        1,
        may(
            "tous les droits étendus",
            f"{keys.ROOT_KEY},{CONFIGURATION_DN}",
            "Utilisateurs authentifiés",
        ),
        _visible_root_key,
    ),
    _granted("vuln_permissions_gmsa_keys", 2, _CREATION, _ROOT_KEYS, "(A;;CC;;;{agent})"),
    _granted(
        "vuln_permissions_msdns",
        1,
        _EVERYTHING,
        f"CN=MicrosoftDNS,{SYSTEM}",
        "(A;;WP;;;{agent})",
    ),
    Flaw(
        "vuln_dnsadmins",
        1,
        (AGENT_LOGIN,),
        lambda store: store.join_group(_DNS_ADMINISTRATORS, AGENT),
    ),
    _heart("vuln_permissions_gpo_priv", 1, _EVERYTHING, _POLICY, "(A;;WP;;;{agent})"),
    _heart(
        "vuln_permissions_gpo_container_priv",
        2,
        "écriture de gPLink",
        _UNIT,
        f"(OA;;WP;{POLICY_LINK};;{{agent}})",
    ),
    _heart(
        "vuln_privileged_members_perm",
        1,
        "réinitialisation du mot de passe",
        ADMINISTRATOR,
        f"(OA;;CR;{RESET};;{{agent}})",
        shown=ADMINISTRATOR_LOGIN,
    ),
    _granted(
        "vuln_privileged_members_perm",
        2,
        _NAMES,
        ADMINISTRATOR,
        f"(OA;;WP;{SERVICE_NAME};;{{agent}})",
        shown=ADMINISTRATOR_LOGIN,
    ),
    Flaw("vuln_owner", 3, ("PC-101$",), _owned),
)
