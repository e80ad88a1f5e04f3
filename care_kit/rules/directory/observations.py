"""Observations beyond ANSSI's points: worth mending, never counted in the level."""

from collections import defaultdict
from collections.abc import Callable

from care_kit.model.content.check import Check
from care_kit.model.facts.directory import DirectoryEntry
from care_kit.rules.directory import flags
from care_kit.rules.directory.decision import (
    RULES,
    Outcome,
    each,
    failed,
    names,
    noted,
    passed,
    untested,
)
from care_kit.rules.directory.judging import access
from care_kit.rules.directory.paths import shortest_paths
from care_kit.rules.directory.view import View, has_flag

_ROOT_HINTS = "dc=rootdnsservers"  # present in each partition by design


@RULES.decides("obs_password_not_required")
def no_password(view: View, check: Check) -> Outcome:
    """Enabled users allowed to have an empty password."""
    guilty = view.enabled_with(flags.PASSWORD_NOT_REQUIRED)
    return each(
        "Comptes dispensés de mot de passe",
        guilty,
        lambda _: True,
        flags.NO_LEVEL,
        innocent=len(view.enabled_users) - len(guilty),
        unread=view.blind_users,
        tolerated_percent=check.threshold("max_unreadable_percent"),
    )


@RULES.decides("obs_administrator_used")
def built_in_used(view: View, check: Check) -> Outcome:
    """The built-in administrator is for emergencies: nobody should log on with it."""
    account = view.by_rid(flags.ADMINISTRATOR)
    days = check.threshold("min_silent_days")
    quiet = view.silent(account, days) if account else None
    if account is None or quiet is None:
        return untested("La dernière connexion de l'administrateur intégré n'est pas lisible.")
    if quiet:
        return passed(f"Administrateur intégré sans connexion depuis plus de {days:.0f} jours.")
    reason = f"L'administrateur intégré s'est connecté depuis moins de {days:.0f} jours."
    return failed(reason, [account.name], flags.NO_LEVEL)


@RULES.decides("obs_privileged_disabled")
def disabled_privileged(view: View, check: Check) -> Outcome:
    """Disabled accounts left in privileged groups: enabling one gives its rights back."""
    return _privileged(
        view, "Comptes privilégiés désactivés", lambda one: has_flag(one, flags.DISABLED)
    )


@RULES.decides("obs_privileged_expired")
def expired_privileged(view: View, check: Check) -> Outcome:
    """Accounts past their end date left in privileged groups."""

    def offends(account: DirectoryEntry) -> bool | None:
        if account.integer("accountExpires") is None:
            return None
        return view.older(account, "accountExpires", 0) or False  # no date: it never expires

    return _privileged(view, "Comptes privilégiés expirés", offends)


@RULES.decides("obs_privileged_script")
def scripted_privileged(view: View, check: Check) -> Outcome:
    """Privileged accounts that run a file when they log on."""
    return _privileged(
        view,
        "Comptes privilégiés avec un script d'ouverture de session",
        lambda one: _holds(one, "scriptPath"),
    )


@RULES.decides("obs_key_credentials")
def key_credentials(view: View, check: Check) -> Outcome:
    """Privileged accounts and controllers that a key opens, without their password."""
    own = [*_users(view), *view.controllers]
    keyed = [one for one in own if one.values("msDS-KeyCredentialLink")]
    subject = "Comptes privilégiés et contrôleurs portant une clé d'authentification"
    if keyed:
        return noted(f"{subject} : {len(keyed)} sur {len(own)}.", names(keyed))
    return each(
        subject,
        own,
        lambda one: _holds(one, "msDS-KeyCredentialLink"),
        flags.NO_LEVEL,
        unread=len(view.privileged.unresolved),
    )


@RULES.decides("obs_policy_changed")
def changed_policies(view: View, check: Check) -> Outcome:
    """Group policies changed lately, as the controller read tells it."""
    days = check.threshold("max_age_days")
    policies = view.of_class("groupPolicyContainer")
    if not policies:
        return untested("Aucune stratégie de groupe n'a été lue.")
    old = [view.older(one, "whenChanged", days) for one in policies]
    changed = [one for one, answer in zip(policies, old, strict=True) if answer is False]
    reason = (
        f"Stratégies de groupe modifiées depuis moins de {days:.0f} jours : "
        f"{len(changed)} sur {len(policies)}."
    )
    if changed:
        return noted(reason, (one.text("displayName") or one.dn for one in changed))
    if None in old:
        return untested("La date de modification de stratégies de groupe n'est pas lisible.")
    return passed(reason)


def _users(view: View) -> list[DirectoryEntry]:
    """Privileged accounts of this domain, whose attributes were read."""
    return [one for one in view.privileged.accounts if "user" in one.classes]


def _privileged(
    view: View, subject: str, offends: Callable[[DirectoryEntry], bool | None]
) -> Outcome:
    return each(
        subject, _users(view), offends, flags.NO_LEVEL, unread=len(view.privileged.unresolved)
    )


def _holds(account: DirectoryEntry, attribute: str) -> bool | None:
    """Whether an optional attribute is there; None when the account hides its attributes."""
    if account.values(attribute):
        return True
    return None if account.integer("userAccountControl") is None else False


@RULES.decides("obs_dns_duplicate")
def duplicated_zones(view: View, check: Check) -> Outcome:
    """A zone stored in two partitions answers differently from one server to another."""
    zones = view.of_class("dnsZone")
    if not zones:
        return untested("Aucune zone DNS n'a été lue dans l'annuaire.")
    by_name: dict[str, list[DirectoryEntry]] = defaultdict(list)
    for zone in zones:
        by_name[zone.dn.partition(",")[0].casefold()].append(zone)
    twice = [
        one
        for name, found in by_name.items()
        if len(found) > 1 and name != _ROOT_HINTS
        for one in found
    ]
    reason = f"Zones enregistrées dans plusieurs partitions : {len(twice)} sur {len(zones)}."
    return failed(reason, names(twice), flags.NO_LEVEL) if twice else passed(reason)


@RULES.decides("obs_control_paths")
def control_paths(view: View, check: Check) -> Outcome:
    """Shortest chains of rights from an ordinary account to the heart of the forest."""
    found = shortest_paths(view, access(view))
    reason = f"Chemins de prise de contrôle depuis un compte ordinaire : {len(found)}."
    return failed(reason, found, flags.NO_LEVEL) if found else passed(reason)
