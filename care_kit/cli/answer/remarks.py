"""`care comment`, `care mark`, `care withdraw`: what a team says around the answers."""

from typing import TYPE_CHECKING, Annotated

import typer

from care_kit.cli.terminal import options, output

if TYPE_CHECKING:
    from care_kit.dossier.dossier import Dossier

Question = Annotated[
    str, typer.Argument(metavar="QUESTION", help="Question visée.", show_default=False)
]


def comment(
    indicator: Question,
    text: Annotated[
        str,
        typer.Option(
            "--text", "-t", help="Remarque à ajouter ; sans elle, liste.", show_default=False
        ),
    ] = "",
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Commente une question, ou liste ses commentaires."""
    from care_kit.dossier.journal.events import Commented
    from care_kit.model.words.french import day

    with options.open_dossier(dossier, author) as opened:
        found = _found(opened, indicator)
        if text.strip():
            opened.append(Commented(found, text.strip()))
        told = [one for one in opened.state.comments if one.indicator == found]
    for one in told:
        output.paragraph(f"{one.author}, le {day(one.at.astimezone())} : {one.text}")
    if not told:
        output.say(f"{found} : aucun commentaire. Ajoutez-en un avec --text.")


def mark(
    indicator: Annotated[
        str,
        typer.Argument(metavar="QUESTION", help="Question ; sans elle, liste.", show_default=False),
    ] = "",
    done: Annotated[bool, typer.Option("--done", help="Retire la marque.")] = False,
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Marque une question à revoir, ou liste celles qui le sont."""
    from care_kit.dossier.journal.events import ReviewMarked
    from care_kit.model.words.french import day

    with options.open_dossier(dossier, author) as opened:
        if indicator:
            found = _found(opened, indicator)
            opened.append(ReviewMarked(found, not done))
            output.say(f"{found} : {'marque retirée' if done else 'marquée à revoir'}.")
            return
        marks = opened.state.marks.values()
    for one in marks:
        output.say(f"{one.indicator} : {one.author}, le {day(one.at.astimezone())}.")
    if not marks:
        output.say("Aucune question n'est à revoir.")


def withdraw(
    indicator: Question, dossier: options.DossierPath = None, author: options.Author = None
) -> None:
    """Retire une réponse : la question redevient sans réponse."""
    from care_kit.dossier.journal.events import AnswerWithdrawn
    from care_kit.model.words.errors import InputError

    with options.open_dossier(dossier, author) as opened:
        found = _found(opened, indicator)
        if found not in opened.state.answers:
            raise InputError(f"{found} n'a pas de réponse.", "« care questions » les liste.")
        opened.append(AnswerWithdrawn(found))
    output.say(f"{found} : réponse retirée ; le journal garde les deux.")


def _found(opened: "Dossier", typed: str) -> str:
    """The exact id of a question, of whatever questionnaire asks it."""
    from care_kit.catalog.choice import holding
    from care_kit.catalog.content import load
    from care_kit.dossier.entry.answering import find

    return find(holding(load(), typed, options.questionnaire_of(opened)), typed).id
