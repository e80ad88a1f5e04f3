"""Points about the DNS that the directory hosts."""

import struct

from care_kit.model.content.check import Check
from care_kit.model.facts.directory import DirectoryEntry
from care_kit.rules.directory.access import Target
from care_kit.rules.directory.decision import (
    RULES,
    Outcome,
    failed,
    lowest,
    names,
    passed,
    untested,
)
from care_kit.rules.directory.judging import judge
from care_kit.rules.directory.rights import Kind
from care_kit.rules.directory.view import View

_PROPERTY = struct.Struct("<IIIII")  # data length, name length, flag, version, id
_ALLOW_UPDATE, _UNSECURED = 0x2, 1  # MS-DNSP 2.3.2.1.1 and 2.2.6.1.1


def _deleted(zone: DirectoryEntry) -> bool:
    """A zone somebody deleted: kept a while under another name, and served no more."""
    return zone.dn.casefold().startswith("dc=..deleted-")


@RULES.decides("vuln_dnszone_bad_prop")
def open_zones(view: View, check: Check) -> Outcome:
    """Zones that anybody may write in: the domain's own (1), then any (3)."""
    zones = [one for one in view.of_class("dnsZone") if not _deleted(one)]
    if not zones:
        return untested("Aucune zone DNS n'a été lue dans l'annuaire.")
    answers = [(zone, _unsecured(zone)) for zone in zones]
    guilty = [zone for zone, answer in answers if answer]
    unknown = sum(1 for _, answer in answers if answer is None)
    subject = "Zones acceptant des mises à jour non authentifiées"
    if guilty:
        level = min(1 if _is_main(view, zone) else 3 for zone in guilty)
        return failed(f"{subject} : {len(guilty)} sur {len(zones)}.", names(guilty), level)
    if unknown:
        return untested(f"{subject} : réglage illisible pour {unknown} sur {len(zones)}.")
    return passed(f"{subject} : aucune sur {len(zones)}.")


def _unsecured(zone: DirectoryEntry) -> bool | None:
    """None when the zone's properties are hidden or are not properties."""
    if not zone.values("dNSProperty"):
        # The server's own cache and trust anchors have names that no zone can have.
        return False if _name(zone).startswith("..") else None
    for raw in zone.values("dNSProperty"):
        try:
            length, _, _, _, number = _PROPERTY.unpack_from(raw)
        except struct.error:
            return None
        if number == _ALLOW_UPDATE:
            data = raw[_PROPERTY.size : _PROPERTY.size + length]
            return data[0] == _UNSECURED if data else None
    return False


def _name(zone: DirectoryEntry) -> str:
    return zone.dn.partition(",")[0].partition("=")[2].casefold()


def _is_main(view: View, zone: DirectoryEntry) -> bool:
    parts = (part.partition("=")[2] for part in view.facts.domain_dn.split(","))
    domain = ".".join(parts).casefold()
    return _name(zone) in (domain, view.facts.forest_dns) or _name(zone).startswith("_msdcs.")


@RULES.decides("vuln_permissions_msdns")
def container(view: View, check: Check) -> Outcome:
    """The DNS servers' settings, from which a controller can be made to load code.

    DnsAdmins holds it by design: that group has a point of its own.
    """
    place = f"CN=MicrosoftDNS,CN=System,{view.facts.domain_dn}"
    administrators = frozenset({view.dns_administrators} - {""})
    return judge(
        view, check, [Target(view.required(place, "MicrosoftDNS"), Kind.DNS, administrators)]
    )


@RULES.decides("vuln_dnsadmins")
def administrators(view: View, check: Check) -> Outcome:
    """DnsAdmins must be empty, and nobody else may fill it."""
    group = view.by_sid(view.dns_administrators)
    if group is None:
        return untested("Le groupe DnsAdmins n'a pas été lu ou n'existe pas.")
    members = view.membership.direct(group)
    outcome = judge(view, check, [Target(group, Kind.GROUP)])
    if not members:
        return outcome
    found = [view.membership.by_dn.get(dn) for dn in members]
    shown = [one.name if one else dn for one, dn in zip(found, members, strict=True)]
    reason = f"Membres de DnsAdmins : {len(members)} (maximum 0)."
    return failed(reason, [*shown, *outcome.objects], lowest(check))
