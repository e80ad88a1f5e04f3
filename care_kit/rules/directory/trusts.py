"""Points about trusts with other domains and forests."""

from collections.abc import Callable

from care_kit.model.content.check import Check
from care_kit.rules.directory.decision import RULES, Outcome, each, lowest
from care_kit.rules.directory.view import View

_INBOUND, _OUTBOUND = 1, 2
_QUARANTINED = 0x4
_FOREST = 0x8
_WITHIN_FOREST = 0x20
_SID_HISTORY = 0x40
_PRIVILEGED_IDENTITY = 0x400
_TICKET_DELEGATION = 0x800


def _trusts(view: View, check: Check, direction: int, offends: Callable[[int], bool]) -> Outcome:
    """Judge the attributes of the trusts of one direction; one trust per trusted domain."""

    def judged(attributes: int | None, way: int | None) -> bool | None:
        if attributes is None or way is None:
            return None
        return bool(way & direction) and offends(attributes)

    return each(
        "Relations d'approbation concernées",
        view.of_class("trustedDomain"),
        lambda one: judged(one.integer("trustAttributes"), one.integer("trustDirection")),
        lowest(check),
    )


@RULES.decides("vuln_trusts_domain_notfiltered")
def not_filtered(view: View, check: Check) -> Outcome:
    """Outbound trusts with an outside domain that do not filter identifiers."""
    filtered = _QUARANTINED | _FOREST | _WITHIN_FOREST | _PRIVILEGED_IDENTITY
    return _trusts(view, check, _OUTBOUND, lambda attributes: not attributes & filtered)


@RULES.decides("vuln_trusts_forest_sidhistory")
def forest_sid_history(view: View, check: Check) -> Outcome:
    """Outbound forest trusts that accept the former identifiers of the other side."""
    both = _FOREST | _SID_HISTORY
    return _trusts(view, check, _OUTBOUND, lambda attributes: attributes & both == both)


@RULES.decides("vuln_trusts_tgt_deleg")
def ticket_delegation(view: View, check: Check) -> Outcome:
    """Inbound trusts over which our tickets may be delegated."""
    return _trusts(view, check, _INBOUND, lambda attributes: bool(attributes & _TICKET_DELEGATION))


@RULES.decides("vuln_trusts_accounts")
def trust_secrets(view: View, check: Check) -> Outcome:
    """Trust accounts whose secret is no longer renewed."""
    days = check.threshold("max_age_days")
    return each(
        "Comptes d'approbation concernés",
        view.trust_accounts,
        lambda one: view.password_older(one, days),
        lowest(check),
        unread=view.blind_users,
        tolerated_percent=check.threshold("max_unreadable_percent"),
    )
