"""Points about the members of the privileged groups."""

from collections.abc import Callable

from care_kit.model.content.check import Check
from care_kit.model.facts.directory import DirectoryEntry
from care_kit.rules.directory import flags, policies
from care_kit.rules.directory.decision import (
    RULES,
    Outcome,
    each,
    failed,
    lowest,
    names,
    passed,
    untested,
)
from care_kit.rules.directory.membership import fold
from care_kit.rules.directory.view import View, has_flag, is_computer

_BROAD_NAMES = {
    flags.EVERYONE: "Tout le monde",
    flags.ANONYMOUS: "Ouverture de session anonyme",
    flags.AUTHENTICATED_USERS: "Utilisateurs authentifiés",
}
_SUBJECT = "Comptes privilégiés concernés"


def broad_name(entry: DirectoryEntry) -> str:
    """How a principal that is nearly everybody is shown."""
    sid = entry.sid or ""
    return _BROAD_NAMES.get(sid) or entry.text("sAMAccountName") or sid


def _each(view: View, check: Check, offends: Callable[[DirectoryEntry], bool | None]) -> Outcome:
    """Privileged accounts one by one; members of other domains are unknown."""
    found = view.privileged
    return each(_SUBJECT, found.accounts, offends, lowest(check), unread=len(found.unresolved))


def _flagged(view: View, check: Check, flag: int) -> Outcome:
    return _each(view, check, lambda one: has_flag(one, flag))


@RULES.decides("vuln_privileged_members")
def members(view: View, check: Check) -> Outcome:
    """Too many privileged accounts in the domains read, built-in administrators left out."""
    found = view.privileged
    domains = (view, *view.neighbours)
    broad = [one for each in domains for one in each.broad_privileged]
    if broad:
        who = [f"{broad_name(one)} ({one.sid})" for one in broad]
        reason = "Un groupe privilégié contient tout le monde, ou presque : chacun est privilégié."
        return failed(reason, who, lowest(check))
    built_in = {one.dn for one in (each.by_rid(flags.ADMINISTRATOR) for each in domains) if one}
    everyone = {one.dn: one for each in domains for one in each.privileged.accounts}
    counted = [one for dn, one in everyone.items() if dn not in built_in]
    limit = max(
        check.threshold("max_accounts"), check.threshold("max_accounts_per_domain") * view.domains
    )
    reason = f"Comptes privilégiés : {len(counted)} (maximum {limit:.0f})."
    if len(counted) > limit:
        return failed(reason, names(counted), lowest(check))
    if found.unresolved:
        return untested(f"{reason} Membres d'autres domaines non lus : {len(found.unresolved)}.")
    return passed(reason)


@RULES.decides("vuln_privileged_members_no_admincount")
def no_admin_count(view: View, check: Check) -> Outcome:
    """Privileged accounts that adminCount does not mark as protected."""
    return _each(view, check, lambda one: not one.integer("adminCount"))


@RULES.decides("vuln_privileged_members_password")
def weak_policy(view: View, check: Check) -> Outcome:
    """Privileged accounts under a policy of short or too durable passwords."""
    shortest, longest = check.threshold("min_length"), check.threshold("max_age_days")

    def weak(account: DirectoryEntry) -> bool | None:
        if is_computer(account):
            return False  # machines draw their own passwords
        policy = policies.of_account(view, account)
        if policy.min_length is None or policy.max_age_days is None:
            return None
        return policy.min_length < shortest or policy.max_age_days > longest

    return _each(view, check, weak)


@RULES.decides("vuln_password_change_priv")
def old_password(view: View, check: Check) -> Outcome:
    """Privileged accounts whose password was not changed for years."""
    days = check.threshold("max_age_days")
    return _each(view, check, lambda one: view.password_older(one, days))


@RULES.decides("vuln_dont_expire_priv")
def never_expires(view: View, check: Check) -> Outcome:
    """Enabled privileged accounts whose password never expires."""

    def offends(account: DirectoryEntry) -> bool | None:
        if has_flag(account, flags.DISABLED):
            return False
        return has_flag(account, flags.NEVER_EXPIRES)

    return _each(view, check, offends)


@RULES.decides("vuln_kerberos_properties_preauth_priv")
def no_preauthentication(view: View, check: Check) -> Outcome:
    """Privileged accounts that give material to crack without authenticating."""
    return _flagged(view, check, flags.NO_PREAUTHENTICATION)


@RULES.decides("vuln_reversible_password_priv_uac")
def reversible_password(view: View, check: Check) -> Outcome:
    """Privileged accounts whose password is kept in a reversible form."""
    return _flagged(view, check, flags.REVERSIBLE_PASSWORD)


@RULES.decides("vuln_spn_priv")
def service_name(view: View, check: Check) -> Outcome:
    """Privileged users with a service name: anyone may ask for a ticket and crack it."""

    def offends(account: DirectoryEntry) -> bool | None:
        if is_computer(account) or not account.values("servicePrincipalName"):
            return False
        pardon = policies.excused(
            view, account, check.threshold("min_length"), check.threshold("max_age_days")
        )
        return None if pardon is None else not pardon

    return _each(view, check, offends)


@RULES.decides("vuln_protected_users")
def outside_protected_users(view: View, check: Check) -> Outcome:
    """Privileged users outside Protected Users; machines and managed accounts cannot be in it."""
    group = view.by_rid(flags.PROTECTED_USERS)
    if group is None:
        return untested("Le groupe Protected Users n'a pas été lu ou n'existe pas.")
    inside = view.membership.members([group]).dns
    return _each(view, check, lambda one: not is_computer(one) and fold(one.dn) not in inside)


@RULES.decides("vuln_silo_priv")
def outside_silo(view: View, check: Check) -> Outcome:
    """Privileged accounts that no enforced authentication silo contains."""
    enforced = {
        fold(silo.dn): {fold(dn) for dn in silo.texts("msDS-AuthNPolicySiloMembers")}
        for silo in view.of_class("msDS-AuthNPolicySilo")
        if silo.text("msDS-AuthNPolicySiloEnforced") == "TRUE"
    }

    def outside(account: DirectoryEntry) -> bool:
        silo = fold(account.text("msDS-AssignedAuthNPolicySilo") or "")
        return fold(account.dn) not in enforced.get(silo, set())

    return _each(view, check, outside)
