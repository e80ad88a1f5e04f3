"""Which permissions of a descriptor lead to taking an object over, and at which level.

ANSSI does not publish how it shares dangerous rights between levels 1 and 2: this split is ours.
Level 1 is a right that gives control at once; level 2 needs another step or another condition.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from care_kit.model.facts.security_descriptor import Ace, AceKind, SecurityDescriptor
from care_kit.rules.directory.identifiers import Identifiers

EVERYONE, AUTHENTICATED = "S-1-1-0", "S-1-5-11"
OWNER_RIGHTS = "S-1-3-4"
# Access mask of MS-ADTS 5.1.3.2.
CREATE, _VALIDATED, _WRITE, _CONTROL = 0x1, 0x8, 0x20, 0x100
_WRITE_DACL, _WRITE_OWNER, _FULL = 0x40000, 0x80000, 0xF01FF
_GENERIC = {0x10000000: _FULL, 0x40000000: 0x20028, 0x20000000: 0x20004, 0x80000000: 0x20094}
_CHANGES = "DS-Replication-Get-Changes"
_SECRETS = ("DS-Replication-Get-Changes-All", "DS-Replication-Get-Changes-In-Filtered-Set")
REPLICATION = "réplication"
_FRENCH = {
    "User-Force-Change-Password": "réinitialisation du mot de passe",
    "Self-Membership": "ajout de soi-même au groupe",
    "Validated-SPN": "écriture validée du nom de service",
    "DS-Replication-Get-Changes-All": f"{REPLICATION} de tous les secrets",
    "DS-Replication-Get-Changes-In-Filtered-Set": f"{REPLICATION} des attributs filtrés",
}


@dataclass(frozen=True)
class Watch:
    """What is dangerous on one kind of object, besides what is dangerous on all of them.

    Each mapping gives the level of a watched attribute, extended right or validated write;
    `any_*` is the level of a permission that names something unwatched or all of them at once,
    0 when it is harmless. `creates` tells whether objects can be created inside.
    """

    properties: Mapping[str, int] = field(default_factory=dict)
    rights: Mapping[str, int] = field(default_factory=dict)
    validated: Mapping[str, int] = field(default_factory=dict)
    any_property: int = 0
    any_right: int = 0
    all_rights: int = 0
    creates: bool = False


_ACCOUNT: dict[str, int] = {
    "msDS-KeyCredentialLink": 1,
    "msDS-AllowedToActOnBehalfOfOtherIdentity": 1,
    "servicePrincipalName": 2,
    "altSecurityIdentities": 2,
    "msDS-AllowedToDelegateTo": 2,
    "msDS-GroupMSAMembership": 2,
    "userAccountControl": 2,
    "scriptPath": 2,
    "managedBy": 2,
}
_GROUP: dict[str, int] = {"member": 1, "managedBy": 2}
_RESET = {"User-Force-Change-Password": 1}


class Kind(Enum):
    """Kinds of objects, by what can be done with a permission on them."""

    ACCOUNT = Watch(_ACCOUNT, _RESET, {"Validated-SPN": 2}, all_rights=1)
    GROUP = Watch(_GROUP, {}, {"Self-Membership": 1})
    # AdminSDHolder lends its permissions to accounts and to groups.
    MODEL = Watch(_ACCOUNT | _GROUP, _RESET, {"Self-Membership": 1}, all_rights=1)
    ROOT = Watch(
        {"gPLink": 1}, dict.fromkeys(_SECRETS, 2) | {_CHANGES: 0}, all_rights=1, creates=True
    )
    UNIT = Watch({"gPLink": 1}, creates=True)
    POLICY = Watch({"gPCFileSysPath": 1})
    TEMPLATE = Watch(any_property=2)
    DNS = Watch(any_property=1)
    # Reading the root key of managed accounts is an extended right (confidential attribute).
    KEYS = Watch(any_right=1, all_rights=1)
    OTHER = Watch(creates=True)


@dataclass(frozen=True, order=True)
class Grant:
    """What one principal (SID) may do to an object: a French right and its level."""

    level: int
    right: str
    sid: str


def grants(sd: SecurityDescriptor, kind: Kind, names: Identifiers) -> tuple[Grant, ...]:
    """Dangerous rights that the list gives, its refusals deducted; the owner's are apart."""
    if sd.dacl is None:
        return (Grant(1, "aucune liste de permissions", EVERYONE),)
    found: dict[Grant, None] = {}
    replication: dict[str, set[str]] = {}
    for ace, mask in effective(sd.dacl):
        for level, right in _dangers(ace, mask, kind.value, names):
            found[Grant(level, right, _holder(sd, ace))] = None
        if kind is Kind.ROOT and mask & _CONTROL:
            replication.setdefault(ace.sid, set()).add(names.right(ace.object_type))
    for sid, rights in replication.items():
        if {_CHANGES, _SECRETS[0]} <= rights:
            found.pop(Grant(2, _FRENCH[_SECRETS[0]], sid))
            found[Grant(1, f"{REPLICATION} de l'annuaire et de ses secrets (DCSync)", sid)] = None
    return tuple(sorted(found))


