"""What a funding application says, before it becomes Word or PDF: sections, texts, tables.

Any text that begins with « à compléter » is a gap; both renderings highlight it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from care_kit.exporters import views
from care_kit.exporters.material import Material
from care_kit.model.assessment import ObjectiveState
from care_kit.model.french import (
    NBSP,
    TO_COMPLETE,
    counted,
    day,
    euros,
    instant,
    interval,
    percent,
    seconds,
)
from care_kit.model.funding import Spending
from care_kit.model.programme import Objective, Programme
from care_kit.model.text import printable
from care_kit.model.vocabulary import Confidence, Tlp

NO_OFFICIAL_ID = "identifiant officiel non publié"
_ROOM = "\n" * 4


@dataclass(frozen=True)
class Table:
    """A table, titled when its section has several.

    `widths` are relative; `amounts` tells whether the last column is money.
    """

    title: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    amounts: bool = False


@dataclass(frozen=True)
class Section:
    """A heading, paragraphs, then tables."""

    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Paper:
    """The whole application; `made_on` is a French date."""

    title: str
    subtitle: str
    establishment: str
    tlp: str
    made_on: str
    sections: tuple[Section, ...]


def paper(material: Material, programme: Programme) -> Paper:
    """The application of the establishment to one programme, from a redacted material."""
    establishment = material.state.establishment
    return Paper(
        title="Dossier de candidature",
        subtitle=printable(programme.title),
        establishment=printable(establishment.name),
        tlp=Tlp.AMBER.value,
        made_on=day(material.made_at.date()),
        sections=(
            _applicant(material),
            _programme(programme),
            _assessment(material),
            _objectives(material, programme),
            _pieces(material, programme),
            _readings(material),
            _spending(material, programme),
            _signature(material),
            _sources(programme),
        ),
    )


def gap(what: str) -> str:
    """A visible gap that says what is awaited."""
    return f"{TO_COMPLETE}{NBSP}: {what}"


def _table(
    title: str,
    columns: tuple[str, ...],
    widths: tuple[int, ...],
    rows: list[tuple[str, ...]],
    amounts: bool = False,
) -> Table:
    clean = tuple(tuple(printable(cell) for cell in row) for row in rows)
    return Table(title, columns, widths, clean, amounts)


def _applicant(material: Material) -> Section:
    one = material.state.establishment
    facts: list[tuple[str, ...]] = [
        ("Nom", one.name or gap("nom")),
        ("Catégorie", one.category or gap("catégorie")),
        ("Région", one.region or gap("région")),
        ("Directive NIS 2", one.nis2.label),
        ("Opérateur de services essentiels", "oui" if one.ose else "non"),
        ("Groupement hospitalier de territoire", "oui" if one.ght else "non"),
    ]
    entities: list[tuple[str, ...]] = []
    for entity in one.entities:
        entities.append((entity.name, "juridique", entity.finess_ej))
        entities += [(site.name, "géographique", site.finess_eg) for site in entity.sites]
    return Section(
        "1. L'établissement",
        tables=(
            _table("Identité", ("Rubrique", "Valeur"), (2, 3), facts),
            _table("Entités et sites", ("Nom", "FINESS", "Numéro"), (5, 2, 2), entities),
        ),
    )


def _programme(programme: Programme) -> Section:
    steps: list[tuple[str, ...]] = [
        (
            one.title,
            day(one.opens) if one.opens else gap("date"),
            day(one.closes) if one.closes else gap("date"),
            one.provenance.label,
        )
        for one in programme.milestones
    ]
    table = _table("", ("Étape", "Ouverture", "Clôture", "Origine"), (4, 2, 2, 2), steps)
    return Section(
        "2. Le programme",
        (
            printable(f"{programme.text}. Guichet{NBSP}: {programme.counter}."),
            printable(programme.notice),
        ),
        (table,) if steps else (),
    )


def _assessment(material: Material) -> Section:
    score = material.assessment.overall
    facts: list[tuple[str, ...]] = [
        ("Niveau (0 à 4)", interval(score.level, gap("aucun indicateur du socle applicable"))),
        ("Indice (0 à 100)", interval(score.index, gap("aucun indicateur applicable"))),
        ("Couverture", percent(score.coverage)),
        ("Non applicable", percent(score.not_applicable)),
        *(
            (one.label.capitalize(), _indicators(score.confidence.get(one, 0)))
            for one in Confidence
        ),
        ("Inconnu", _indicators(score.unknown)),
    ]
    questionnaire = material.questionnaire
    return Section(
        "3. Résultat de l'évaluation",
        (
            printable(f"{questionnaire.title}, version {questionnaire.version}."),
            printable(questionnaire.notice),
        ),
        (_table("", ("Mesure", "Valeur"), (2, 3), facts),),
    )


def _indicators(quantity: int) -> str:
    return counted(quantity, "indicateur")


def _objectives(material: Material, programme: Programme) -> Section:
    rows: list[tuple[str, ...]] = []
    for one in programme.objectives:
        result = material.objectives[programme.id][one.id]
        lacking = "\n".join((*result.missing, *((gap(one.gap),) if one.gap else ())))
        rows.append(
            (
                one.official_id or NO_OFFICIAL_ID,
                f"{one.title}\n{one.target}",
                result.state.label,
                lacking or "rien à signaler",
            )
        )
    columns = ("Identifiant", "Objectif et cible", "État", "Ce qui manque")
    return Section("4. Objectifs", tables=(_table("", columns, (2, 4, 2, 4), rows),))


def _pieces(material: Material, programme: Programme) -> Section:
    rows = [row for one in programme.objectives for row in _piece_rows(material, one)]
    columns = ("Objectif", "Pièce attendue", "Pièce jointe", "Date d'effet")
    table = _table("", columns, (2, 4, 4, 2), rows)
    unknown = "Aucune liste de pièces n'est connue pour ce programme."
    return Section("5. Pièces", () if rows else (gap(unknown),), (table,) if rows else ())


def _piece_rows(material: Material, objective: Objective) -> Iterator[tuple[str, ...]]:
    name = objective.official_id or objective.id
    for piece in objective.pieces:
        expected = piece.title if piece.mandatory else f"{piece.title} (facultative)"
        attached = material.state.evidence_for(piece.id)
        for one in attached:
            dated = day(one.effective) if one.effective else gap("date d'effet")
            yield name, expected, f"{one.title or one.name}\nSHA-512 {one.sha512[:16]}…", dated
        if not attached:
            yield name, expected, gap("pièce absente") if piece.mandatory else "non jointe", ""


def _readings(material: Material) -> Section:
    rows: list[tuple[str, ...]] = [
        (
            one.record.probe.label,
            instant(one.record.started),
            seconds(one.statement.seconds),
            one.statement.tool,
            "complet" if one.record.complete else "incomplet",
        )
        for one in views.readings(material)
    ]
    columns = ("Sonde", "Début", "Durée", "Outil", "État")
    table = _table("", columns, (3, 3, 2, 4, 2), rows)
    return Section("6. Relevés", () if rows else (gap("aucun relevé"),), (table,) if rows else ())


def _spending(material: Material, programme: Programme) -> Section:
    lines = [one for one in material.state.spending if one.programme == programme.id]
    concerned = [one for one in programme.objectives if _concerned(material, programme, one)]
    rows = [row for one in concerned for row in _objective_lines(one, lines)]
    known = {one.id for one in concerned}
    others = [one for one in lines if one.objective not in known]
    rows += [("hors objectif", one.label, euros(one.amount)) for one in others]
    total = sum((one.amount for one in lines), Decimal(0))
    ceiling = material.state.ceiling(programme.id)
    totals: list[tuple[str, ...]] = [("Total saisi", euros(total))]
    if ceiling is None:
        totals.append(("Plafond notifié", gap("plafond notifié par l'autorité")))
        totals.append(("Reste sous le plafond", gap("plafond inconnu")))
    else:
        over = total > ceiling.amount
        totals.append(("Plafond notifié", f"{euros(ceiling.amount)}\n({ceiling.source})"))
        label = "Dépassement du plafond" if over else "Reste sous le plafond"
        totals.append((label, euros(abs(ceiling.amount - total))))
    return Section(
        "7. Dépenses",
        ("Montants saisis par l'établissement, toutes taxes comprises.",),
        (
            _table("Dépenses", ("Objectif", "Libellé", "Montant"), (2, 5, 2), rows, True),
            _table("Total et plafond", ("Rubrique", "Montant"), (4, 3), totals, True),
        ),
    )


def _concerned(material: Material, programme: Programme, objective: Objective) -> bool:
    result = material.objectives[programme.id][objective.id]
    return result.state is not ObjectiveState.NOT_CONCERNED


def _objective_lines(objective: Objective, lines: list[Spending]) -> Iterator[tuple[str, ...]]:
    name = objective.official_id or objective.id
    kept = [one for one in lines if one.objective == objective.id]
    for one in kept:
        yield name, one.label, euros(one.amount)
    if not kept:
        yield name, objective.title, gap("dépense")
    if len(kept) > 1:
        yield name, "Sous-total", euros(sum((one.amount for one in kept), Decimal(0)))


def _signature(material: Material) -> Section:
    rows: list[tuple[str, ...]] = [
        ("Représentant légal", gap("nom et qualité")),
        ("Établissement", material.state.establishment.lead.name),
        ("Lieu et date", gap("lieu et date")),
        ("Signature", gap("signature") + _ROOM),
    ]
    return Section(
        "8. Signature",
        ("Le représentant légal atteste l'exactitude des éléments ci-dessus.",),
        (_table("", ("Rubrique", "Valeur"), (2, 4), rows),),
    )


def _sources(programme: Programme) -> Section:
    rows: list[tuple[str, ...]] = [
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
    gaps = tuple(
        printable(gap(f"{one.official_id or one.id}, {one.gap}"))
        for one in programme.objectives
        if one.gap
    )
    table = _table("", ("Élément", "Origine", "Source"), (3, 2, 5), rows)
    return Section("9. Sources et lacunes", gaps, (table,))
