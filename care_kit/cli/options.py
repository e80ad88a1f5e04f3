"""Options shared by the commands, and how they find their dossier."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from care_kit.model.errors import InputError

if TYPE_CHECKING:
    from care_kit.assessment.situation import Situation
    from care_kit.dossier.dossier import Dossier
    from care_kit.model.questionnaire import Questionnaire

DossierPath = Annotated[
    Path | None,
    typer.Option(
        "--dossier",
        "-d",
        envvar="CARE_DOSSIER",
        show_default=False,
        help="Fichier .care ; par défaut, le seul du dossier courant.",
    ),
]
Author = Annotated[
    str | None,
    typer.Option(
        "--author",
        envvar="CARE_AUTHOR",
        show_default=False,
        help="Nom inscrit au journal ; par défaut, celui de la session.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Sortie JSON, pour les scripts.")]


def open_dossier(path: Path | None, author: str | None) -> "Dossier":
    """The dossier named, or the only `.care` file of the current folder."""
    from care_kit.dossier.dossier import Dossier

    return Dossier.open(path or _only_one(), author_name(author))


def author_name(author: str | None) -> str:
    """The author given, else the name of the session."""
    import getpass

    try:
        return author or getpass.getuser()
    except (OSError, KeyError):
        return "inconnu"


def situation_of(dossier: "Dossier") -> "Situation":
    """The dossier assessed with the shipped and overlay content, as of today."""
    from care_kit.assessment.situation import situation
    from care_kit.catalog.content import load

    return situation(dossier, load(), today())


def questionnaire_of(dossier: "Dossier") -> "Questionnaire":
    """The questionnaire this dossier answers."""
    from care_kit.catalog.choice import find
    from care_kit.catalog.content import load

    return find(load(), dossier.state.questionnaire)


def today() -> date:
    """The local day."""
    return date.today()


def day(text: str, option: str) -> date:
    """`AAAA-MM-JJ` or `JJ/MM/AAAA` to a date; InputError otherwise."""
    from datetime import datetime

    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    raise InputError(
        f"« {text} » n'est pas une date pour {option}.",
        "Écrivez AAAA-MM-JJ ou JJ/MM/AAAA, par exemple 2026-03-31.",
    )


def _only_one() -> Path:
    found = sorted(Path.cwd().glob("*.care"))
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(
            "Aucun dossier .care dans le dossier courant.",
            "Créez-le avec « care init », ou indiquez-le avec --dossier.",
        )
    names = ", ".join(path.name for path in found)
    raise InputError(f"Plusieurs dossiers .care ici : {names}.", "Choisissez avec --dossier.")
