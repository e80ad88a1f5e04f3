"""Points about Kerberos delegation."""

from collections.abc import Callable

from care_kit.model.content.check import Check
from care_kit.model.facts.directory import DirectoryEntry
from care_kit.rules.directory import flags
from care_kit.rules.directory.decision import RULES, Outcome, each, lowest
from care_kit.rules.directory.view import View, has_flag, is_controller

_SUBJECT = "Comptes concernés"


@RULES.decides("vuln_delegation_t4d")
def unconstrained(view: View, check: Check) -> Outcome:
    """Accounts, controllers left out, that keep the ticket of whoever connects to them."""
    machines = [one for one in view.computers if not is_controller(one)]
    return each(
        _SUBJECT,
        [*view.users, *view.managed, *machines],
        lambda one: has_flag(one, flags.UNCONSTRAINED_DELEGATION),
        lowest(check),
        tolerated_percent=check.threshold("max_unreadable_percent"),
    )


@RULES.decides("vuln_delegation_a2d2")
def towards_controller(view: View, check: Check) -> Outcome:
    """Accounts that may act as anyone towards a controller's service."""
    hosts = _controller_names(view)
    return _delegating(view, check, lambda one: _reaches(one, hosts))


@RULES.decides("vuln_delegation_t2a4d")
def towards_controller_without_proof(view: View, check: Check) -> Outcome:
    """The same, even for people who never authenticated to them (protocol transition)."""
    hosts = _controller_names(view)

    def offends(account: DirectoryEntry) -> bool | None:
        return has_flag(account, flags.PROTOCOL_TRANSITION) if _reaches(account, hosts) else False

    return _delegating(view, check, offends)


@RULES.decides("vuln_delegation_sourcedeleg")
def resource_based(view: View, check: Check) -> Outcome:
    """Controllers or krbtgt towards which some account may act as anyone."""
    krbtgt = view.by_rid(flags.KRBTGT)
    targets = [*view.controllers, *([krbtgt] if krbtgt else [])]
    return each(
        "Services privilégiés concernés",
        targets,
        lambda one: bool(one.values("msDS-AllowedToActOnBehalfOfOtherIdentity")),
        lowest(check),
    )


def _delegating(
    view: View, check: Check, offends: Callable[[DirectoryEntry], bool | None]
) -> Outcome:
    """Judge the accounts that may delegate to some service: the others reach nothing."""
    innocent = len(view.accounts) - len(view.delegating)
    return each(_SUBJECT, view.delegating, offends, lowest(check), innocent=innocent)


def _controller_names(view: View) -> frozenset[str]:
    """Full and short names of the controllers, folded."""
    found: set[str] = set()
    for controller in view.controllers:
        full = (controller.text("dNSHostName") or "").casefold()
        found |= {full, full.partition(".")[0], controller.name.rstrip("$").casefold()}
    return frozenset(found - {""})


def _reaches(account: DirectoryEntry, hosts: frozenset[str]) -> bool:
    """Whether a service `class/host[:port][/name]` of its list lives on one of `hosts`."""
    for service in account.texts("msDS-AllowedToDelegateTo"):
        kind, _, rest = service.casefold().partition("/")
        if kind == "krbtgt" or rest.partition("/")[0].partition(":")[0] in hosts:
            return True
    return False
