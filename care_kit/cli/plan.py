"""`care plan`: actions, what they would bring, what they cost."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from care_kit.cli.terminal import options, output

if TYPE_CHECKING:
    from care_kit.assessment.standing.situation import Situation
    from care_kit.dossier.dossier import Dossier
    from care_kit.model.dossier.money import Action
    from care_kit.model.results.plan import Plan, PlannedAction

DayCost = Annotated[
    str,
    typer.Option(help="Coût d'un jour interne, en euros ; sinon compté à part."),
]
Budget = Annotated[str, typer.Option(help="Ne garder que ce qui tient dans ce budget (€).")]
Id = Annotated[str, typer.Argument(metavar="ID", help="Début de l'identifiant.")]
_LEVELS = typer.Option(help="Niveaux visés : « CK-GOV-02:3, CK-SAU-01:2 ».", show_default=False)
_CHECKS = typer.Option(help="Contrôles clos, séparés par des virgules.", show_default=False)
_OWNER = typer.Option(help="Responsable.", show_default=False)
_DUE = typer.Option(help="Échéance (JJ/MM/AAAA).", show_default=False)
_PURCHASE = typer.Option(help="Achat TTC, en euros.", show_default=False)
_SERVICE = typer.Option(help="Prestation TTC, en euros.", show_default=False)
_DAYS = typer.Option("--days", help="Jours internes.", show_default=False)


def suggest(
    target: Annotated[int, typer.Option(min=1, max=4, help="Niveau visé.")] = 3,
    add_all: Annotated[bool, typer.Option("--add", help="Les ajoute toutes au plan.")] = False,
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Propose des actions, regroupées pour clore le plus de points."""
    from care_kit.assessment.plan.suggestions import suggestions, taken
    from care_kit.model.words.french import counted

    with options.open_dossier(dossier, author) as opened:
        found = suggestions(options.situation_of(opened), target)
        if add_all:
            opened.append_all([taken(one) for one in found])
    if not found:
        output.say("Rien à proposer : aucun indicateur répondu sous ce niveau, aucun échec.")
        return
    rows = [(one.title, str(len(one.levels)), str(len(one.checks))) for one in found]
    output.table(("Action", "Indicateurs", "Contrôles"), rows, flexible=0)
    plural = "s" if len(found) > 1 else ""
    told = f"ajoutée{plural} au plan" if add_all else "à ajouter avec --add, ou une à une"
    output.say(f"{counted(len(found), 'action')} {told}.")


