"""Who may create an account that takes over another's rights: an observation, never a level."""

from care_kit.model.content.check import Check
from care_kit.model.facts.directory import DELEGATED_ACCOUNT as _CLASS
from care_kit.model.facts.directory import DirectoryEntry
from care_kit.model.words.french import counted
from care_kit.rules.directory import flags
from care_kit.rules.directory.access import ARROW, Access
from care_kit.rules.directory.decision import RULES, Outcome, failed, passed, untested
from care_kit.rules.directory.judging import access
from care_kit.rules.directory.rights import CREATE, EVERYONE, effective
from care_kit.rules.directory.view import View

_RIGHT = "création de comptes de service délégués"


@RULES.decides("obs_dmsa_creation")
def creation(view: View, check: Check) -> Outcome:
    """Rights to create any object, or a delegated managed account, in a unit or at the root."""
    who = access(view)
    if not view.identifiers.knows(_CLASS):
        return passed("Le schéma ne connaît pas les comptes de service managés délégués.")
    places = [view.domain, *view.of_class("organizationalUnit")]
    found = [
        ARROW.join((who.name(sid), _RIGHT, place.name))
        for place in places
        for sid in _creators(view, who, place)
    ]
    hidden = sum(1 for place in places if place.descriptor is None)
    reason = f"Droits de créer un compte de service délégué : {len(set(found))}."
    if found:
        return failed(reason, found, flags.NO_LEVEL)
    if hidden:
        return untested(
            f"Permissions illisibles pour {counted(hidden, 'objet')} sur {len(places)}."
        )
    return passed(reason)


def _creators(view: View, who: Access, place: DirectoryEntry) -> set[str]:
    """SIDs that may create one there and do not command the forest already."""
    descriptor = place.descriptor
    if descriptor is None:
        return set()
    if descriptor.dacl is None:  # no list at all refuses nothing
        return {EVERYONE}
    return {
        ace.sid
        for ace, mask in effective(descriptor.dacl)
        if mask & CREATE
        and (not ace.object_type or view.identifiers.class_name(ace.object_type) == _CLASS)
        and not who.trusted(ace.sid)
    }
