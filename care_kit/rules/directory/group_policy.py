"""Points about the group policies that apply to privileged accounts and to controllers."""

import re

from care_kit.model.content.check import Check
from care_kit.model.facts.directory import DirectoryEntry
from care_kit.rules.directory.access import Target
from care_kit.rules.directory.decision import RULES, Outcome
from care_kit.rules.directory.judging import judge
from care_kit.rules.directory.membership import fold
from care_kit.rules.directory.rights import Kind
from care_kit.rules.directory.view import View

# `[LDAP://cn={...},cn=policies,cn=system,DC=...;2]`: DN, then options of which bit 1 disables.
_LINK = re.compile(r"\[LDAP://([^;\]]+);(\d+)\]", re.IGNORECASE)
_DISABLED = 1


@RULES.decides("vuln_permissions_gpo_priv")
def policies(view: View, check: Check) -> Outcome:
    """Policies linked above a privileged account or a controller, inheritance blocks ignored."""
    found = linked_policies(view)
    read = [one for one in found if one is not None]
    targets = [Target(one, Kind.POLICY) for one in read]
    return judge(view, check, targets, unread=len(found) - len(read))


@RULES.decides("vuln_permissions_gpo_container_priv")
def containers(view: View, check: Check) -> Outcome:
    """Units and sites that hold them: who may link another policy there."""
    return judge(view, check, [Target(one, Kind.UNIT) for one in places(view)])


def linked_policies(view: View) -> list[DirectoryEntry | None]:
    """Policies linked there or at the root and enabled; None for each that was not read."""
    linked = {dn for place in (view.domain, *places(view)) for dn in _links(place)}
    return [view.entry(dn) for dn in sorted(linked)]


def places(view: View) -> list[DirectoryEntry]:
    """Units above privileged accounts and controllers, and sites that have a controller."""
    found: dict[str, DirectoryEntry] = {}
    for one in (*view.privileged.accounts, *view.controllers):
        for above in view.above(one.dn):
            if "organizationalUnit" in above.classes:
                found[fold(above.dn)] = above
    for server in view.of_class("server"):
        for above in view.above(server.dn):
            if "site" in above.classes:
                found[fold(above.dn)] = above
    return [found[dn] for dn in sorted(found)]


def _links(place: DirectoryEntry) -> set[str]:
    """Folded DNs of the policies linked there and enabled."""
    links = _LINK.findall(place.text("gPLink") or "")
    # The last digit is enough to know an odd number: hostile options may have thousands of them.
    return {fold(dn) for dn, options in links if not int(options[-1]) & _DISABLED}