def add(
    title: Annotated[str, typer.Argument(metavar="INTITULÉ", help="Ce qui sera fait.")],
    levels: Annotated[str, _LEVELS] = "",
    checks: Annotated[str, _CHECKS] = "",
    owner: Annotated[str, _OWNER] = "",
    due: Annotated[str, _DUE] = "",
    purchase: Annotated[str, _PURCHASE] = "",
    service: Annotated[str, _SERVICE] = "",
    person_days: Annotated[str, _DAYS] = "",
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Ajoute une action au plan."""
    from care_kit.assessment.short_ids import SHORT
    from care_kit.catalog.content import load
    from care_kit.dossier.entry.planning import TypedAction, planned

    typed = TypedAction(title, levels, checks, owner, due, purchase, service, person_days)
    event = planned(load(), typed)
    with options.open_dossier(dossier, author) as opened:
        opened.append(event)
    output.say(f"Action ajoutée : {event.title} ({event.action_id[:SHORT]}).")


def change(
    action: Id,
    title: Annotated[str | None, typer.Option(help="Intitulé.", show_default=False)] = None,
    levels: Annotated[str | None, _LEVELS] = None,
    checks: Annotated[str | None, _CHECKS] = None,
    owner: Annotated[str | None, _OWNER] = None,
    due: Annotated[str | None, _DUE] = None,
    purchase: Annotated[str | None, _PURCHASE] = None,
    service: Annotated[str | None, _SERVICE] = None,
    person_days: Annotated[str | None, _DAYS] = None,
    state: Annotated[
        str | None, typer.Option(help="à faire, en cours ou fait.", show_default=False)
    ] = None,
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Change une action ; ce qui n'est pas donné reste."""
    from dataclasses import replace

    from care_kit.catalog.content import load
    from care_kit.dossier.entry.planning import planned, typed_again

    given = {
        "title": title,
        "levels": levels,
        "checks": checks,
        "owner": owner,
        "due": due,
        "purchase": purchase,
        "service": service,
        "person_days": person_days,
        "state": state,
    }
    changes = {key: value for key, value in given.items() if value is not None}
    with options.open_dossier(dossier, author) as opened:
        found = _action(opened, action)
        event = planned(load(), replace(typed_again(found), **changes), found.id)
        opened.append(event)
    output.say(f"Action changée : {event.title}.")


def withdraw(
    action: Id,
    reason: Annotated[str, typer.Option(help="Pourquoi.", show_default=False)],
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Retire une action ; le journal la garde."""
    from care_kit.dossier.journal.events import ActionWithdrawn

    why = options.written(reason, "--reason")
    with options.open_dossier(dossier, author) as opened:
        found = _action(opened, action)
        opened.append(ActionWithdrawn(found.id, why))
    output.say(f"Action retirée : {found.title}.")


def show(
    day_cost: DayCost = "",
    budget: Budget = "",
    as_json: options.Json = False,
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Classe les actions par gain pour un euro."""
    from care_kit.model.formats.codec import canonical

    with options.open_dossier(dossier, author) as opened:
        now = options.situation_of(opened)
    found = _plan(now, day_cost, budget)
    if as_json:
        output.say(canonical(found).decode("utf-8"))
        return
    if not now.state.actions:
        output.say("Aucune action : « care plan suggest » en propose.")
        return
    _table(found)
    _together(found)


def export(
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="Classeur .xlsx à écrire.")],
    day_cost: DayCost = "",
    budget: Budget = "",
    force: options.Force = False,
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Écrit le plan dans un classeur, à compléter puis relire."""
    from datetime import UTC, datetime

    from care_kit.exporters.plan_book import plan_book
    from care_kit.model.words.french import counted
    from care_kit.station.writing import write_file

    with options.open_dossier(dossier, author) as opened:
        now = options.situation_of(opened)
    content = plan_book(now.state.actions.values(), _plan(now, day_cost, budget), datetime.now(UTC))
    written = write_file(file, content, force=force)
    output.say(f"Plan écrit : {written} ({counted(len(now.state.actions), 'action')}).")


def import_file(
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="Classeur .xlsx complété.")],
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Relit un classeur : actions nouvelles ou changées."""
    from care_kit.catalog.content import load
    from care_kit.dossier.entry.plan_files import read_plan

    with options.open_dossier(dossier, author) as opened:
        read = read_plan(file, load(), opened.state)
        opened.append_all(read.events)
    output.say(f"Actions nouvelles ou changées : {len(read.events)}.")
    for told in read.told:
        output.note(told)
    for title in read.absent:
        output.note(f"Absente du classeur, gardée dans le plan : {title}.")


def _action(opened: "Dossier", started: str) -> "Action":
    from care_kit.assessment.short_ids import find

    actions = opened.state.actions.values()
    return find(actions, started, "action", "care plan list", feminine=True)


def _plan(now: "Situation", day_cost: str, budget: str) -> "Plan":
    from care_kit.assessment.plan.ranking import plan
    from care_kit.dossier.entry.amounts import euros

    return plan(
        now,
        now.state.actions.values(),
        day_cost=euros(day_cost) if day_cost else None,
        budget=euros(budget) if budget else None,
    )


def _table(found: "Plan") -> None:
    from care_kit.assessment.short_ids import SHORT
    from care_kit.model.words.french import number

    kept = {one.action.id for one in found.actions}
    rows = [
        (
            one.action.id[:SHORT],
            f"+{number(one.gain.points, 1)}",
            str(one.gain.failures),
            one.cost_told,
            number(one.action.person_days or 0, 1),
            _state(one, kept=one.action.id in kept),
            one.action.title,
        )
        for one in (*found.actions, *found.left_out)
    ]
    headers = ("Id", "Indice", "Constats", "Coût", "Jours", "État", "Action")
    output.table(headers, rows, flexible=6)


def _state(one: "PlannedAction", *, kept: bool) -> str:
    if kept:
        return one.action.state.label
    return "hors budget" if one.cost is not None else "à chiffrer"


def _together(found: "Plan") -> None:
    from care_kit.model.words.french import number

    output.say()
    days = number(found.person_days, 1)
    output.say(f"Ensemble : {found.cost_told}, {days} jours internes.")
    for line in found.together.told("Si tout est fait"):
        output.say(f"  {line}")
