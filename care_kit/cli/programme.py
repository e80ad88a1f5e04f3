"""`care programme`: the funding programmes the establishment applies to."""

from typing import Annotated

import typer

from care_kit.cli.terminal import options, output


def show(dossier: options.DossierPath = None, author: options.Author = None) -> None:
    """Liste les programmes, et ceux qui sont suivis."""
    from care_kit.catalog.content import load

    with options.open_dossier(dossier, author) as opened:
        followed = opened.state.programmes
    rows = [
        (one.id, "[x] suivi" if one.id in followed else "[ ]", one.text, one.title)
        for one in load().programmes.values()
    ]
    output.table(("Programme", "Suivi", "Texte", "Titre"), rows)


def follow(
    name: options.Programme, dossier: options.DossierPath = None, author: options.Author = None
) -> None:
    """Suit un programme : ses objectifs entrent au pré-contrôle."""
    _choose(name, True, dossier, author)


def leave(
    name: options.Programme, dossier: options.DossierPath = None, author: options.Author = None
) -> None:
    """Cesse de suivre un programme."""
    _choose(name, False, dossier, author)


def period(
    name: options.Programme,
    kind: Annotated[
        str, typer.Argument(metavar="PÉRIODE", help="operational ou eligible.", show_default=False)
    ],
    starts: Annotated[
        str, typer.Argument(metavar="DÉBUT", help="Premier jour.", show_default=False)
    ],
    ends: Annotated[str, typer.Argument(metavar="FIN", help="Dernier jour.", show_default=False)],
    source: options.Source,
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Saisit une période du programme (phase opérationnelle, dépenses)."""
    from care_kit.catalog.content import load
    from care_kit.catalog.programmes import find
    from care_kit.dossier.entry import ght

    chosen = find(load(), name)
    first, last = options.day(starts, "DÉBUT"), options.day(ends, "FIN")
    event = ght.period(chosen.id, kind, first, last, source)
    with options.open_dossier(dossier, author) as opened:
        opened.append(event)
    output.say(f"{chosen.title} : {event.kind.label} du {first:%d/%m/%Y} au {last:%d/%m/%Y}.")


def _choose(
    name: str, followed: bool, dossier: options.DossierPath, author: options.Author
) -> None:
    from care_kit.catalog.content import load
    from care_kit.catalog.programmes import find
    from care_kit.dossier.journal.events import ProgrammeFollowed

    chosen = find(load(), name)
    with options.open_dossier(dossier, author) as opened:
        opened.append(ProgrammeFollowed(chosen.id, followed))
    output.say(f"{chosen.title} : {'suivi' if followed else 'non suivi'}.")
