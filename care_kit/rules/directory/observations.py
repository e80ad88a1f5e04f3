"""Observations beyond ANSSI's points: worth mending, never counted in the level."""

from collections import defaultdict

from care_kit.model.check import Check
from care_kit.model.directory_facts import DirectoryEntry
from care_kit.rules.directory import flags
from care_kit.rules.directory.decision import RULES, Outcome, each, failed, names, passed, untested
from care_kit.rules.directory.judging import access
from care_kit.rules.directory.paths import shortest_paths
from care_kit.rules.directory.view import View, has_flag

_NO_LEVEL = 0
_ROOT_HINTS = "dc=rootdnsservers"  # present in each partition by design


@RULES.decides("obs_password_not_required")
def no_password(view: View, check: Check) -> Outcome:
    """Enabled users allowed to have an empty password."""
    return each(
        "Comptes dispensés de mot de passe",
        view.enabled_users,
        lambda one: has_flag(one, flags.PASSWORD_NOT_REQUIRED),
        _NO_LEVEL,
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
    return failed(reason, [account.name], _NO_LEVEL)


@RULES.decides("obs_privileged_disabled")
def disabled_privileged(view: View, check: Check) -> Outcome:
    """Disabled accounts left in privileged groups: enabling one gives its rights back."""
    found = view.privileged
    return each(
        "Comptes privilégiés désactivés",
        [one for one in found.accounts if "user" in one.texts("objectClass")],
        lambda one: has_flag(one, flags.DISABLED),
        _NO_LEVEL,
        unread=len(found.unresolved),
    )


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
    return failed(reason, names(twice), _NO_LEVEL) if twice else passed(reason)


@RULES.decides("obs_control_paths")
def control_paths(view: View, check: Check) -> Outcome:
    """Shortest chains of rights from an ordinary account to the heart of the forest."""
    found = shortest_paths(view, access(view))
    reason = f"Chemins de prise de contrôle depuis un compte ordinaire : {len(found)}."
    return failed(reason, found, _NO_LEVEL) if found else passed(reason)
