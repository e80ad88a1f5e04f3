"""Sections that several papers share: who asks, for what, what was read, who signs, from where."""

from care_kit.exporters import views
from care_kit.exporters.material import Material
from care_kit.exporters.papers.shape import Section, gap, table
from care_kit.model.content.programme import Programme
from care_kit.model.results.wording import interval
from care_kit.model.words.french import NBSP, counted, day, instant, percent, seconds
from care_kit.model.words.text import printable
from care_kit.model.words.vocabulary import Confidence

_ROOM = "\n" * 4


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
        (
            one.title,
            day(one.opens) if one.opens else gap("date"),
            day(one.closes) if one.closes else gap("date"),
            one.provenance.label,
        )
        for one in programme.milestones
    ]
    shown = table(("Étape", "Ouverture", "Clôture", "Origine"), (4, 2, 2, 2), steps)
    return Section(
        "Le programme",
        (
            printable(f"{programme.text}. Guichet{NBSP}: {programme.counter}."),
            printable(programme.notice),
        ),
        (shown,) if steps else (),
    )


def assessment(material: Material) -> Section:
    """Level, index, coverage and confidence, always together."""
    score = material.assessment.overall
    facts = [
        ("Niveau (0 à 4)", interval(score.level, gap("aucun indicateur du socle applicable"))),
        ("Indice (0 à 100)", interval(score.index, gap("aucun indicateur applicable"))),
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
    return Section("Relevés", () if rows else (gap("aucun relevé"),), (shown,) if rows else ())


def signature(material: Material, attested: str) -> Section:
    """Room for the legal representative, under the sentence attested."""
    rows = [
        ("Représentant légal", gap("nom et qualité")),
        ("Établissement", material.state.establishment.lead.name),
        ("Lieu et date", gap("lieu et date")),
        ("Signature", gap("signature") + _ROOM),
    ]
    return Section("Signature", (attested,), (table(("Rubrique", "Valeur"), (2, 4), rows),))


def sources(programme: Programme) -> Section:
    """Where each element was read, and what is not known."""
    rows = [
        ("Programme", programme.provenance.label, programme.source),
        *(
            (one.official_id or one.id, one.provenance.label, one.source)
            for one in programme.objectives
        ),
        *(
            (f"Pièce{NBSP}: {piece.title}", piece.provenance.label, piece.source)
            for one in programme.objectives
            for piece in one.pieces
        ),
    ]
    unknown = tuple(
        printable(gap(f"{one.official_id or one.id} — {one.gap}"))
        for one in programme.objectives
        if one.gap
    )
    shown = table(("Élément", "Origine", "Source"), (3, 2, 5), rows)
    return Section("Sources et lacunes", unknown, (shown,))
