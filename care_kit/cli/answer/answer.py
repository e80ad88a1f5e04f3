"""`care answer`, `care questions`, `care explain`: what people say."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from care_kit.cli.terminal import options, output

if TYPE_CHECKING:
    from care_kit.dossier.dossier import Dossier
    from care_kit.model.content.questionnaire import Questionnaire
    from care_kit.model.results.assessment import IndicatorResult


def answer(
    indicator: Annotated[
        str, typer.Option("--indicator", "-i", help="Question visée.", show_default=False)
    ] = "",
    said: Annotated[
        str,
        typer.Option(
            "--level",
            "-l",
            help="Niveau 0 à 4, ou valeur (45/120, 31/03/2026, oui, n=3, mot d'un choix, "
            "texte) ; « p3 » : niveau 3 "
            "tenu en partie ; « e3 » : mesure équivalente ; « nsp » ; « na ».",
            show_default=False,
        ),
    ] = "",
    reason: Annotated[
        str,
        typer.Option(help="Motif, obligatoire pour « na », « p » et « e ».", show_default=False),
    ] = "",
    comment: Annotated[str, typer.Option(help="Commentaire libre.", show_default=False)] = "",
    source: Annotated[
        Path | None,
        typer.Option("--from", help="Fichier de réponses TOML ou XLSX.", show_default=False),
    ] = None,
    entity: options.Entities = None,
    every: Annotated[
        bool, typer.Option("--all", help="Repose aussi les questions déjà répondues.")
    ] = False,
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Répond au questionnaire."""
    from care_kit.dossier.entry import answer_files, answering, ght

    with options.open_dossier(dossier, author) as opened:
        questionnaire = _asking(opened, indicator)
        if source is not None:
            read = answer_files.read_answers(
                source, partial(_asking, opened), options.today(), opened.state.answers
            )
            opened.append_all(read.events)
            output.say(f"Réponses enregistrées depuis {source.name} : {len(read.events)}.")
            for told in read.told:
                output.note(told)
        elif indicator and said:
            event = answering.given(
                questionnaire,
                indicator,
                said,
                reason,
                comment,
                today=options.today(),
                entities=ght.entities(opened.state.establishment, entity or ()),
            )
            opened.append(event)
            output.say(f"{event.indicator} : réponse « {said} » enregistrée.")
            if event.typed:
                asked = answering.find(questionnaire, indicator)
                output.paragraph(answering.worth(asked, event.level), "  ")
        else:
            _interactive(opened, questionnaire, indicator, every)


def questions(
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Liste les questions et leurs réponses."""
    with options.open_dossier(dossier, author) as opened:
        questionnaire = options.questionnaire_of(opened)
        found = options.situation_of(opened).assessment.indicators
    rows = [
        (one.id, "socle" if one.socle else "", _said(found[one.id]), one.title)
        for one in questionnaire.indicators
    ]
    output.title(questionnaire.title)
    output.paragraph(questionnaire.notice)
    output.say()
    output.table(("Question", "Socle", "Réponse", "Titre"), rows)


def explain(
    indicator: Annotated[
        str, typer.Argument(metavar="QUESTION", help="Question en conflit.", show_default=False)
    ],
    text: Annotated[str, typer.Option("--text", "-t", help="Explication.", show_default=False)],
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Explique un écart entre déclaré et mesuré."""
    from care_kit.dossier.entry.answering import find
    from care_kit.dossier.journal.events import ConflictExplained
    from care_kit.model.words.errors import InputError

    said = options.written(text, "--text")
    with options.open_dossier(dossier, author) as opened:
        found = find(_asking(opened, indicator), indicator)
        if not options.situation_of(opened).results[found.id].conflict:
            raise InputError(
                f"{found.id} n'est pas en conflit : il n'y a rien à expliquer.",
                "« care assess » liste les conflits.",
            )
        opened.append(ConflictExplained(found.id, said))
    output.say(f"{found.id} : explication enregistrée ; les deux valeurs restent affichées.")


def _asking(opened: "Dossier", indicator_id: str) -> "Questionnaire":
    """The questionnaire that asks this question, the dossier's own first."""
    from care_kit.catalog.choice import holding
    from care_kit.catalog.content import load

    return holding(load(), indicator_id, options.questionnaire_of(opened))


def _interactive(
    opened: "Dossier", questionnaire: "Questionnaire", indicator: str, every: bool
) -> None:
    from care_kit.cli.answer.line_mode import ask_all
    from care_kit.dossier.entry.answering import find

    if indicator:
        wanted = [find(questionnaire, indicator)]
    else:
        answered = {} if every else opened.state.answers
        wanted = [one for one in questionnaire.indicators if one.id not in answered]
    ask_all(opened, questionnaire, wanted)


def _said(found: "IndicatorResult") -> str:
    from care_kit.model.results.wording import answered

    return f"[{' ' if found.state is None else 'x'}] {answered(found)}"
