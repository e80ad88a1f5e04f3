"""One object per DN, from the several tables that speak of it."""

from collections import Counter
from collections.abc import Iterator

from care_kit.model.facts.directory import Section
from care_kit.model.words.french import counted
from care_kit.probes.imports.refusals import malformed
from care_kit.probes.imports.selection import Collected
from care_kit.probes.imports.tables import Table
from care_kit.probes.imports.values import AmbiguousError, decoded

_ACCOUNT = ("top", "person", "organizationalPerson", "user")
# Classes of the tables that name one, for the collections whose `top` has no objectClass column.
_CLASSES: dict[str, tuple[str, ...]] = {
    "user": _ACCOUNT,
    "computer": (*_ACCOUNT, "computer"),
    "smsa": (*_ACCOUNT, "computer", "msDS-ManagedServiceAccount"),
    "gmsa": (*_ACCOUNT, "computer", "msDS-GroupManagedServiceAccount"),
    "group": ("top", "group"),
    "foreignsecurityprincipal": ("top", "foreignSecurityPrincipal"),
    "trusteddomain": ("top", "leaf", "trustedDomain"),
    "root": ("top", "domain", "domainDNS"),
    "ou": ("top", "organizationalUnit"),
    "gpo": ("top", "container", "groupPolicyContainer"),
    "dnszone": ("top", "dnsZone"),
    "msdfsr-localsettings": ("top", "msDFSR-LocalSettings"),
    "msdfsr-subscriber": ("top", "msDFSR-Subscriber"),
    "msdfsr-subscription": ("top", "msDFSR-Subscription"),
    "site": ("top", "site"),
    "controlaccessright": ("top", "controlAccessRight"),
    "pkicertificatetemplate": ("top", "pKICertificateTemplate"),
    "attribute": ("top", "attributeSchema"),
    "class": ("top", "classSchema"),
    "passwordsettings": ("top", "msDS-PasswordSettings"),
    "ntfrsreplicaset": ("top", "nTFRSReplicaSet"),
    "ntfrsmember": ("top", "nTFRSMember"),
    "msdfsr-globalsettings": ("top", "msDFSR-GlobalSettings"),
    "crossrefcontainer": ("top", "crossRefContainer"),
    "crossref": ("top", "crossRef"),
    "ntdsservice": ("top", "nTDSService"),
    "server": ("top", "server"),
    "ntdsdsa": ("top", "applicationSettings", "nTDSDSA"),
    "authnpolicysilo": ("top", "msDS-AuthNPolicySilo"),
    "displayspecifier": ("top", "displaySpecifier"),
    "certificationauthority": ("top", "certificationAuthority"),
    "pkienrollmentservice": ("top", "pKIEnrollmentService"),
}
_POLICY_LINKS = frozenset({"msds-psoappliesto", "msds-resultantpso"})
_DELETED = ("\\0adel:", ",cn=deleted objects,")

Column = tuple[int, str, str]


class Merged:
    """Objects under construction; `wanted` are the lower-case names of the attributes kept."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self._wanted = wanted | _POLICY_LINKS
        self._objects: dict[str, tuple[str, dict[str, tuple[bytes, ...]]]] = {}
        self._ambiguous: Counter[str] = Counter()

    def columns(self, table: Table) -> list[Column]:
        """Place, attribute and type of the DN then of the columns kept.

        An attribute shown as words has a twin column `_int`: only the number is kept.
        """
        names = [one.lower() for one in table.columns]
        found: list[Column] = [(0, "dn", "")] if names[:1] == ["dn"] else []
        for place, (name, kind) in enumerate(zip(names, table.types, strict=True)):
            attribute = name.removesuffix("_int")
            if attribute in self._wanted and not (name == attribute and f"{name}_int" in names):
                found.append((place, attribute, kind))
        return found if found[:1] == [(0, "dn", "")] else []

    def add(self, file: str, number: int, table: str, cells: list[str], kept: list[Column]) -> None:
        """Take one row in; deleted objects, which `top` lists too, are left out."""
        dn = cells[0]
        folded = dn.casefold()
        if not dn or any(mark in folded for mark in _DELETED):
            return
        _, attributes = self._objects.setdefault(folded, (dn, {}))
        for place, name, kind in kept[1:]:
            try:
                values = decoded(name, kind, cells[place])
            except AmbiguousError:
                self._ambiguous[name] += 1
                continue
            except ValueError as cause:
                why = f"la valeur de {name} n'est pas du type annoncé ({kind})"
                raise malformed(file, f"ligne {number}", why) from cause
            if values:
                attributes[name] = values
        if "objectclass" not in attributes and table in _CLASSES:
            attributes["objectclass"] = tuple(one.encode("ascii") for one in _CLASSES[table])

    def objects(self) -> Iterator[Collected]:
        """Every object, in the order its DN was first met."""
        self._link_policies()
        return (Collected(dn, attributes) for dn, attributes in self._objects.values())

    def has(self, dn: str) -> bool:
        """Whether some table speaks of that object."""
        return dn.casefold() in self._objects

    def _link_policies(self) -> None:
        """Write the back link that rules read, from the links that ORADAD collects."""
        applied: dict[str, list[bytes]] = {}
        for dn, attributes in self._objects.values():
            for target in attributes.get("msds-psoappliesto", ()):
                folded = target.decode("utf-8").casefold()
                applied.setdefault(folded, []).append(dn.encode("utf-8"))
        for folded, (_, attributes) in self._objects.items():
            # The policy that wins, when the server told it, is the only one that matters.
            found = attributes.get("msds-resultantpso") or tuple(applied.get(folded, ()))
            if found:
                attributes["msds-psoapplied"] = found

    def doubts(self) -> list[str]:
        """What was lost or could not be cut, as sentences of `DirectoryFacts.unreadable`."""
        said = [
            f"{Section.PRINCIPALS} : point-virgule ambigu dans {counted(count, 'liste')} {name}."
            for name, count in sorted(self._ambiguous.items())
        ]
        histories = [
            attributes["sidhistory"]
            for _, attributes in self._objects.values()
            if "sidhistory" in attributes
        ]
        if histories and all(len(one) == 1 for one in histories):
            said.append(
                "sIDHistory : ORADAD n'écrit que le premier SID d'un historique "
                f"({counted(len(histories), 'objet concerné', 'objets concernés')})."
            )
        return said
