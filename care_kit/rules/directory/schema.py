"""How the schema itself opens doors: observations, never a level."""

import re
from collections.abc import Callable, Mapping

from care_kit.model.content.check import Check
from care_kit.model.facts.directory import DirectoryEntry, Part
from care_kit.rules.directory import flags
from care_kit.rules.directory.decision import RULES, Outcome, each, untested
from care_kit.rules.directory.view import View

_HOLDERS = {
    *("computer", "inetOrgPerson", "msDS-GroupManagedServiceAccount"),
    *("msDS-ManagedServiceAccount", "user"),
}
_OPEN = "container"
# Everyone, anonymous, authenticated users, users, guests, domain users, guests and computers, and
# the group of old systems: their SDDL names, their SIDs, and the ends of those of a domain.
_BROAD = {
    *("WD", "AN", "AU", "BU", "BG", "DU", "DG", "DC", "RU"),
    *("S-1-1-0", "S-1-5-7", "S-1-5-11", "S-1-5-32-545", "S-1-5-32-546", "S-1-5-32-554"),
}
_BROAD_ENDS = ("-513", "-514", "-515")
_ALWAYS = {"GA", "GW", "WD", "WO"}
_WHOLE = {"WP", "CR"}  # dangerous when no property or right is named
_ALWAYS_MASK, _WHOLE_MASK = 0x500C0000, 0x120
Offends = Callable[[DirectoryEntry], bool | None]
_ENTRY = re.compile(r"\(([^()]*)\)")
_MASK = re.compile(r"0[xX][0-9a-fA-F]{1,8}")
_FIELDS = 6


@RULES.decides("obs_schema_containers")
def containers(view: View, check: Check) -> Outcome:
    """Classes that may hold anything and that an account or a machine may hold."""
    parents = {
        name: one.text("subClassOf") or ""
        for one in _classes(view)
        if (name := one.text("lDAPDisplayName"))
    }

    def offends(one: DirectoryEntry) -> bool | None:
        name = one.text("lDAPDisplayName")
        if name is None:
            return None
        held = not _HOLDERS.isdisjoint(one.texts("possSuperiors"))
        return held and _descends(name, parents)

    return _judge(view, "Classes ouvertes permises sous un compte ou une machine", offends)


@RULES.decides("obs_schema_permissions")
def default_permissions(view: View, check: Check) -> Outcome:
    """Classes whose objects are born writable by nearly anybody."""
    return _judge(
        view,
        "Classes aux permissions par défaut dangereuses",
        lambda one: any(map(_grants, one.texts("defaultSecurityDescriptor"))),
    )


def _judge(view: View, subject: str, offends: Offends) -> Outcome:
    classes = _classes(view)
    if not classes:
        return untested("Aucune classe du schéma n'a été lue.")
    return each(subject, classes, offends, flags.NO_LEVEL)


def _classes(view: View) -> list[DirectoryEntry]:
    return [one for one in view.of_class("classSchema") if one.part is Part.SCHEMA]


def _descends(name: str, parents: Mapping[str, str]) -> bool:
    """Whether a class is `container` or comes from it; a class is its own root's parent."""
    seen: set[str] = set()
    while name not in seen:
        if name == _OPEN:
            return True
        seen.add(name)
        name = parents.get(name, name)
    return False


def _grants(text: str) -> bool:
    """Whether a descriptor in SDDL lets nearly anybody write."""
    return any(map(_dangerous, _ENTRY.findall(text)))


def _dangerous(entry: str) -> bool:
    fields = entry.split(";")
    if len(fields) < _FIELDS or fields[0] not in ("A", "OA"):
        return False
    rights, named, who = fields[2], fields[3], fields[5]
    if who not in _BROAD and not (who.startswith("S-1-5-21-") and who.endswith(_BROAD_ENDS)):
        return False
    if _MASK.fullmatch(rights):
        mask = int(rights, 16)
        return bool(mask & _ALWAYS_MASK or (not named and mask & _WHOLE_MASK))
    told = {rights[at : at + 2] for at in range(0, len(rights), 2)}
    return bool(told & _ALWAYS or (not named and told & _WHOLE))
