"""Money as each paper tells it: lines, sums, ceilings, and what is asked."""

from collections.abc import Iterable
from decimal import Decimal

from care_kit.exporters.material import Material
from care_kit.exporters.papers.shape import Figure, Section, Table, gap, table
from care_kit.exporters.waterfall import steps, told, waterfall
from care_kit.model.content.programme import Programme
from care_kit.model.dossier.money import Ceiling
from care_kit.model.results.funding_file import (
    EntityFunding,
    FundedLine,
    FundingFile,
    LineState,
    Stage,
)
from care_kit.model.words.french import day, euros


def spending(programme: Programme, file: FundingFile) -> Section:
    """Lines by objective, those set aside with the reason, sums and ceiling."""
    amounts = "Montants en euros, toutes taxes comprises sauf mention contraire."
    period = (
        f"Période d'éligibilité : du {day(file.period.starts)} au {day(file.period.ends)} "
        f"({file.period.source})."
        if file.period
        else gap("période d'éligibilité des dépenses")
    )
    tables = [_lines(programme, file), *_aside(file.lines), _by_objective(programme, file)]
    tables += [*_entities(file), _totals(file)]
    figures: tuple[Figure, ...] = ()
    if file.kept:
        title = f"De la dépense saisie au montant demandé ({file.stage.label})"
        found = steps(file)
        figures = (Figure(str(waterfall(found, title)), told(found)),)
    return Section("Dépenses", (amounts, period), tuple(tables), figures)


def invoices(material: Material, file: FundingFile) -> Section:
    """Invoices kept, with what an accountant checks: number, supplier, date, tax."""
    evidence = material.state.evidence
    rows = []
    for one in (line for line in file.lines if line.state is LineState.KEPT):
        said = one.spending
        piece = evidence.get(said.evidence_id)
        rows.append(
            (
                said.objective,
                f"{said.number}\n{said.supplier}",
                day(said.dated),
                piece.name if piece else gap("facture à joindre"),
                euros(said.excluding_tax) if said.excluding_tax is not None else gap("hors taxes"),
                euros(said.amount),
                euros(one.base),
            )
        )
    columns = ("Objectif", "Numéro et fournisseur", "Date", "Pièce", "HT", "TTC", "Retenu")
    shown = table(columns, (2, 4, 2, 3, 2, 2, 2), rows, numbers=3)
    nothing = (gap("aucune facture retenue"),)
    return Section("Factures", () if rows else nothing, (shown,) if rows else ())


def asked(file: FundingFile) -> Section:
    """The amount asked, in one sentence, or what keeps it from being known."""
    if file.asked is None:
        said = gap(f"montant de la {file.stage.label}, tant que le plafond notifié n'est pas saisi")
    else:
        said = f"Montant demandé : {euros(file.asked)}."
    rows = [
        ("Titulaire du compte", gap("titulaire")),
        ("IBAN", gap("IBAN, sur le relevé d'identité bancaire joint")),
    ]
    account = table(("Rubrique", "Valeur"), (2, 4), rows, title="Compte à créditer")
    told = file.gaps if file.asked is not None else ()
    return Section("Montant demandé", (said, *told), (account,))


def _lines(programme: Programme, file: FundingFile) -> Table:
    rows = []
    for objective in programme.objectives:
        mine = [one for one in file.lines if one.spending.objective == objective.id]
        name = objective.official_id or objective.id
        rows += [
            (name, one.spending.label, one.spending.kind.label, euros(one.base))
            for one in mine
            if one.state is LineState.KEPT
        ]
        if not mine and file.stage is Stage.APPLICATION:
            rows.append((name, gap("dépense"), "", ""))
    if not rows:
        rows.append(("", gap("aucune dépense retenue"), "", ""))
    columns = ("Objectif", "Libellé", "Nature", "Retenu")
    return table(columns, (2, 5, 2, 2), rows, title="Dépenses retenues", numbers=1)


def _aside(lines: Iterable[FundedLine]) -> list[Table]:
    rows = [
        (
            one.spending.label,
            gap(one.reason) if one.state is LineState.WAITING else f"écartée : {one.reason}",
            euros(one.spending.amount),
        )
        for one in lines
        if one.state is not LineState.KEPT
    ]
    columns = ("Libellé", "Motif", "Montant")
    return (
        [table(columns, (4, 5, 2), rows, title="Dépenses non retenues", numbers=1)] if rows else []
    )


def _by_objective(programme: Programme, file: FundingFile) -> Table:
    rows = [
        (one.official_id or one.id, one.title, euros(file.by_objective[one.id]))
        for one in programme.objectives
        if file.by_objective.get(one.id)
    ]
    rows.append(("", "Total retenu", euros(file.kept)))
    return table(("Objectif", "Titre", "Retenu"), (2, 6, 2), rows, title="Par objectif", numbers=1)


def _entities(file: FundingFile) -> list[Table]:
    """Ceilings appear when at least one entity has its own."""
    if any(one.ceiling for one in file.entities):
        columns: tuple[str, ...] = ("Entité", "Retenu", "Plafond notifié", "Demandé")
        rows: list[tuple[str, ...]] = [
            (_named(one), euros(one.kept), _ceiling(one.ceiling), _known(one.asked))
            for one in file.entities
        ]
    elif len(file.entities) > 1:
        columns = ("Entité", "Retenu")
        rows = [(_named(one), euros(one.kept)) for one in file.entities]
    else:
        return []
    widths = (5, 2, 3, 2)[: len(columns)]
    return [table(columns, widths, rows, title="Par entité", numbers=len(columns) - 1)]


def _named(entity: EntityFunding) -> str:
    return f"{entity.name}\n{entity.finess}"


def _totals(file: FundingFile) -> Table:
    rows = [
        ("Dépenses saisies", euros(sum((one.spending.amount for one in file.lines), Decimal(0)))),
        ("Dépenses retenues", euros(file.kept)),
        ("Plafond notifié", _ceiling(file.ceiling)),
        ("Montant demandé", _known(file.asked)),
    ]
    return table(("Rubrique", "Montant"), (4, 3), rows, title="Total et plafond", numbers=1)


def _ceiling(ceiling: Ceiling | None) -> str:
    if ceiling is None:
        return gap("plafond notifié par l'autorité")
    return f"{euros(ceiling.amount)}\n({ceiling.source})"


def _known(amount: Decimal | None) -> str:
    return gap("plafond inconnu") if amount is None else euros(amount)
