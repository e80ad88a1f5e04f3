"""Points about domain controllers."""

import re
from datetime import date

from care_kit.model.content.check import Check
from care_kit.model.facts.directory import DirectoryEntry
from care_kit.rules.directory import flags
from care_kit.rules.directory.decision import RULES, Outcome, each, failed, lowest, names, untested
from care_kit.rules.directory.membership import fold
from care_kit.rules.directory.view import View

_SUBJECT = "Contrôleurs de domaine concernés"

# End of extended support by version, build numbers telling 10.0 apart. Each date is that of the
# page named after it under https://learn.microsoft.com/lifecycle/products/, as read in Microsoft's
# own files (MicrosoftDocs/lifecycle-data-pr.fr-fr, 2020 and 2021). The page of 2022 was read
# itself; that of 2025 only in a copy (altrhombus/DataForGeeks, 14 May 2026).
_SUPPORT_ENDS = {
    "6.0": date(2020, 1, 14),  # windows-server-2008
    "6.1": date(2020, 1, 14),  # windows-server-2008-r2
    "6.2": date(2023, 10, 10),  # windows-server-2012
    "6.3": date(2023, 10, 10),  # windows-server-2012-r2
    "10.0 (14393)": date(2027, 1, 12),  # windows-server-2016
    "10.0 (17763)": date(2029, 1, 9),  # windows-server-2019
    "10.0 (20348)": date(2031, 10, 14),  # windows-server-2022
    "10.0 (26100)": date(2034, 11, 14),  # windows-server-2025
}
# No page of Microsoft was found for what came before 6.0; it was not kept up any longer than 6.0.
_BEFORE = re.compile(r"5\.[0-2]\b")


@RULES.decides("vuln_dc_obsolete")
def obsolete(view: View, check: Check) -> Outcome:
    """Controllers on a Windows that no longer receives fixes at the date of the reading."""

    def offends(controller: DirectoryEntry) -> bool | None:
        end = _support_end(controller.text("operatingSystemVersion") or "")
        return None if end is None else view.now.date() > end

    return each(_SUBJECT, view.controllers, offends, lowest(check))


def _support_end(version: str) -> date | None:
    """None when no date was found in our sources for that version."""
    if _BEFORE.match(version):
        return _SUPPORT_ENDS["6.0"]
    return _SUPPORT_ENDS.get(version) or _SUPPORT_ENDS.get(version.partition(" ")[0])


@RULES.decides("vuln_dc_inconsistent_uac")
def inconsistent(view: View, check: Check) -> Outcome:
    """Controllers whose account and site objects do not tell the same story."""
    declared = _declared_servers(view)

    def offends(controller: DirectoryEntry) -> bool | None:
        control = controller.integer("userAccountControl")
        if control is None:
            return None
        wanted = flags.SERVER_TRUST | flags.UNCONSTRAINED_DELEGATION
        if controller in view.read_only_controllers:
            wanted = flags.PARTIAL_SECRETS | flags.PROTOCOL_TRANSITION | flags.WORKSTATION_TRUST
        return control & wanted != wanted or fold(controller.dn) not in declared

    return each(_SUBJECT, view.controllers, offends, lowest(check))


def _declared_servers(view: View) -> set[str]:
    """Folded DNs of machines that a site declares with working directory settings."""
    settings = [*view.of_class("nTDSDSA"), *view.of_class("nTDSDSARO")]
    alive = {
        fold(one.dn.partition(",")[2])
        for one in settings
        if one.integer("msDS-Behavior-Version") is not None
    }
    return {
        fold(server.text("serverReference") or "")
        for server in view.of_class("server")
        if fold(server.dn) in alive
    }


@RULES.decides("vuln_password_change_dc_no_change")
def unchanged_secret(view: View, check: Check) -> Outcome:
    """Controllers whose machine secret stopped being renewed."""
    days = check.threshold("max_age_days")
    return each(
        _SUBJECT, view.controllers, lambda one: view.password_older(one, days), lowest(check)
    )


@RULES.decides("vuln_password_change_inactive_dc")
def inactive(view: View, check: Check) -> Outcome:
    """Controllers that no longer authenticate."""
    days = check.threshold("max_silent_days")
    return each(_SUBJECT, view.controllers, lambda one: view.silent(one, days), lowest(check))


@RULES.decides("vuln_dc_crypto")
def weak_encryption(view: View, check: Check) -> Outcome:
    """Kerberos algorithms that controllers accept: DES, then no AES, then RC4."""
    worst: dict[int, list[DirectoryEntry]] = {}
    silent = 0
    for controller in view.controllers:
        types = controller.integer("msDS-SupportedEncryptionTypes")
        if not types:
            silent += 1  # the default depends on updates that the directory does not tell
            continue
        level = _encryption_level(types)
        if level:
            worst.setdefault(level, []).append(controller)
    total = len(view.controllers)
    if worst:
        guilty = [one for found in worst.values() for one in found]
        return failed(f"{_SUBJECT} : {len(guilty)} sur {total}.", names(guilty), min(worst))
    if silent:
        return untested(f"{_SUBJECT} : algorithmes non déclarés pour {silent} sur {total}.")
    return each(_SUBJECT, view.controllers, lambda _: False, lowest(check))


def _encryption_level(types: int) -> int | None:
    if types & flags.DES_TYPES:
        return 2
    if not types & flags.AES_TYPES:
        return 3
    return 4 if types & flags.RC4_TYPE else None
