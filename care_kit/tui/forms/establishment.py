"""Who the dossier is about, as a form."""

from collections.abc import Sequence

from care_kit.dossier.entry.establishments import changed, corrected
from care_kit.dossier.journal.events import EstablishmentCorrected
from care_kit.model.dossier.state import DossierState
from care_kit.model.words.errors import InputError
from care_kit.model.words.text import folded
from care_kit.tui.windows.form import Field

_YES_NO = {"oui": True, "non": False}


def fields(state: DossierState) -> Sequence[Field]:
    """What may be corrected, as it stands."""
    one = state.establishment
    return (
        Field("Nom", one.name),
        Field("Catégorie", one.category),
        Field("Région", one.region),
        Field(
            "NIS 2 (entité essentielle, entité importante, hors champ, à compléter)", one.nis2.label
        ),
        Field("Opérateur de services essentiels (oui ou non)", "oui" if one.ose else "non"),
        Field("Représentant légal, nom et qualité", state.legal_representative),
    )


def written(
    state: DossierState, name: str, category: str, region: str, nis2: str, ose: str, signs: str
) -> EstablishmentCorrected:
    """The event for what `fields` were changed into; InputError when it cannot be."""
    answer = _YES_NO.get(folded(ose))
    if answer is None:
        raise InputError(f"« {ose} » ne dit ni oui ni non.", "Écrivez « oui » ou « non ».")
    made = changed(
        state.establishment, name=name, category=category, region=region, nis2=nis2, ose=answer
    )
    return corrected(state, made, signs)
