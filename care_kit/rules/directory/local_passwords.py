"""Machines whose local administrator password nobody rolls: an observation, never a level."""

from care_kit.model.content.check import Check
from care_kit.model.facts.directory import DirectoryEntry, Section
from care_kit.rules.directory import flags
from care_kit.rules.directory.decision import RULES, Outcome, each, untested
from care_kit.rules.directory.servers import is_cluster
from care_kit.rules.directory.view import View, is_controller

# When the password expires, in the former LAPS and in Windows LAPS: any user may read them.
_EXPIRATIONS = ("ms-Mcs-AdmPwdExpirationTime", "msLAPS-PasswordExpirationTime")
_WINDOWS = "Windows"


@RULES.decides("obs_laps_coverage")
def coverage(view: View, check: Check) -> Outcome:
    """Enabled Windows machines, controllers and clusters left out, without a LAPS expiration date.

    When the schema has neither attribute, LAPS is not there. When it has one that no machine
    shows, it may be hidden as well as unused.
    """
    if not all(map(view.facts.has_all_values, _EXPIRATIONS)):
        return untested("Les dates d'expiration de LAPS n'ont pas été demandées.")
    if not view.identifiers.complete or not view.facts.read_whole(Section.SCHEMA):
        return untested("Les attributs de LAPS ne peuvent pas être cherchés : schéma illisible.")
    alone = (one for one in view.enabled_computers if not is_controller(one))
    machines = [one for one in alone if not is_cluster(one)]
    if any(map(view.identifiers.knows, _EXPIRATIONS)) and not any(map(_managed, machines)):
        return untested("Aucune machine ne montre de date de LAPS : cachée, ou jamais posée.")
    return each(
        "Machines Windows sans date d'expiration de LAPS",
        machines,
        _bare,
        flags.NO_LEVEL,
        unread=view.blind_computers,
        tolerated_percent=check.threshold("max_unreadable_percent"),
    )


def _managed(machine: DirectoryEntry) -> bool:
    return any(map(machine.values, _EXPIRATIONS))


def _bare(machine: DirectoryEntry) -> bool | None:
    """None for a machine without a date that does not tell its system either."""
    if _managed(machine):
        return False
    system = machine.text("operatingSystem")
    return None if system is None else _WINDOWS in system
