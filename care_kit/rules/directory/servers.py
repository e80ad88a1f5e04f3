"""Points about member servers and clusters."""

from collections.abc import Callable

from care_kit.model.content.check import Check
from care_kit.model.facts.directory import DirectoryEntry
from care_kit.rules.directory.decision import RULES, Outcome, each, lowest
from care_kit.rules.directory.view import View, is_controller

_CLUSTER_SERVICES = ("msclustervirtualserver/", "msservercluster/")


@RULES.decides("vuln_password_change_server_no_change_45")
def secret_over_45_days(view: View, check: Check) -> Outcome:
    """Servers whose machine secret missed its monthly renewal."""
    return _old_secret(view, check)


@RULES.decides("vuln_password_change_server_no_change_90")
def secret_over_90_days(view: View, check: Check) -> Outcome:
    """Servers whose machine secret missed several renewals."""
    return _old_secret(view, check)


def _old_secret(view: View, check: Check) -> Outcome:
    days = check.threshold("max_age_days")
    return _servers(view, check, lambda one: view.password_older(one, days))


@RULES.decides("vuln_password_change_inactive_servers")
def inactive(view: View, check: Check) -> Outcome:
    """Enabled servers that no longer authenticate."""
    days = check.threshold("max_silent_days")
    return _servers(view, check, lambda one: view.silent(one, days))


def _servers(view: View, check: Check, offends: Callable[[DirectoryEntry], bool | None]) -> Outcome:
    servers = [
        one
        for one in view.enabled_computers
        if "server" in (one.text("operatingSystem") or "").casefold() and not is_controller(one)
    ]
    return each(
        "Serveurs concernés",
        servers,
        offends,
        lowest(check),
        unread=view.blind_computers,
        tolerated_percent=check.threshold("max_unreadable_percent"),
    )


@RULES.decides("vuln_password_change_cluster_no_change_3years")
def cluster_secret(view: View, check: Check) -> Outcome:
    """Cluster accounts, enabled, whose secret is years old."""
    days = check.threshold("max_age_days")
    clusters = [one for one in view.enabled_computers if is_cluster(one)]
    return each(
        "Comptes de cluster concernés",
        clusters,
        lambda one: view.password_older(one, days),
        lowest(check),
        unread=view.blind_computers,
        tolerated_percent=check.threshold("max_unreadable_percent"),
    )


def is_cluster(entry: DirectoryEntry) -> bool:
    """The account of a cluster's name, which has no machine of its own."""
    services = entry.texts("servicePrincipalName")
    return any(one.casefold().startswith(_CLUSTER_SERVICES) for one in services)
