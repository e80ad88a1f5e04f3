"""`care questionnaire`: which questionnaire the dossier answers."""

from typing import TYPE_CHECKING, Annotated

import typer

from care_kit.cli.terminal import options, output

if TYPE_CHECKING:
    from care_kit.model.dossier.migration import Migration


def show(dossier: options.DossierPath = None, author: options.Author = None) -> None:
    """Liste les questionnaires, et celui qui est suivi."""
    from care_kit.catalog.content import load

    with options.open_dossier(dossier, author) as opened:
        chosen = opened.state.questionnaire
    rows = [
        (
            one.id,
            "[x] suivi" if one.id == chosen else "[ ]",
            str(len(one.indicators)),
            one.title,
        )
        for one in load().questionnaires.values()
    ]
    output.table(("Questionnaire", "Suivi", "Questions", "Titre"), rows)


def use(
    name: Annotated[
        str,
        typer.Argument(metavar="QUESTIONNAIRE", help="Par exemple socle.", show_default=False),
    ],
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Choisit le questionnaire ; les réponses déjà données restent."""
    from care_kit.catalog.choice import find
    from care_kit.catalog.content import load
    from care_kit.dossier.journal.events import QuestionnaireChosen

    chosen = find(load(), name)
    with options.open_dossier(dossier, author) as opened:
        opened.append(QuestionnaireChosen(chosen.id))
        answered = sum(one.id in opened.state.answers for one in chosen.indicators)
    output.say(f"{chosen.title} : {len(chosen.indicators)} questions, {answered} avec réponse.")


def migrate(
    confirmed: Annotated[
        bool, typer.Option("--yes", help="Enregistre ; sans cette option, montre seulement.")
    ] = False,
    dossier: options.DossierPath = None,
    author: options.Author = None,
    as_json: options.Json = False,
) -> None:
    """Montre le devenir des réponses à d'anciennes questions.

    Aucune réponse n'est modifiée ni perdue : celles dont la question n'a pas changé sont dites
    données à la nouvelle version, les autres restent signalées.
    """
    from dataclasses import asdict

    from care_kit.catalog.content import load
    from care_kit.dossier.folding import migration
    from care_kit.model.formats.codec import canonical_plain

    with options.open_dossier(dossier, author) as opened:
        found = migration.migration(opened.state, load().questionnaires)
        if as_json:
            output.say(canonical_plain([asdict(one) for one in found.fates]).decode("utf-8"))
        else:
            _fates_text(found)
        if confirmed and found.waiting:
            opened.append(migration.event(found))
            output.note("Enregistré : le journal garde ce qui a été repris, à relire ou gardé.")
        elif found.waiting:
            output.note("Rien n'est enregistré : « care questionnaire migrate --yes » le fait.")
        elif found.fates:
            output.note("Déjà enregistré. « care precheck » rappelle les réponses à relire.")


def _fates_text(found: "Migration") -> None:
    from care_kit.model.dossier.migration import Fate

    if not found.fates:
        output.say("Toutes les réponses ont été données aux questions en vigueur.")
        return
    rows = [
        (one.indicator, one.asked, one.now or "-", one.fate.label, one.title)
        for one in sorted(found.fates, key=lambda one: list(Fate).index(one.fate))
    ]
    output.table(("Question", "Répondue dans", "Posée dans", "Devenir", "Titre"), rows, flexible=3)
    output.say()
    output.say(" ; ".join(f"{fate.label} : {found.count(fate)}" for fate in Fate) + ".")
