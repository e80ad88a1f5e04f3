"""Sections that several papers share: who asks, for what, what was read, who signs, from where."""

from datetime import date

from care_kit.exporters import views
from care_kit.exporters.material import Material
from care_kit.exporters.papers.objectives import name_of
from care_kit.exporters.papers.shape import Section, gap, table
from care_kit.model.content.programme import Milestone, Programme
from care_kit.model.results.wording import interval
from care_kit.model.words.french import counted, day, instant, month_in_words, percent, seconds
from care_kit.model.words.text import printable
from care_kit.model.words.vocabulary import Confidence

_ROOM = "\n" * 3


def applicant(material: Material) -> Section:
    """The establishment, its legal entities and sites."""
    one = material.state.establishment
    facts = [
        ("Nom", one.name or gap("nom")),
        ("Catégorie", one.category or gap("catégorie")),
        ("Région", one.region or gap("région")),
        ("Directive NIS 2", one.nis2.label),
        ("Opérateur de services essentiels", "oui" if one.ose else "non"),
        ("Groupement hospitalier de territoire", "oui" if one.ght else "non"),
    ]
    entities = []
    for entity in one.entities:
        entities.append((entity.name, "juridique", entity.finess_ej))
        entities += [(site.name, "géographique", site.finess_eg) for site in entity.sites]
    return Section(
        "L'établissement",
        tables=(
            table(("Rubrique", "Valeur"), (2, 3), facts, title="Identité"),
            table(("Nom", "FINESS", "Numéro"), (5, 2, 2), entities, title="Entités et sites"),
        ),
    )


def programme_section(programme: Programme) -> Section:
    """The text, the counter and the dated steps."""
    steps = [
        (one.title, *dates_of(one), one.provenance.label)
        for one in programme.milestones
        if one.opens or one.closes or one.month
    ]
    shown = table(("Étape", "Ouverture", "Clôture", "Origine"), (4, 2, 2, 2), steps)
    return Section(
        "Le programme",
        (printable(f"{programme.text}. Guichet : {programme.counter}."),),
        (shown,) if steps else (),
    )


def dates_of(milestone: Milestone) -> tuple[str, str]:
    """When a step opens and closes; a date no source gives is said not known."""
    unknown = "non connue"
    if milestone.month:
        first = date.fromisoformat(f"{milestone.month}-01")
        unknown = f"{month_in_words(first)}, jour non connu"
    return (
        day(milestone.opens) if milestone.opens else unknown,
        day(milestone.closes) if milestone.closes else unknown,
    )


def assessment(material: Material) -> Section:
    """Level, index, coverage and confidence, always together."""
    score = material.assessment.overall
    facts = [
        ("Niveau (0 à 4)", interval(score.level, "aucun indicateur du socle applicable")),
        ("Indice (0 à 100)", interval(score.index, "aucun indicateur applicable")),
        ("Couverture", percent(score.coverage)),
        ("Non applicable", percent(score.not_applicable)),
        *(
            (one.label.capitalize(), counted(score.confidence.get(one, 0), "indicateur"))
            for one in Confidence
        ),
        ("Inconnu", counted(score.unknown, "indicateur")),
    ]
    questionnaire = material.questionnaire
    return Section(
        "Résultat de l'évaluation",
        (
            printable(f"{questionnaire.title}, version {questionnaire.version}."),
            printable(questionnaire.notice),
        ),
        (table(("Mesure", "Valeur"), (2, 3), facts),),
    )


def readings(material: Material) -> Section:
    """Every probe's run."""
    rows = [
        (
            one.record.probe.label,
            instant(one.record.started),
            seconds(one.statement.seconds),
            one.statement.tool,
            "complet" if one.record.complete else "incomplet",
        )
        for one in views.readings(material)
    ]
    shown = table(("Sonde", "Début", "Durée", "Outil", "État"), (3, 3, 2, 4, 2), rows)
    return Section("Relevés", () if rows else ("Aucun relevé.",), (shown,) if rows else ())


def signature(material: Material, attested: str) -> Section:
    """Room for the legal representative, under the sentence attested."""
    rows = [
        ("Représentant légal", material.state.legal_representative or gap("nom et qualité")),
        ("Établissement", material.state.establishment.lead.name),
        ("Lieu et date", gap("lieu et date")),
        ("Signature", gap("signature") + _ROOM),
    ]
    shown = table(("Rubrique", "Valeur"), (2, 4), rows)
    return Section("Signature", (attested,), (shown,), whole=True)


def sources(programme: Programme) -> Section:
    """Where each element was read."""
    rows = [
        ("Programme", programme.provenance.label, programme.source),
        *((name_of(one), one.provenance.label, one.source) for one in programme.objectives),
        *(
            (f"Pièce : {piece.title}", piece.provenance.label, piece.source)
            for one in programme.objectives
            for piece in one.pieces
        ),
    ]
    shown = table(("Élément", "Origine", "Source"), (3, 2, 5), rows)
    return Section("Sources", tables=(shown,))
