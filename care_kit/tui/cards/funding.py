"""A line of spending as a row, and the text that tells what becomes of it."""

from collections.abc import Iterator

from care_kit.model.results.funding_file import FundedLine, FundingFile, LineState
from care_kit.model.words.french import day, euros
from care_kit.tui.views.view import View
from care_kit.tui.wording import Part

_MARKS = {LineState.KEPT: "[x]", LineState.WAITING: "[?]", LineState.REFUSED: "[X]"}


def line(one: FundedLine) -> str:
    """State, amount, kind, label."""
    spent = one.spending
    state = f"{_MARKS[one.state]} {one.state.label}"
    return f"{state:<15} {euros(spent.amount):>14} {spent.kind.label:<10} {spent.label}"


def card(view: View, file: FundingFile, one: FundedLine) -> Iterator[Part]:
    """Why it counts or not, then what was typed."""
    spent = one.spending
    yield "", spent.label, "bold"
    yield "", f"{_MARKS[one.state]} {one.state.label} : {euros(one.base)} comptés.", ""
    if one.reason:
        yield "", one.reason, ""
    lead = view.now.state.establishment.lead.finess_ej
    names = {each.finess_ej: each.name for each in view.now.state.establishment.entities}
    paid_by = names.get(spent.entity or lead, spent.entity)
    yield "", f"Objectif : {spent.objective or 'à compléter'} · payée par {paid_by}", ""
    dated = day(spent.dated) if spent.dated else "sans date"
    yield "", f"{spent.kind.label.capitalize()} {spent.number or 'sans numéro'}, {dated}", ""
    yield "", f"Fournisseur : {spent.supplier or 'à compléter'}", ""
    net = euros(spent.excluding_tax) if spent.excluding_tax is not None else "non donné"
    tax = "TVA récupérée" if spent.vat_recoverable else "TVA non récupérée"
    yield "", f"Montant TTC : {euros(spent.amount)} · hors taxes : {net} · {tax}", ""
    piece = view.now.state.evidence.get(spent.evidence_id)
    yield "", f"Document joint : {piece.name if piece else 'aucun'}", ""
    yield "", f"Saisie par {spent.author}, le {day(spent.at.astimezone())}.", ""
    yield "", "", ""
    yield from totals(file)


def totals(file: FundingFile) -> Iterator[Part]:
    """What is kept, the ceiling, what is asked, what is missing."""
    for told in file.totals:
        yield "", told, "bold"
    for gap in file.gaps:
        yield "- ", gap, ""
