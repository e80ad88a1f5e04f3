"""Options shared by the commands, and how they find their dossier."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from care_kit.model.words.errors import InputError

if TYPE_CHECKING:
    from care_kit.assessment.standing.situation import Situation
    from care_kit.dossier.dossier import Dossier
    from care_kit.model.content.questionnaire import Questionnaire
    from care_kit.model.results.funding_file import Stage

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
Entities = Annotated[
    list[str] | None,
    typer.Option(
        "--entity",
        show_default=False,
        help="FINESS concerné, répétable ; par défaut, tout l'établissement.",
    ),
]
Source = Annotated[
    str, typer.Option(help="D'où vient ce chiffre (texte, date).", show_default=False)
]
Programme = Annotated[
    str, typer.Argument(metavar="PROGRAMME", help="Par exemple d1.", show_default=False)
]
Domain = Annotated[
    str, typer.Option("--domain", help="Programme, par exemple d1.", show_default=False)
]
Paper = Annotated[str, typer.Option(help="candidature, declaration ou paiement.")]
Profile = Annotated[str, typer.Option(help="Profil : « examinateur » (expurgé) ou « complet ».")]
On = Annotated[
    str,
    typer.Option(
        "--on", help="Jour auquel juger (AAAA-MM-JJ) ; par défaut aujourd'hui.", show_default=False
    ),
]
Force = Annotated[
    bool,
    typer.Option(
        "--force", help="Remplace un fichier déjà là, de même nature, au lieu de numéroter."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Sortie JSON, pour les scripts.")]


def open_dossier(path: Path | None, author: str | None) -> "Dossier":
    """The dossier named, or the only `.care` file of the current folder.

    Says so, on standard error, when answers were given to older questions. Drafts that a kill left
    beside the dossier are swept away.
    """
    from care_kit.dossier.dossier import Dossier
    from care_kit.station.drafts import sweep

    found = dossier_path(path)
    opened = Dossier.open(found, author_name(author))
    sweep(found.parent)
    _tell_changes(opened)
    return opened


def dossier_path(path: Path | None) -> Path:
    """The file named, or the only `.care` file of the current folder."""
    return path or _only_one()


def _tell_changes(opened: "Dossier") -> None:
    from care_kit.catalog.content import load
    from care_kit.cli.terminal import output
    from care_kit.dossier.folding.migration import migration, sentence
    from care_kit.model.words.errors import ContentError

    try:
        told = sentence(migration(opened.state, load().questionnaires))
    except ContentError:
        return  # told by the commands that need the content; the others still work without it
    if told:
        output.note(f"{told} Voyez « care questionnaire migrate ».")


def author_name(author: str | None) -> str:
    """The author given, else the name of the session."""
    import getpass

    try:
        return author or getpass.getuser()
    except (OSError, KeyError):
        return "inconnu"


def situation_of(
    dossier: "Dossier", on: date | None = None, *, thorough: bool = False
) -> "Situation":
    """The dossier assessed with the shipped and overlay content, as of `on`, else of today.

    `thorough` opens every document of the followed programmes.
    """
    from care_kit.assessment.standing.situation import situation
    from care_kit.catalog.content import load

    return situation(dossier, load(), on or today(), thorough=thorough)


def questionnaire_of(dossier: "Dossier") -> "Questionnaire":
    """The questionnaire this dossier answers."""
    from care_kit.catalog.choice import find
    from care_kit.catalog.content import load

    return find(load(), dossier.state.questionnaire)


def today() -> date:
    """The local day."""
    return date.today()


def judged_on(text: str) -> date:
    """The day given with --on, today when none is."""
    return day(text, "--on") if text else today()


def day(text: str, option: str) -> date:
    """`AAAA-MM-JJ` or `JJ/MM/AAAA` to a date; InputError otherwise."""
    from care_kit.dossier.entry.days import day as typed

    return typed(text, option)


def stage_of(typed: str) -> "Stage":
    """The paper with that name; InputError with the three of them."""
    from care_kit.dossier.entry.choices import chosen
    from care_kit.model.results.funding_file import Stage

    known = {one.value: one for one in Stage}
    return chosen(known, typed, "un des trois documents de financement")


def written(text: str, option: str) -> str:
    """A text without the spaces around it; InputError when nothing is left."""
    if not text.strip():
        raise InputError(f"« {option} » est vide.", f"Écrivez quelques mots après {option}.")
    return text.strip()


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
