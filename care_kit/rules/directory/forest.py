"""Points decided by a setting of the forest or of the domain."""

from collections.abc import Callable

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
from care_kit.rules.directory.loops import looped
from care_kit.rules.directory.view import View

_CLEARTEXT_PASSWORDS = 16  # DOMAIN_PASSWORD_STORE_CLEARTEXT of pwdProperties
_BROAD_KEY_ADMINS = 15
_MIGRATED_TO_DFSR = 48  # msDFSR-Flags once SYSVOL no longer uses FRS


@RULES.decides("vuln_functional_level")
def functional_level(view: View, check: Check) -> Outcome:
    """The forest's level; a domain cannot be below it."""
    partitions = view.required(
        f"CN=Partitions,{view.facts.configuration_dn}", "liste des partitions"
    )
    version = partitions.integer("msDS-Behavior-Version")
    if version is None:
        return untested("Le niveau fonctionnel de la forêt n'est pas lisible.")
    for level in sorted(check.levels):
        minimum = check.threshold(f"level_{level}_min_version")
        if version < minimum:
            reason = f"Niveau fonctionnel {version} (minimum {minimum:.0f} au niveau {level})."
            return failed(reason, [partitions.name], level)
    return passed(f"Niveau fonctionnel de la forêt : {version}.")


# 1-based character of dSHeuristics, its name, the values that fail, and the level they fail at.
_HEURISTICS: tuple[tuple[int, str, str, int], ...] = (
    (8, "fAllowAnonNSPI", "≠0", 1),
    (16, "dwAdminSDExMask", "≠0", 1),
    (7, "fLDAPBlockAnonOps", "=2", 2),
    (21, "DoNotVerifyUPNAndOrSPNUniqueness", "≠0", 2),
    (28, "AttributeAuthorizationOnLDAPAdd", "=2", 2),
    (29, "BlockOwnerImplicitRights", "=2", 2),
    (28, "AttributeAuthorizationOnLDAPAdd", "≠1", 4),
    (29, "BlockOwnerImplicitRights", "≠1", 4),
)


@RULES.decides("vuln_dsheuristics_bad")
def heuristics(view: View, check: Check) -> Outcome:
    """Dangerous characters of dSHeuristics; characters that are not written are zeros."""
    dn = f"CN=Directory Service,CN=Windows NT,CN=Services,{view.facts.configuration_dn}"
    service = view.required(dn, "configuration du service d'annuaire")
    value = service.text("dSHeuristics") or ""
    found = [
        (level, f"{position} ({name})")
        for position, name, failing, level in _HEURISTICS
        if _matches(value[position - 1 : position] or "0", failing)
    ]
    if not found:
        return passed("Aucun caractère dangereux dans dSHeuristics.")
    worst = min(level for level, _ in found)
    places = ", ".join(dict.fromkeys(place for _, place in found))
    return failed(f"Caractères de dSHeuristics à corriger : {places}.", [service.name], worst)


def _matches(character: str, failing: str) -> bool:
    return (character == failing[1]) is (failing[0] == "=")


@RULES.decides("vuln_adupdate_bad")
def domain_update(view: View, check: Check) -> Outcome:
    """A preview of Windows Server 2016 gave Key Admins every right on the domain."""
    dn = f"CN=ActiveDirectoryUpdate,CN=DomainUpdates,CN=System,{view.facts.domain_dn}"
    update = view.required(dn, "révision de préparation du domaine")
    revision = update.integer("revision")
    if revision is None:
        return untested("La révision de préparation du domaine n'est pas lisible.")
    reason = f"Révision de préparation du domaine : {revision}."
    if revision == _BROAD_KEY_ADMINS:
        return failed(reason, [update.name], lowest(check))
    return passed(reason)


@RULES.decides("vuln_user_accounts_machineaccountquota")
def machine_quota(view: View, check: Check) -> Outcome:
    """How many machines any user may join to the domain."""
    quota = view.domain.integer("ms-DS-MachineAccountQuota")
    if quota is None:
        return untested("Le quota d'ajout de machines n'est pas lisible.")
    reason = f"Machines que tout utilisateur peut ajouter : {quota} (maximum 0)."
    return failed(reason, [view.domain.name], lowest(check)) if quota else passed(reason)


