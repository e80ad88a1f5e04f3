"""`care questionnaire`: which questionnaire the dossier answers."""

from typing import Annotated

import typer

from care_kit.cli import options, output


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
    from care_kit.dossier.events import QuestionnaireChosen

    chosen = find(load(), name)
    with options.open_dossier(dossier, author) as opened:
        opened.append(QuestionnaireChosen(chosen.id))
        answered = sum(one.id in opened.state.answers for one in chosen.indicators)
    output.say(f"{chosen.title} : {answered} questions répondues sur {len(chosen.indicators)}.")
