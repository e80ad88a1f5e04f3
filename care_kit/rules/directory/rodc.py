"""Points about read-only domain controllers."""

from care_kit.model.content.check import Check
from care_kit.model.facts.directory import DirectoryEntry
from care_kit.rules.directory import flags
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
from care_kit.rules.directory.view import View

_SUBJECT = "Contrôleurs en lecture seule concernés"
_NEVER_REVEALED = (
    flags.ADMINISTRATORS,
    flags.ACCOUNT_OPERATORS,
    flags.SERVER_OPERATORS,
    flags.BACKUP_OPERATORS,
)
_DENIED = (
    flags.CONTROLLERS,
    flags.READ_ONLY_CONTROLLERS,
    flags.POLICY_CREATORS,
    flags.DOMAIN_ADMINS,
    flags.CERT_PUBLISHERS,
    flags.KRBTGT,
)
_DENIED_IN_ROOT = (flags.SCHEMA_ADMINS, flags.ENTERPRISE_ADMINS)


@RULES.decides("vuln_rodc_priv_revealed")
def revealed(view: View, check: Check) -> Outcome:
    """Privileged secrets that a read-only controller holds."""
    privileged = view.privileged.dns

    def offends(controller: DirectoryEntry) -> bool | None:
        links = controller.texts("msDS-RevealedUsers")
        # Form B:<length>:<hexadecimal>:<DN>; a working controller holds at least its own secret.
        accounts = {fold(link.split(":", 3)[-1]) for link in links}
        return bool(accounts & privileged) if links else None

    return each(_SUBJECT, view.read_only_controllers, offends, lowest(check))


@RULES.decides("vuln_rodc_never_reveal")
def never_revealed(view: View, check: Check) -> Outcome:
    """Default refusals that a read-only controller lost."""
    wanted = {*_NEVER_REVEALED, f"{view.domain_sid}-{flags.REPLICATION_DENIED}"}

    def offends(controller: DirectoryEntry) -> bool | None:
        refused, unseen = _sids(view, controller.texts("msDS-NeverRevealGroup"))
        missing = len(wanted - refused)
        return missing > unseen or (None if missing else False)

    return each(_SUBJECT, view.read_only_controllers, offends, lowest(check))


@RULES.decides("vuln_rodc_reveal")
def reveal_on_demand(view: View, check: Check) -> Outcome:
    """Read-only controllers allowed to keep the secrets of a built-in principal."""

    def offends(controller: DirectoryEntry) -> bool | None:
        allowed, unseen = _sids(view, controller.texts("msDS-RevealOnDemandGroup"))
        rids = {flags.rid(sid) for sid in allowed} - {flags.REPLICATION_ALLOWED}
        return any(rid < flags.FIRST_ORDINARY for rid in rids) or (None if unseen else False)

    return each(_SUBJECT, view.read_only_controllers, offends, lowest(check))


@RULES.decides("vuln_rodc_allowed_group")
def allowed_group(view: View, check: Check) -> Outcome:
    """The group whose secrets every read-only controller may keep must be empty."""
    sid = f"{view.domain_sid}-{flags.REPLICATION_ALLOWED}"
    group = view.required_sid(sid, "groupe de réplication autorisée sur les RODC")
    found = view.membership.direct(group)
    reason = f"Membres du groupe de réplication autorisée : {len(found)} (maximum 0)."
    if not found:
        return passed(reason)
    known = [view.entry(dn) for dn in found]
    return failed(reason, names(one for one in known if one is not None), lowest(check))


@RULES.decides("vuln_rodc_denied_group")
def denied_group(view: View, check: Check) -> Outcome:
    """The group whose secrets no read-only controller may keep lost a default member."""
    sid = f"{view.domain_sid}-{flags.REPLICATION_DENIED}"
    group = view.required_sid(sid, "groupe de réplication refusée sur les RODC")
    rids = (*_DENIED, *_DENIED_IN_ROOT) if view.is_forest_root else _DENIED
    members, unseen = _sids(view, group.texts("member"))
    missing = sum(1 for rid in rids if f"{view.domain_sid}-{rid}" not in members)
    reason = f"Membres par défaut absents du groupe de réplication refusée : {missing}."
    if missing > unseen:
        return failed(reason, [group.name], lowest(check))
    return untested(f"{reason} Membres illisibles : {unseen}.") if missing else passed(reason)


@RULES.decides("vuln_rodc_orphan_krbtgt")
def orphan_krbtgt(view: View, check: Check) -> Outcome:
    """Ticket-signing accounts whose read-only controller is gone."""
    linked = {fold(dn) for one in view.computers for dn in one.texts("msDS-KrbTgtLink")}
    return each(
        "Comptes krbtgt de RODC orphelins",
        [one for one in view.users if one.values("msDS-SecondaryKrbTgtNumber")],
        lambda one: fold(one.dn) not in linked,
        lowest(check),
    )


def _sids(view: View, dns: tuple[str, ...]) -> tuple[set[str], int]:
    """SIDs of these objects, and how many of them are hidden: any of the SIDs may be theirs."""
    found = [view.entry(dn) for dn in dns]
    known = {one.sid for one in found if one is not None and one.sid}
    return known, len(dns) - len(known)
