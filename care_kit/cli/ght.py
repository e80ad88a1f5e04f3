"""`care ght`: the tree of entities, their shares of the activity, their head counts."""

from typing import TYPE_CHECKING, Annotated

import typer

from care_kit.cli.terminal import options, output

if TYPE_CHECKING:
    from care_kit.assessment.standing.situation import Situation
    from care_kit.model.dossier.state import DossierState
    from care_kit.model.results.activity import HeadcountTotal

Finess = Annotated[
    str, typer.Argument(metavar="FINESS", help="Numéro de l'entité.", show_default=False)
]


def share(
    finess: Finess,
    percent: Annotated[
        str, typer.Argument(metavar="PART", help="En %, par exemple 26,5.", show_default=False)
    ],
    source: options.Source,
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Saisit la part de l'activité combinée d'une entité."""
    from care_kit.assessment.programme.activity import shares_gap
    from care_kit.dossier.entry import ght
    from care_kit.model.words.french import percentage

    with options.open_dossier(dossier, author) as opened:
        event = ght.share(opened.state, finess, percent, source)
        now = opened.append(event)
    name = now.establishment.names[event.finess]
    output.say(f"{name} : {percentage(event.share)} de l'activité combinée.")
    if left := shares_gap(now):
        output.note(left)


def headcount(
    finess: Finess,
    year: Annotated[
        int, typer.Argument(min=2000, max=2099, metavar="ANNÉE", help="Année de la SAE.")
    ],
    employees: Annotated[
        int, typer.Option(min=0, max=200_000, help="Salariés.", show_default=False)
    ],
    self_employed: Annotated[
        int, typer.Option(min=0, max=200_000, help="Libéraux.", show_default=False)
    ],
    source: options.Source,
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Saisit les effectifs SAE d'un site."""
    from care_kit.dossier.entry import ght
    from care_kit.model.words.french import number

    with options.open_dossier(dossier, author) as opened:
        event = ght.headcount(opened.state, finess, year, employees, self_employed, source)
        opened.append(event)
    total = number(event.employees + event.self_employed)
    output.say(f"Effectifs {event.year} du site {event.finess_eg} : {total} personnes.")


def show(
    dossier: options.DossierPath = None,
    author: options.Author = None,
    as_json: options.Json = False,
) -> None:
    """Montre l'arborescence, les parts, les effectifs et la couverture."""
    with options.open_dossier(dossier, author) as opened:
        now = options.situation_of(opened)
    if as_json:
        _json(now)
        return
    _tree(now.state)
    _headcounts(now)
    _coverage(now)


def _tree(state: "DossierState") -> None:
    from care_kit.assessment.programme.activity import shares_gap
    from care_kit.model.words.french import TO_COMPLETE, percentage

    units = state.establishment.activity_units

    def told(number: str) -> tuple[str, str]:
        found = state.shares.get(number)
        missing = TO_COMPLETE if number in units else ""
        return (percentage(found.share), found.source) if found else (missing, "")

    rows = []
    for entity in state.establishment.entities:
        rows.append((f"EJ {entity.finess_ej}", *told(entity.finess_ej), entity.name))
        rows += [(f"  EG {one.finess_eg}", *told(one.finess_eg), one.name) for one in entity.sites]
    output.title(state.establishment.name)
    output.table(("FINESS", "Part d'activité", "Source", "Nom"), rows)
    if gap := shares_gap(state):
        output.paragraph(gap)


def _headcounts(now: "Situation") -> None:
    for programme, found in _by_programme(now).items():
        output.title(f"Effectifs SAE par entité juridique ({programme})")
        for one in found:
            output.paragraph(_counted(now.state, one))


def _by_programme(now: "Situation") -> "dict[str, tuple[HeadcountTotal, ...]]":
    from care_kit.assessment.programme.headcount import totals

    state = now.state
    return {
        one.id: totals(state.establishment, state.headcounts, one.headcount_years)
        for one in now.content.programmes.values()
        if one.headcount_years and (one.id in state.programmes or state.headcounts)
    }


def _counted(state: "DossierState", found: "HeadcountTotal") -> str:
    from care_kit.model.words.french import number

    names = state.establishment.names
    name = names[found.finess_ej]
    if found.year is None:
        return f"{name} : 0 (aucun effectif saisi)."
    told = (
        f"{name} : {number(found.total)} en {found.year} "
        f"({number(found.employees)} salariés, {number(found.self_employed)} libéraux)"
    )
    if found.absent:
        told += f" ; sans chiffre cette année-là, compté zéro : {', '.join(found.absent)}"
    if found.each_site != found.total:
        told += f" ; {number(found.each_site)} si chaque site prenait sa propre dernière année"
    return f"{told}."


def _coverage(now: "Situation") -> None:
    from care_kit.assessment.programme.activity import sentence

    for programme in now.state.programmes:
        results = now.objectives[programme]
        told = {key: one.activity for key, one in results.items() if one.activity is not None}
        if told:
            output.title(f"Activité couverte, par objectif ({programme})")
        for key, found in told.items():
            output.paragraph(f"{key} - {sentence(found, now.state.establishment)}")


def _json(now: "Situation") -> None:
    from pydantic import TypeAdapter

    from care_kit.model.formats.codec import canonical_plain
    from care_kit.model.results.activity import ActivityCoverage, HeadcountTotal

    covered = {
        programme: {key: one.activity for key, one in now.objectives[programme].items()}
        for programme in now.state.programmes
    }
    counts = TypeAdapter(dict[str, tuple[HeadcountTotal, ...]])
    shares = TypeAdapter(dict[str, dict[str, ActivityCoverage | None]])
    told = {
        "shares": {key: str(one.share) for key, one in now.state.shares.items()},
        "headcounts": counts.dump_python(_by_programme(now), mode="json"),
        "coverage": shares.dump_python(covered, mode="json"),
    }
    output.say(canonical_plain(told).decode("utf-8"))