def owner(sd: SecurityDescriptor) -> str | None:
    """The owner, when being so is enough to change permissions (MS-DTYP 2.5.3.2)."""
    ruled = any(ace.sid == OWNER_RIGHTS and not ace.inherit_only for ace in sd.dacl or ())
    return None if ruled else sd.owner


def effective(dacl: tuple[Ace, ...]) -> Iterator[tuple[Ace, int]]:
    """Permissions that apply to the object itself, less what was refused before them.

    A refusal counts when it is about the same principal, or about everybody; a conditional one
    may not apply and is left out.
    """
    refused: list[tuple[Ace, int]] = []
    for ace in dacl:
        if ace.inherit_only or ace.kind is AceKind.OTHER:
            continue
        mask = _specific(ace.mask)
        if ace.kind is AceKind.DENY:
            if not ace.conditional:
                refused.append((ace, mask))
            continue
        for no, less in refused:
            if no.sid in (ace.sid, EVERYONE, AUTHENTICATED) and no.object_type in (
                "",
                ace.object_type,
            ):
                mask &= ~less
        yield ace, mask


def _specific(mask: int) -> int:
    """The mask with its generic bits translated."""
    for generic, meaning in _GENERIC.items():
        if mask & generic:
            mask |= meaning
    return mask


def _holder(sd: SecurityDescriptor, ace: Ace) -> str:
    return sd.owner or ace.sid if ace.sid == OWNER_RIGHTS else ace.sid


def _dangers(ace: Ace, mask: int, watch: Watch, names: Identifiers) -> Iterator[tuple[int, str]]:
    if mask & _FULL == _FULL and not ace.object_type:
        yield 1, "contrôle total"
        return
    if mask & _WRITE_DACL:
        yield 1, "modification des permissions"
    if mask & _WRITE_OWNER:
        yield 1, "prise de possession"
    if mask & _WRITE:
        yield from _writes(ace, watch, names)
    if mask & _CONTROL:
        yield from _controls(ace, watch, names)
    if mask & _VALIDATED:
        yield from _validated(ace, watch, names)
    if mask & CREATE and watch.creates and (not ace.object_type or _principal(ace, names)):
        yield 2, "création d'objets"


def _principal(ace: Ace, names: Identifiers) -> bool:
    return bool(names.class_name(ace.object_type))


def _writes(ace: Ace, watch: Watch, names: Identifiers) -> Iterator[tuple[int, str]]:
    if not ace.object_type:
        yield 1, "écriture de toutes les propriétés"
        return
    watched = sorted(names.attributes(ace.object_type) & watch.properties.keys())
    for name in watched:
        yield watch.properties[name], f"écriture de {name}"
    if watch.any_property and not watched:
        yield watch.any_property, "écriture d'une propriété"


def _controls(ace: Ace, watch: Watch, names: Identifiers) -> Iterator[tuple[int, str]]:
    if not ace.object_type:
        if watch.all_rights:
            yield watch.all_rights, "tous les droits étendus"
        return
    right = names.right(ace.object_type)
    level = watch.rights.get(right, watch.any_right)
    if level:
        yield level, _FRENCH.get(right, "droit étendu")


def _validated(ace: Ace, watch: Watch, names: Identifiers) -> Iterator[tuple[int, str]]:
    if not ace.object_type:
        if watch.validated:
            yield min(watch.validated.values()), "toutes les écritures validées"
        return
    right = names.right(ace.object_type)
    if right in watch.validated:
        yield watch.validated[right], _FRENCH[right]
