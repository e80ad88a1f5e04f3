"""How every point about permissions reaches its verdict."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from care_kit.model.content.check import Check
from care_kit.model.words import french
from care_kit.rules.directory.access import ARROW, Access, Target
from care_kit.rules.directory.decision import Outcome, failed, lowest, passed, untested
from care_kit.rules.directory.rights import Grant
from care_kit.rules.directory.view import View


@lru_cache(maxsize=1)
def access(view: View) -> Access:
    """The grants of one reading, shared by all the rules; UntestedError when undecidable."""
    return Access(view)


def judge(
    view: View,
    check: Check,
    targets: Sequence[Target],
    extra: Iterable[tuple[Target, Grant]] = (),
    *,
    unread: int = 0,
) -> Outcome:
    """Judge the permissions of `targets`; `extra` are grants known otherwise.

    One dangerous grant fails the point; grants above the point's own levels do not count. A
    hidden descriptor, or `unread` objects, prevents a pass. Each object named reads
    `principal → rights → target`.
    """
    who = access(view)
    found: list[tuple[Target, Grant]] = list(extra)
    hidden = unread
    for target in targets:
        dangerous = who.dangerous(target)
        if dangerous is None:
            hidden += 1
        else:
            found.extend((target, one) for one in dangerous)
    total = len(targets) + unread
    counted = [(target, one) for target, one in found if one.level <= max(check.levels)]
    guilty = len({target.entry.dn for target, _ in counted})
    subject = "Objets sur lesquels un droit dangereux est accordé"
    if counted:
        level = max(min(one.level for _, one in counted), lowest(check))
        return failed(f"{subject} : {guilty} sur {total}.", lines(who, counted), level)
    if not total:
        return untested("Aucun objet concerné n'a été lu.")
    if hidden:
        closed = french.counted(hidden, "objet")
        return untested(f"Permissions illisibles pour {closed} sur {total}.")
    return passed(f"{subject} : aucun sur {total}.")


def lines(who: Access, found: Iterable[tuple[Target, Grant]]) -> tuple[str, ...]:
    """One text per principal and target: who, by which rights, over what."""
    rights: dict[tuple[str, str], list[str]] = defaultdict(list)
    for target, one in found:
        rights[who.name(one.sid), target.entry.name].append(one.right)
    return tuple(
        ARROW.join((principal, ", ".join(dict.fromkeys(names)), target))
        for (principal, target), names in rights.items()
    )
