"""Points about who may change the objects that the whole forest rests on."""

from care_kit.model.content.check import Check
from care_kit.model.facts.directory import Part
from care_kit.rules.directory.access import Target
from care_kit.rules.directory.decision import RULES, Outcome, passed, untested
from care_kit.rules.directory.judging import access, judge
from care_kit.rules.directory.membership import fold
from care_kit.rules.directory.rights import Grant, Kind
from care_kit.rules.directory.view import View

_LOCAL_REPLICATION = {"msDFSR-LocalSettings", "msDFSR-Subscriber", "msDFSR-Subscription"}
_DNS_PARTS = (Part.DOMAIN_DNS, Part.FOREST_DNS)


@RULES.decides("vuln_permissions_adminsdholder")
def model(view: View, check: Check) -> Outcome:
    """AdminSDHolder: its permissions are copied onto every privileged account and group."""
    holder = view.required(f"CN=AdminSDHolder,{_system(view)}", "AdminSDHolder")
    return judge(view, check, [Target(holder, Kind.MODEL)])


@RULES.decides("vuln_permissions_naming_context")
def roots(view: View, check: Check) -> Outcome:
    """Roots of the partitions: replicating them gives every secret of the domain."""
    configuration = view.facts.configuration_dn
    entries = [
        view.domain,
        view.required(configuration, "racine de la configuration"),
        view.required(f"CN=Schema,{configuration}", "racine du schéma"),
    ]
    dns = [one for one in view.of_class("domainDNS") if one.part in _DNS_PARTS]
    administrators = frozenset({view.dns_administrators} - {""})
    targets = [Target(one, Kind.ROOT) for one in entries]
    targets += [Target(one, Kind.ROOT, administrators) for one in dns]
    return judge(view, check, targets)


@RULES.decides("vuln_permissions_dc")
def controllers(view: View, check: Check) -> Outcome:
    """Accounts of controllers, and who manages the read-only ones."""
    who = access(view)
    targets = [Target(one, Kind.ACCOUNT) for one in view.controllers]
    managed = [
        (target, Grant(2, "gestionnaire du contrôleur (managedBy)", manager.sid))
        for target in targets
        if target.entry in view.read_only_controllers
        for manager in map(view.entry, target.entry.texts("managedBy"))
        if manager is not None and manager.sid and not who.trusted(manager.sid)
    ]
    return judge(view, check, targets, managed)


@RULES.decides("vuln_permissions_schema")
def schema(view: View, check: Check) -> Outcome:
    """Objects of the schema, which define what every object may hold."""
    root = fold(f"CN=Schema,{view.facts.configuration_dn}")
    found = [one for one in view.facts.entries if one.part is Part.SCHEMA and fold(one.dn) != root]
    return judge(view, check, [Target(one, Kind.OTHER) for one in found])


@RULES.decides("vuln_permissions_dfsr_sysvol")
def file_replication(view: View, check: Check) -> Outcome:
    """What decides where controllers take their scripts and policies from."""
    settings = f"CN=DFSR-GlobalSettings,{_system(view)}"
    view.required(settings, "réglages de la réplication DFS-R")
    targets = [Target(one, Kind.OTHER) for one in view.under(settings)]
    for controller in view.controllers:
        own = frozenset({controller.sid or ""})
        targets += [
            Target(one, Kind.OTHER, own)
            for one in view.under(controller.dn)
            if not _LOCAL_REPLICATION.isdisjoint(one.classes)
        ]
    return judge(view, check, targets)


@RULES.decides("vuln_permissions_dpapi")
def backup_keys(view: View, check: Check) -> Outcome:
    """Keys that open every user's protected data; an ordinary account usually sees none."""
    keys = [one for one in view.of_class("secret") if fold(one.dn).startswith("cn=bckupkey_")]
    if not keys:
        return untested("Aucune clé DPAPI n'est visible avec ce compte.")
    return judge(view, check, [Target(one, Kind.KEYS) for one in keys])


@RULES.decides("vuln_permissions_gmsa_keys")
def managed_keys(view: View, check: Check) -> Outcome:
    """Root keys from which the passwords of managed accounts are computed."""
    place = "CN=Group Key Distribution Service,CN=Services"
    keys = view.of_class("msKds-ProvRootKey")
    container = view.entry(f"CN=Master Root Keys,{place},{view.facts.configuration_dn}")
    above = [] if container is None else [Target(container, Kind.OTHER)]
    outcome = judge(view, check, [*(Target(one, Kind.KEYS) for one in keys), *above])
    if not keys and not outcome.objects:
        return untested("Aucune clé racine de comptes managés n'est visible avec ce compte.")
    return outcome


@RULES.decides("vuln_privileged_members_perm")
def privileged_accounts(view: View, check: Check) -> Outcome:
    """Privileged accounts, those protected as AdminSDHolder protects left out."""
    who, found = access(view), view.privileged
    own = [one for one in found.accounts if "user" in one.classes]
    exposed = [one for one in own if not who.like_holder(one)]
    if own and not exposed and not found.unresolved:
        return passed(f"Comptes privilégiés protégés comme AdminSDHolder : {len(own)}.")
    targets = [Target(one, Kind.ACCOUNT) for one in exposed]
    return judge(view, check, targets, unread=len(found.unresolved))


def _system(view: View) -> str:
    return f"CN=System,{view.facts.domain_dn}"
