"""`care funding`: what a programme's spending allows to ask, and why."""

from typing import TYPE_CHECKING

from care_kit.cli.terminal import options, output

if TYPE_CHECKING:
    from care_kit.model.results.funding_file import FundingFile


def funding(
    programme: options.Programme,
    paper: options.Paper = "candidature",
    as_json: options.Json = False,
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Calcule le montant demandé et dit ce qui l'empêche."""
    from care_kit.assessment.programme.funding import funding as computed
    from care_kit.catalog.programmes import find
    from care_kit.model.formats.codec import canonical

    stage = options.stage_of(paper)
    with options.open_dossier(dossier, author) as opened:
        now = options.situation_of(opened)
    chosen = find(now.content, programme)
    result = computed(chosen, now.state, now.objectives[chosen.id], stage)
    if as_json:
        output.say(canonical(result).decode("utf-8"))
        return
    output.title(f"{chosen.title} · {stage.label}")
    _lines(result)
    _totals(result)


def _lines(result: "FundingFile") -> None:
    from care_kit.model.words.french import euros

    rows = [
        (
            one.spending.objective or "-",
            one.spending.kind.label,
            euros(one.spending.amount),
            one.state.label,
            euros(one.base),
            one.reason or one.spending.label,
        )
        for one in result.lines
    ]
    if rows:
        headers = ("Objectif", "Nature", "Montant TTC", "État", "Retenu", "Motif ou objet")
        output.table(headers, rows, flexible=5)


def _totals(result: "FundingFile") -> None:
    output.say()
    for line in result.totals:
        output.say(line)
    for gap in result.gaps:
        output.paragraph(f"- {gap}")
