"""The window and the writing of an accepted risk: the core of `care risk accept`."""

from collections.abc import Callable
from datetime import date

from care_kit.assessment.risks.accepting import acceptance
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.events import RiskAccepted
from care_kit.model.dossier.typed_answer import day_of
from care_kit.model.words.errors import InputError
from care_kit.tui.views.view import View
from care_kit.tui.windows.form import Field, FormScreen


def window(view: View, check: str) -> FormScreen:
    """Why, until when, and for which object; refuses what the command line refuses."""
    fields = (
        Field("Motif, que lira l'examinateur"),
        Field("Jusqu'au (JJ/MM/AAAA)"),
        Field("Un seul objet (vide : tout le contrôle)"),
    )
    note = "Le constat reste un échec : l'acceptation se lit à côté, et s'éteint à sa date."
    return FormScreen(
        f"{check} : accepter le risque", fields, lambda *texts: _event(view, check, *texts), note
    )


def accept(view: View, check: str, reason: str, until: str, name: str) -> Callable[[Dossier], str]:
    """What the application runs once the window is accepted."""

    def write(dossier: Dossier) -> str:
        event = _event(view, check, reason, until, name)
        dossier.append(event)
        return f"{event.check} : risque accepté jusqu'au {event.until:%d/%m/%Y}. Il reste un échec."

    return write


def _event(view: View, check: str, reason: str, until: str, name: str) -> RiskAccepted:
    key = view.dossier.pseudonym_key
    return acceptance(view.now.findings, key, check, reason, typed_day(until), view.today, name)


def typed_day(text: str) -> date:
    """A day as people type it; InputError otherwise."""
    found = day_of(text)
    if found is None:
        raise InputError(f"« {text} » n'est pas une date.", "Écrivez par exemple 31/03/2027.")
    return found
