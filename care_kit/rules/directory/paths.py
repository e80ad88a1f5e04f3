"""How an ordinary account comes to command the forest: the shortest chain of rights."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from care_kit.model.facts.directory import DirectoryEntry
from care_kit.rules.directory import flags
from care_kit.rules.directory.access import ARROW, Access, Target
from care_kit.rules.directory.group_policy import linked_policies, places
from care_kit.rules.directory.membership import is_group
from care_kit.rules.directory.rights import AUTHENTICATED, EVERYONE, Kind
from care_kit.rules.directory.view import View, enabled

_MEMBER = "membre du groupe"
_ANONYMOUS = flags.ANONYMOUS


@dataclass(frozen=True)
class _Step:
    """What a principal may do next, and how far it then is from commanding the forest."""

    distance: int
    right: str
    onto: str  # SID of another principal, "" when the step reaches the forest's heart
    name: str


def shortest_paths(view: View, who: Access) -> tuple[str, ...]:
    """One chain per principal that holds a right over the heart of the forest.

    Each starts from the nearest ordinary account, or group that everybody is in, that gets there.
    One walk backwards from that heart: each permission and each membership is seen once.
    """
    steps = _walk(view, who)
    nearest: dict[str, tuple[int, str]] = {}
    for sid, step in steps.items():
        if _is_entry(view, sid):
            last = _last(steps, sid)
            nearest[last] = min(nearest.get(last, (step.distance, sid)), (step.distance, sid))
    return tuple(_text(who, steps, start) for _, start in nearest.values())


def _walk(view: View, who: Access) -> dict[str, _Step]:
    steps: dict[str, _Step] = {}
    waiting: deque[str] = deque()

    def reach(sid: str, step: _Step) -> None:
        if sid not in steps:
            steps[sid] = step
            waiting.append(sid)

    for target in heart(view):
        for grant in who.dangerous(target) or ():
            if grant.level == 1:
                reach(grant.sid, _Step(1, grant.right, "", target.entry.name))
    while waiting:
        sid = waiting.popleft()
        entry = view.by_sid(sid)
        if entry is None or _is_wide(view, sid):
            continue
        further = steps[sid].distance + 1
        for source, right in _sources(view, who, entry):
            reach(source, _Step(further, right, sid, entry.name))
    return steps


def _sources(view: View, who: Access, entry: DirectoryEntry) -> Iterator[tuple[str, str]]:
    """Who acts as that principal: its members, then those who may take it over."""
    group = is_group(entry)
    if group:
        for dn in sorted(view.membership.direct(entry)):
            member = view.membership.by_dn.get(dn)
            if member is not None and member.sid:
                yield member.sid, _MEMBER
    for grant in who.dangerous(Target(entry, Kind.GROUP if group else Kind.ACCOUNT)) or ():
        if grant.level == 1:
            yield grant.sid, grant.right


def heart(view: View) -> list[Target]:
    """Objects whose control gives the whole forest, as far as they were read."""
    configuration, domain = view.facts.configuration_dn, view.facts.domain_dn
    roots = (domain, configuration, f"CN=Schema,{configuration}")
    named = [
        *((dn, Kind.ROOT) for dn in roots),
        (f"CN=AdminSDHolder,CN=System,{domain}", Kind.MODEL),
        (f"CN=Public Key Services,CN=Services,{configuration}", Kind.OTHER),
    ]
    found = [(view.entry(dn), kind) for dn, kind in named]
    return [
        *(Target(entry, kind) for entry, kind in found if entry is not None),
        *(Target(one, Kind.GROUP) for one in view.privileged.groups),
        *(Target(one, Kind.ACCOUNT) for one in (*view.privileged.accounts, *view.controllers)),
        *(Target(one, Kind.POLICY) for one in linked_policies(view) if one is not None),
        *(Target(one, Kind.UNIT) for one in places(view)),
    ]


def _is_entry(view: View, sid: str) -> bool:
    entry = view.by_sid(sid)
    return _is_wide(view, sid) or (entry is not None and not is_group(entry) and enabled(entry))


def _is_wide(view: View, sid: str) -> bool:
    rids = (flags.DOMAIN_USERS, flags.DOMAIN_COMPUTERS)
    known = (EVERYONE, AUTHENTICATED, _ANONYMOUS, *(f"{view.domain_sid}-{rid}" for rid in rids))
    return sid in known


def _last(steps: dict[str, _Step], sid: str) -> str:
    """The principal of the chain that holds the right over the heart."""
    while steps[sid].onto:
        sid = steps[sid].onto
    return sid


def _text(who: Access, steps: dict[str, _Step], start: str) -> str:
    parts, sid = [who.name(start)], start
    while sid:
        step = steps[sid]
        parts += [step.right, step.name]
        sid = step.onto
    return ARROW.join(parts)
