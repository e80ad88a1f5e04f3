"""Points about what the reading account could not see, and about who owns what."""

from care_kit.model.content.check import Check
from care_kit.model.facts.directory import DirectoryEntry, Section
from care_kit.rules.directory import flags
from care_kit.rules.directory.decision import RULES, Outcome, each, failed, lowest, passed, untested
from care_kit.rules.directory.view import View

_CRITICAL = ("objectSid", "userAccountControl", "nTSecurityDescriptor")
_SYSTEM = "S-1-5-18"


@RULES.decides("vuln_critical_objects")
def critical_objects(view: View, check: Check) -> Outcome:
    """Objects without which nothing can be vouched for must be visible to any account."""
    rids = [flags.ADMINISTRATOR, flags.KRBTGT, flags.DOMAIN_ADMINS]
    if view.is_forest_root:
        rids += [flags.SCHEMA_ADMINS, flags.ENTERPRISE_ADMINS]
    sids = [f"{view.domain_sid}-{rid}" for rid in rids]
    missing = [sid for sid in sids if view.by_sid(sid) is None]
    if missing and not view.facts.read_whole(Section.PRINCIPALS):
        return untested(f"Lecture incomplète : {Section.PRINCIPALS}.")
    holder = f"CN=AdminSDHolder,CN=System,{view.facts.domain_dn}"
    if view.entry(holder) is None:
        missing.append(holder)
    total = len(sids) + 1
    if missing:
        reason = f"Objets critiques invisibles avec ce compte : {len(missing)} sur {total}."
        return failed(reason, missing, lowest(check))
    return passed(f"Objets critiques visibles : {total} sur {total}.")


@RULES.decides("vuln_sd_failed_sd_read_on_priv")
def hidden_privileged(view: View, check: Check) -> Outcome:
    """Privileged accounts whose permissions or state are hidden from any account."""
    own = [one for one in view.privileged.accounts if "user" in one.classes]
    return each(
        "Comptes privilégiés dont des informations critiques sont illisibles",
        own,
        lambda one: not all(map(one.values, _CRITICAL)),
        lowest(check),
        unread=len(view.privileged.unresolved),
    )


@RULES.decides("vuln_owner")
def owners(view: View, check: Check) -> Outcome:
    """Objects older than a week that belong to someone else than the administrators."""
    legitimate = {
        f"{view.domain_sid}-{flags.DOMAIN_ADMINS}",
        *(f"{root}-{flags.ENTERPRISE_ADMINS}" for root in view.root_sids),
        flags.ADMINISTRATORS,
        _SYSTEM,
    }
    days = check.threshold("min_age_days")
    groups = [one for one in view.principals if "group" in one.classes]
    places = [*view.of_class("organizationalUnit"), *view.of_class("groupPolicyContainer")]
    owned = (*view.accounts, *groups, *places)

    def offends(entry: DirectoryEntry) -> bool | None:
        descriptor = entry.descriptor
        if descriptor is not None and descriptor.owner in legitimate:
            return False
        if view.older(entry, "whenCreated", days) is False:
            return False
        return None if descriptor is None else True

    return each("Objets au propriétaire inattendu", owned, offends, lowest(check))
