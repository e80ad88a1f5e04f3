"""Page one of a paper: where we stand, what we ask, what proves it, what blocks, who signs."""

from collections.abc import Iterator

from care_kit.assessment.programme.calls import call_on
from care_kit.exporters.material import Material
from care_kit.exporters.papers.objectives import attached, concerned, name_of
from care_kit.exporters.papers.shape import Section, gap, table
from care_kit.model.content.programme import Objective, Programme
from care_kit.model.results.assessment import Gravity, ObjectiveState, Remark
from care_kit.model.results.funding_file import FundingFile, Stage
from care_kit.model.results.wording import interval
from care_kit.model.words.french import counted, day, euros, percent
from care_kit.model.words.vocabulary import CallState, ProbeKind

_SHOWN = 5
_SHUT = (CallState.CLOSED, CallState.ABSENT, CallState.ANNOUNCED)


def warnings(material: Material, programme: Programme) -> tuple[str, ...]:
    """What makes handing the paper in pointless today, in French sentences; none when nothing."""
    call = call_on(programme, material.made_at.date())
    told = []
    if call.state in _SHUT:
        told.append(f"{call.sentence} Ce document ne peut pas y être déposé aujourd'hui.")
    elif call.state is CallState.UNKNOWN:
        told.append(call.sentence)
    blocking = len(_blocking(material))
    if blocking:
        remarks = counted(blocking, "remarque bloquante", "remarques bloquantes")
        told.append(f"Le pré-contrôle fait {remarks} : le dossier serait refusé en l'état.")
    if concerned(material, programme) and not _shown(material, programme):
        told.append("Aucun objectif n'a tous ses éléments réunis : rien n'est encore atteint.")
    return tuple(told)


def essential(material: Material, programme: Programme, file: FundingFile) -> Section:
    """Five answers in one table, in the order an examiner asks them."""
    rows = [
        ("Où nous en sommes", "\n".join(_standing(material))),
        ("Ce que nous demandons", "\n".join(_asked(material, programme, file))),
        ("Ce qui le prouve", "\n".join(_proved(material, programme))),
        ("Ce qui bloque", "\n".join(_blocks(material))),
        ("Qui signe", _signs(material)),
    ]
    return Section("L'essentiel", tables=(table(("Question", "Réponse"), (2, 7), rows),))


def _signs(material: Material) -> str:
    return material.state.legal_representative or gap("nom et qualité du représentant légal")


def _standing(material: Material) -> Iterator[str]:
    score = material.assessment.overall
    level = interval(score.level, "sans objet")
    index = interval(score.index, "sans objet")
    yield f"Niveau {level} sur 4, indice {index} sur 100, couverture {percent(score.coverage)}."
    for one in material.assessment.directory[:_SHOWN]:
        decided = f"{counted(one.decided, 'point tranché', 'points tranchés')} sur {one.total}"
        yield f"Annuaire {one.forest} : niveau {interval(one.level)} sur 5, {decided}."
    if not material.assessment.directory:
        yield "Annuaire : niveau non mesuré."


def _asked(material: Material, programme: Programme, file: FundingFile) -> Iterator[str]:
    if file.stage is Stage.DECLARATION:
        reached = ", ".join(name_of(one) for one in _shown(material, programme)) or "aucun"
        yield f"La reconnaissance des objectifs atteints : {reached}."
    if file.asked is not None:
        kept = euros(file.kept)
        yield f"Montant demandé : {euros(file.asked)}, pour {kept} de dépenses retenues."
    else:
        yield f"Dépenses retenues : {euros(file.kept)}."
        yield gap("montant demandé, tant que le plafond notifié n'est pas saisi")


def _proved(material: Material, programme: Programme) -> Iterator[str]:
    shown, asked = _shown(material, programme), concerned(material, programme)
    yield f"{counted(len(shown), 'objectif')} sur {len(asked)} avec tous les éléments réunis."
    expected = [piece for one in asked for piece in one.pieces]
    joined = [one for one in expected if material.state.evidence_for(one.id)]
    documents = {one.id for objective in asked for one in attached(material, objective)}
    yield (
        f"{counted(len(joined), 'pièce attendue jointe', 'pièces attendues jointes')} sur "
        f"{len(expected)}, {counted(len(documents), 'document')} en tout."
    )
    for probe in ProbeKind:
        dates = [one.started for one in material.state.readings if one.probe is probe]
        if dates:
            yield f"Dernier relevé, {probe.label} : {day(max(dates).date())}."


def _blocks(material: Material) -> Iterator[str]:
    found = _blocking(material)
    if not found:
        yield "Rien : le pré-contrôle ne fait aucune remarque bloquante."
        return
    yield f"{counted(len(found), 'remarque bloquante', 'remarques bloquantes')} au pré-contrôle :"
    yield from (f"• {one.subject} : {one.sentence}" for one in found[:_SHOWN])
    if len(found) > _SHOWN:
        yield f"et {counted(len(found) - _SHOWN, 'autre')}, listées par le pré-contrôle."


def _blocking(material: Material) -> list[Remark]:
    return [one for one in material.remarks if one.gravity is Gravity.BLOCKING]


def _shown(material: Material, programme: Programme) -> list[Objective]:
    results = material.objectives[programme.id]
    return [one for one in programme.objectives if results[one.id].state is ObjectiveState.SHOWN]
