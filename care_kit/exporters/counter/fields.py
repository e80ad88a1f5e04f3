"""The copy sheet: what a counter's form may ask, one value at a time, each under a stable key.

The forms of eCaRE and Convergence are not public: the order is ours, not theirs.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from care_kit.assessment.programme.funding import funding
from care_kit.assessment.standing.situation import Situation
from care_kit.dossier.dossier import Dossier
from care_kit.exporters.gather import material as gathered
from care_kit.exporters.material import Material
from care_kit.exporters.papers.shape import gap
from care_kit.exporters.redaction import redact
from care_kit.model.content.programme import Programme
from care_kit.model.results.funding_file import Stage
from care_kit.model.results.wording import answered, interval
from care_kit.model.words.french import TO_COMPLETE, day, percent
from care_kit.model.words.text import printable


@dataclass(frozen=True)
class Field:
    """A value to copy: `key` never changes, `label` is French, a gap begins « à compléter »."""

    key: str
    label: str
    value: str

    @property
    def known(self) -> bool:
        """False for a visible gap."""
        return not self.value.startswith(TO_COMPLETE)


def sheet(
    dossier: Dossier, now: Situation, programme: Programme, stage: Stage
) -> tuple[Field, ...]:
    """Every field of a paper of a dossier; accounts and hosts bear their pseudonyms."""
    told = fields(redact(gathered(dossier, now, programme.id)), programme, stage)
    return (*told, *_form(now, programme))


def fields(material: Material, programme: Programme, stage: Stage) -> tuple[Field, ...]:
    """Every field of a paper, from a redacted material; texts hold no control character."""
    found = (
        *_establishment(material),
        *_assessment(material),
        *_objectives(material, programme),
        *_money(material, programme, stage),
    )
    return tuple(Field(one.key, one.label, printable(one.value)) for one in found)


def _establishment(material: Material) -> Iterator[Field]:
    one = material.state.establishment
    yield Field("etablissement.nom", "Nom de l'établissement", one.name or gap("nom"))
    yield Field("etablissement.categorie", "Catégorie", one.category or gap("catégorie"))
    yield Field("etablissement.region", "Région", one.region or gap("région"))
    yield Field("etablissement.nis2", "Statut NIS 2", one.nis2.label)
    yield Field("etablissement.ght", "Groupement hospitalier de territoire", _yes(one.ght))
    for rank, entity in enumerate(one.entities, 1):
        yield Field(f"entite.{rank}.nom", f"Entité juridique {rank}", entity.name)
        yield Field(f"entite.{rank}.finess", f"FINESS juridique {rank}", entity.finess_ej)
        sites = ", ".join(f"{site.name} ({site.finess_eg})" for site in entity.sites)
        yield Field(f"entite.{rank}.sites", f"Sites de l'entité {rank}", sites or gap("sites"))
    signs = material.state.legal_representative or gap("nom et qualité")
    yield Field("representant.nom", "Représentant légal", signs)


def _assessment(material: Material) -> Iterator[Field]:
    score = material.assessment.overall
    yield Field("evaluation.referentiel", "Référentiel", material.questionnaire.title)
    yield Field("evaluation.niveau", "Niveau (0 à 4)", interval(score.level))
    yield Field("evaluation.indice", "Indice (0 à 100)", interval(score.index))
    yield Field("evaluation.couverture", "Couverture", percent(score.coverage))
    for rank, one in enumerate(material.assessment.directory, 1):
        label = f"Niveau estimé de l'annuaire {rank} (1 à 5)"
        yield Field(f"annuaire.{rank}.niveau", label, interval(one.level))


def _objectives(material: Material, programme: Programme) -> Iterator[Field]:
    for one in programme.objectives:
        name = one.official_id or one.id
        result = material.objectives[programme.id][one.id]
        yield Field(f"objectif.{one.id}.etat", f"{name} : état", result.state.label)
        told = (
            " ".join((*result.missing, *result.foreseen, *result.unknown, *result.computed))
            or "rien à signaler"
        )
        yield Field(f"objectif.{one.id}.manque", f"{name} : ce qui manque", told)
        pieces = [
            f"{piece.title or piece.name}{f' ({day(piece.effective)})' if piece.effective else ''}"
            for expected in one.pieces
            for piece in material.state.evidence_for(expected.id)
        ]
        shown = " ; ".join(pieces) or gap("pièces")
        yield Field(f"objectif.{one.id}.pieces", f"{name} : pièces jointes", shown)


def _form(now: Situation, programme: Programme) -> Iterator[Field]:
    """The identifiers the counter's own questionnaire asks, with the level answered."""
    asked = {name for one in programme.objectives for name in one.indicators}
    for one in now.content.indicators:
        if one.id not in asked:
            continue
        for reference in one.references:
            if programme.counter_form and reference.referential == programme.counter_form:
                found = now.results[one.id]
                value = gap("réponse") if found.declared is None else answered(found)
                label = f"{reference.official_id} : {one.title} (libellé de care-kit)"
                yield Field(f"indicateur.{one.id}", label, printable(value))


def _money(material: Material, programme: Programme, stage: Stage) -> Iterator[Field]:
    """Amounts as counters take them: digits and a point, no unit."""
    file = funding(programme, material.state, material.objectives[programme.id], stage)
    ceiling = str(file.ceiling.amount) if file.ceiling else gap("plafond notifié")
    asked = str(file.asked) if file.asked is not None else gap("plafond notifié")
    yield Field("montant.retenu", "Dépenses retenues (€)", str(file.kept))
    yield Field("montant.plafond", "Plafond notifié (€)", ceiling)
    yield Field("montant.demande", "Montant demandé (€)", asked)


def _yes(value: bool) -> str:
    return "oui" if value else "non"
