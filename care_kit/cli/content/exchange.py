"""`care content import-annex`, `import-ciso`, `export-ciso`: content from and for other tools."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from care_kit.cli.content.authoring import To, writing_to, written
from care_kit.cli.terminal import options, output

_FILE = typer.Argument(metavar="FICHIER", show_default=False)


def import_annex(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FICHIER",
            help="Classeur XLSX, fichier CSV, ou « - » pour un tableau collé.",
            show_default=False,
        ),
    ],
    programme: Annotated[str, typer.Option(help="Programme, par exemple d2.", show_default=False)],
    source: Annotated[
        str, typer.Option(help="Texte officiel où l'annexe a été lue.", show_default=False)
    ] = "",
    dated: Annotated[
        str, typer.Option("--date", help="Date de ce texte.", show_default=False)
    ] = "",
    to: To = "",
) -> None:
    """Importe l'annexe officielle d'un programme (quatre colonnes).

    Les objectifs ne sont dits officiels que si --source et --date sont donnés.
    """
    from care_kit.catalog import content
    from care_kit.catalog.authoring import annex, annex_cells, toml_writer
    from care_kit.catalog.authoring.annex_programme import Origin, programme_of
    from care_kit.model.words.french import counted

    name = "tableau collé" if file == "-" else Path(file).name
    sheet = annex_cells.read(_bytes(file), name)
    rows = annex.rows_of(sheet)
    origin = Origin(name, source, options.day(dated, "--date") if dated else None, options.today())
    with writing_to(to) as root:
        made = programme_of(rows, programme, origin, content.read())
        output.say(f"Lu : {sheet.read_as}.")
        pieces = sum(len(one.pieces) for one in made.programme.objectives)
        output.say(
            f"{counted(len(rows.rows), 'objectif')}, {counted(pieces, 'pièce')} ; "
            f"provenance : {origin.provenance.label}."
        )
        for one in rows.headings:
            output.paragraph(f"Ligne de titre laissée de côté : {one}", "  ")
        for one, links in made.dropped.items():
            output.paragraph(f"Absent de l'annexe, retiré du programme : {one}", "  ")
            if links:
                output.paragraph(
                    f"Pour garder ses liens, ajoutez à qui le remplace : {links}", "    "
                )
        target = root / "questionnaires" / "programmes" / made.file_name
        written(target, toml_writer.dumps(made.programme, _ANNEX_COMMENT))


def import_ciso(
    file: Annotated[Path, _FILE],
    new_id: Annotated[
        str, typer.Option("--id", help="Identifiant du questionnaire.", show_default=False)
    ] = "",
    to: To = "",
) -> None:
    """Importe une bibliothèque CISO Assistant (YAML)."""
    from care_kit.catalog import content
    from care_kit.catalog.authoring import ciso_import, toml_writer, yaml_file
    from care_kit.catalog.authoring.skeletons import check_free

    made = ciso_import.questionnaire_of(yaml_file.read(file), options.today(), new_id)
    questionnaire = made.questionnaire
    with writing_to(to) as root:
        loaded = content.read()
        for one in (questionnaire.id, *(each.id for each in questionnaire.indicators)):
            check_free(one, loaded)
        output.say(f"{questionnaire.title} : {len(questionnaire.indicators)} exigences.")
        output.paragraph(f"Droits sur ces textes : {made.rights}")
        for note in made.notes:
            output.paragraph(note)
        target = root / "questionnaires" / f"{questionnaire.id}.toml"
        written(target, toml_writer.dumps(questionnaire, _CISO_COMMENT))


def export_ciso(
    questionnaire: Annotated[
        str, typer.Argument(metavar="ID", help="Questionnaire.", show_default=False)
    ],
    to: Annotated[
        Path, typer.Option("--to", metavar="FICHIER", help="Fichier YAML.", show_default=False)
    ],
) -> None:
    """Écrit un questionnaire au format de CISO Assistant."""
    from care_kit.catalog import content
    from care_kit.catalog.authoring import ciso_export
    from care_kit.catalog.authoring.documents import is_own
    from care_kit.model.words.errors import InputError
    from care_kit.station.writing import write_new

    loaded = content.read()
    found = loaded.questionnaires.get(questionnaire.strip().lower())
    if found is None:
        known = ", ".join(sorted(loaded.questionnaires))
        raise InputError(
            f"Le questionnaire « {questionnaire} » n'existe pas.", f"Questionnaires : {known}."
        )
    text = ciso_export.library(found, is_own(loaded.origins[found.id]))
    write_new(to, text.encode("utf-8"))
    output.say(f"Écrit : {to} ({len(found.indicators)} indicateurs).")
    output.paragraph(f"Ce format ne reprend pas : {', '.join(ciso_export.LEFT_OUT)}.")


def _bytes(file: str) -> bytes:
    from care_kit.catalog.toml_file import MAX_BYTES, read_bytes
    from care_kit.model.words.errors import InputError

    if file == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    return read_bytes(Path(file), InputError)


_ANNEX_COMMENT = """Programme importé d'une annexe par « care content import-annex ».
Pour corriger : docs/fr/auteurs.md."""
_CISO_COMMENT = """Questionnaire importé par « care content import-ciso ».
Ses textes restent à leurs auteurs : voyez « notice ». Pour compléter : docs/fr/auteurs.md."""
