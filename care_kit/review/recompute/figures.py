"""Compares two JSON documents figure by figure, and names each difference."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from care_kit.model.words.french import cut
from care_kit.model.words.text import printable
from care_kit.review.codes import Code
from care_kit.review.recompute.places import place
from care_kit.review.verification import Problem

MOST_TOLD = 200
_LONGEST = 160
_NAMED_BY = ("id", "check", "subject", "indicator", "objective", "forest", "sha512", "path")
ABSENT = "absent"


def differences(
    file: str, printed: Any, again: Any, path: tuple[str, ...] = (), *, common_only: bool = False
) -> Iterator[Problem]:
    """Each place where the printed document is not the recomputed one.

    With `common_only`, keys that only one of them has are let go: another version wrote it.
    """
    if printed == again and type(printed) is type(again):
        return
    if isinstance(printed, dict) and isinstance(again, dict):
        keys = printed.keys() & again.keys() if common_only else printed.keys() | again.keys()
        for key in sorted(keys):
            if key in printed and key in again:
                yield from differences(
                    file, printed[key], again[key], (*path, key), common_only=common_only
                )
            else:
                yield _differs(file, (*path, key), printed.get(key), again.get(key))
    elif isinstance(printed, list) and isinstance(again, list):
        yield from _lists(file, printed, again, path, common_only)
    else:
        yield _differs(file, path, printed, again)


def _lists(
    file: str, printed: list[Any], again: list[Any], path: tuple[str, ...], common_only: bool
) -> Iterator[Problem]:
    """Items that stand on one side only, paired when they bear the same name."""
    left, right = ([_key(one) for one in side] for side in (printed, again))
    if left == right or len(printed) == len(again) == 1:
        for rank, (one, other) in enumerate(zip(printed, again, strict=True)):
            name = _name(other) or str(rank + 1)
            yield from differences(file, one, other, (*path, name), common_only=common_only)
        return
    ours = {key: one for one, key in zip(again, right, strict=True)}
    counted, wanted = Counter(left), Counter(right)
    for one, key in zip(printed, left, strict=True):
        if counted[key] == wanted[key] == 1:
            yield from differences(
                file, one, ours[key], (*path, _name(one)), common_only=common_only
            )
    extra, lost = counted - wanted, wanted - counted
    for one, key in zip(printed, left, strict=True):
        if extra[key] > 0:
            extra[key] -= 1
            yield _differs(file, (*path, _name(one)), one, None)
    for one, key in zip(again, right, strict=True):
        if lost[key] > 0:
            lost[key] -= 1
            yield _differs(file, (*path, _name(one)), None, one)
    if counted == wanted:
        yield Problem(
            file, f"{place(path)} : l'ordre n'est pas celui du recalcul.", Code.FIGURE, place(path)
        )


def _key(one: Any) -> str:
    """What makes two items the same one: their names, or the whole when they have none."""
    if isinstance(one, dict):
        names = {key: one[key] for key in (*_NAMED_BY, "target", "port") if key in one}
        if names:
            return json.dumps(names, sort_keys=True, default=str)
    return json.dumps(one, sort_keys=True, default=str)


def _name(one: Any) -> str:
    if isinstance(one, dict):
        names = [str(one[key]) for key in (*_NAMED_BY, "target") if one.get(key)]
        return " ".join(names[:2])
    return cut(str(one), 60)


def _differs(file: str, path: tuple[str, ...], printed: Any, again: Any) -> Problem:
    where = place([step for step in path if step])
    says, finds = told(printed), told(again)
    return Problem(
        file, f"{where} : imprimé {says}, recalculé {finds}.", Code.FIGURE, where, says, finds
    )


def told(value: Any) -> str:
    """A value as a short text."""
    if value is None:
        return ABSENT
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return cut(" ".join(printable(text).split()), _LONGEST) or "vide"