@RULES.decides("vuln_smartcard_expire_passwords")
def smart_cards(view: View, check: Check) -> Outcome:
    """Secrets of smart-card accounts must be renewed by the controllers."""
    rolled = view.domain.text("msDS-ExpirePasswordsOnSmartCardOnlyAccounts")
    if rolled is None:
        return untested("Le renouvellement des secrets de cartes à puce n'est ni écrit ni lisible.")
    if rolled == "TRUE":
        return passed("Les secrets des comptes à carte à puce sont renouvelés.")
    reason = "Les secrets des comptes à carte à puce ne sont pas renouvelés."
    return failed(reason, [view.domain.name], lowest(check))


@RULES.decides("vuln_reversible_password_priv_namingcontext")
def cleartext_passwords(view: View, check: Check) -> Outcome:
    """The domain's policy must not keep passwords in a reversible form."""
    properties = view.domain.integer("pwdProperties")
    if properties is None:
        return untested("Les propriétés de la stratégie de mot de passe ne sont pas lisibles.")
    if properties & _CLEARTEXT_PASSWORDS:
        reason = "La stratégie du domaine conserve les mots de passe sous forme réversible."
        return failed(reason, [view.domain.name], lowest(check))
    return passed("La stratégie du domaine ne conserve pas de mot de passe réversible.")


@RULES.decides("vuln_compatible_2000_anonymous")
def anonymous_reader(view: View, check: Check) -> Outcome:
    """Anonymous must not be in the pre-Windows 2000 group."""
    return _old_readers(view, check, lambda sid: sid == flags.ANONYMOUS)


@RULES.decides("vuln_compatible_2000_not_default")
def unusual_readers(view: View, check: Check) -> Outcome:
    """Only Authenticated Users may be in the pre-Windows 2000 group."""
    return _old_readers(view, check, lambda sid: sid != flags.AUTHENTICATED_USERS)


def _old_readers(view: View, check: Check, offends: Callable[[str], bool]) -> Outcome:
    group = view.required_sid(flags.PRE_WINDOWS_2000, "groupe d'accès pré-Windows 2000")
    found = [view.entry(dn) for dn in group.texts("member")]
    read = [one for one in found if one is not None]
    return each(
        "Membres indésirables du groupe",
        read,
        lambda one: offends(one.sid) if one.sid else None,
        lowest(check),
        unread=len(found) - len(read),
    )


@RULES.decides("vuln_group_loop")
def group_loops(view: View, check: Check) -> Outcome:
    """Groups that contain themselves through others."""
    circular = looped(view.membership.nested_groups())
    groups = [view.membership.by_dn[dn] for dn in circular]
    reason = f"Groupes pris dans une boucle d'imbrication : {len(groups)}."
    return failed(reason, names(groups), lowest(check)) if groups else passed(reason)


@RULES.decides("vuln_display_specifier")
def admin_menus(view: View, check: Check) -> Outcome:
    """Administration menus must not run a command kept outside SYSVOL."""
    view.required(
        f"CN=DisplaySpecifiers,{view.facts.configuration_dn}",
        "conteneur des menus d'administration",
    )
    menus = view.of_class("displaySpecifier")

    def offends(menu: DirectoryEntry) -> bool:
        return any(map(_outside_sysvol, menu.texts("adminContextMenu")))

    return each("Menus exécutant un fichier hors de SYSVOL", menus, offends, lowest(check))


def _outside_sysvol(menu: str) -> bool:
    """Whether `order,caption,command` runs a network file that is not under a SYSVOL share."""
    command = menu.split(",", 2)[-1].strip().strip('"').casefold()
    if not command.startswith("\\\\"):
        return False
    return command.split("\\")[3:4] != ["sysvol"]


@RULES.decides("vuln_sysvol_ntfrs")
def file_replication(view: View, check: Check) -> Outcome:
    """SYSVOL must be replicated by DFS-R, not by the old FRS."""
    settings = view.entry(f"CN=DFSR-GlobalSettings,CN=System,{view.facts.domain_dn}")
    if settings is not None and settings.integer("msDFSR-Flags") == _MIGRATED_TO_DFSR:
        return passed("SYSVOL est répliqué par DFS-R.")
    members = [one for one in view.of_class("nTFRSMember") if "CN=Domain System Volume" in one.dn]
    if members:
        reason = f"Contrôleurs répliquant SYSVOL par FRS : {len(members)}."
        return failed(reason, names(members), lowest(check))
    return untested("Le mode de réplication de SYSVOL n'est pas lisible.")
