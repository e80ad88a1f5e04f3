"""`care counter`: values to copy, a form to prefill, files to attach."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from care_kit.cli.terminal import options, output

if TYPE_CHECKING:
    from care_kit.dossier.dossier import Dossier
    from care_kit.exporters.counter.fields import Field


def copy(
    programme: options.Programme,
    paper: options.Paper = "candidature",
    as_json: options.Json = False,
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Liste les valeurs à recopier dans eCaRE ou Convergence."""
    from dataclasses import asdict

    from care_kit.model.formats.codec import canonical_plain

    with options.open_dossier(dossier, author) as opened:
        found = _fields(opened, programme, paper)
    if as_json:
        output.say(canonical_plain([asdict(one) for one in found]).decode("utf-8"))
        return
    rows = [(one.key, one.label, one.value) for one in found]
    output.table(("Clé", "Champ", "Valeur"), rows, flexible=2)
    gaps = sum(not one.known for one in found)
    output.say(f"{len(found)} champs, dont {gaps} à compléter.")


def prefill(
    programme: options.Programme,
    mapping: Annotated[
        Path, typer.Option("--map", help="Correspondance des champs (TOML).", show_default=False)
    ],
    paper: options.Paper = "candidature",
    to: Annotated[Path, typer.Option(help="Fichier JSON, quand le lien serait trop long.")] = Path(
        "preremplissage.json"
    ),
    force: options.Force = False,
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Préremplit une démarche de Démarche numérique, sans l'envoyer."""
    from care_kit.exporters.counter.prefill import command, read_map
    from care_kit.exporters.counter.prefill import prefill as filled
    from care_kit.station.writing import write_file

    read = read_map(mapping)
    with options.open_dossier(dossier, author) as opened:
        made = filled(read, _fields(opened, programme, paper))
    for label in made.left:
        output.note(f"Laissé vide, à compléter : {label}.")
    if made.link:
        output.say("Ouvrez ce lien, relisez, puis complétez :")
        output.say(made.link)
        return
    written = write_file(to, made.body, force=force)
    output.say(f"Le lien serait trop long : valeurs écrites dans {written}, rien n'est envoyé.")
    if made.address:
        output.say("Après relecture, pour les envoyer :")
        output.say(command(made, written))
    else:
        output.say(f"Ajoutez « numero » dans {mapping} pour obtenir la commande d'envoi.")


def attachments(
    programme: options.Programme,
    limit: Annotated[
        str, typer.Option(help="Taille d'un envoi, en mégaoctets.", show_default=False)
    ],
    to: Annotated[
        Path | None,
        typer.Option(help="Dossier où copier les envois.", show_default=False),
    ] = None,
    force: options.Force = False,
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Liste les pièces à joindre, réparties en envois sous une taille."""
    from care_kit.catalog.content import load
    from care_kit.catalog.programmes import find
    from care_kit.exporters.counter import attachments as tied
    from care_kit.model.words.french import octets

    bound = tied.limit(limit)
    with options.open_dossier(dossier, author) as opened:
        chosen = find(load(), programme)
        groups = tied.sendings(tied.attachments(opened.state, chosen), bound)
        for rank, one in enumerate(groups, 1):
            output.say(f"Envoi {rank} : {octets(one.size)}")
            for piece in one.pieces:
                output.say(f"  {piece.name} ({octets(piece.size)}) · {piece.title}")
        if to is not None:
            copied = tied.copied(opened, groups, to, force=force)
            output.say(f"Envois copiés dans {copied}.")
    if not groups:
        output.say("Aucune pièce jointe à ce programme : « care evidence add ».")


def _fields(dossier: "Dossier", programme: str, paper: str) -> "tuple[Field, ...]":
    from care_kit.catalog.programmes import find
    from care_kit.exporters.counter.fields import sheet

    stage = options.stage_of(paper)
    now = options.situation_of(dossier)
    return sheet(dossier, now, find(now.content, programme), stage)
