"""Password policies: the domain's own, and the fine-grained ones that override it."""

from dataclasses import dataclass
from functools import lru_cache

from care_kit.model.facts.directory import DirectoryEntry
from care_kit.rules.directory import flags
from care_kit.rules.directory.membership import fold
from care_kit.rules.directory.view import View

_NEVER = (0, -(2**63))
_TICKS_PER_DAY = 864_000_000_000


@dataclass(frozen=True)
class Policy:
    """Length in characters, age in days (infinite when passwords never expire); None unread."""

    min_length: int | None
    max_age_days: float | None


@dataclass(frozen=True)
class Governing:
    """The fine-grained policy of an account: `known` is false when it exists but is hidden."""

    known: bool
    entry: DirectoryEntry | None = None


def domain_policy(view: View) -> Policy:
    """The policy of accounts that no fine-grained one governs."""
    return Policy(view.domain.integer("minPwdLength"), _days(view.domain.integer("maxPwdAge")))


def fine_grained(view: View, account: DirectoryEntry) -> Governing:
    """The one that wins: those set on the account before those of its groups, then precedence."""
    direct = account.texts("msDS-PSOApplied")
    own = fold(account.dn)
    links = direct or [dn for dns, members in _through_groups(view) if own in members for dn in dns]
    if not links:
        return Governing(known=True)
    found = [view.entry(dn) for dn in links]
    visible = [one for one in found if one is not None]
    ranks = [one.integer("msDS-PasswordSettingsPrecedence") for one in visible]
    if len(visible) < len(found) or None in ranks:
        return Governing(known=False)
    winner = min(visible, key=lambda one: one.integer("msDS-PasswordSettingsPrecedence") or 0)
    return Governing(known=True, entry=winner)


@lru_cache(maxsize=1)
def _through_groups(view: View) -> tuple[tuple[tuple[str, ...], frozenset[str]], ...]:
    """Policies set on each group, and folded DNs of the accounts that it governs."""
    groups = (one for one in view.of_class("group") if one.values("msDS-PSOApplied"))
    return tuple(
        (one.texts("msDS-PSOApplied"), view.membership.members([one]).dns) for one in groups
    )


def of_account(view: View, account: DirectoryEntry) -> Policy:
    """The policy that applies; both fields None when it is hidden."""
    governing = fine_grained(view, account)
    if not governing.known:
        return Policy(None, None)
    if governing.entry is None:
        return domain_policy(view)
    return _policy(governing.entry)


def excused(view: View, account: DirectoryEntry, min_length: float, max_days: float) -> bool | None:
    """ANSSI's tolerance for service accounts: a long, renewed, AES-only password.

    A fine-grained policy of more than `min_length` characters renewed within `max_days`, a
    password set after that policy's last change, and no other algorithm than AES. None when the
    policy exists but is hidden.
    """
    governing = fine_grained(view, account)
    if not governing.known:
        return None
    if governing.entry is None:
        return False
    policy = _policy(governing.entry)
    changed, set_on = governing.entry.moment("whenChanged"), account.moment("pwdLastSet")
    if policy.min_length is None or policy.max_age_days is None or not changed or not set_on:
        return None
    types = account.integer("msDS-SupportedEncryptionTypes") or 0
    return (
        policy.min_length > min_length
        and policy.max_age_days <= max_days
        and set_on > changed
        and bool(types & flags.AES_TYPES)
        and not types & (flags.DES_TYPES | flags.RC4_TYPE)
    )


def _policy(entry: DirectoryEntry) -> Policy:
    return Policy(
        entry.integer("msDS-MinimumPasswordLength"),
        _days(entry.integer("msDS-MaximumPasswordAge")),
    )


def _days(ticks: int | None) -> float | None:
    if ticks is None:
        return None
    return float("inf") if ticks in _NEVER else -ticks / _TICKS_PER_DAY
