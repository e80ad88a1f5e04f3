"""`care data`: the dated data the rules rely on, and the catalogue's update without internet."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from care_kit.cli.terminal import options, output

if TYPE_CHECKING:
    from care_kit.model.content.kev import Kev


def show() -> None:
    """Montre la date des données : catalogue KEV et tables."""
    from care_kit.catalog.dated_tables import load_tables

    tables = load_tables(options.today())
    _told(tables.kev)
    for what, table in (
        ("Fins de support des logiciels web", tables.support),
        ("Versions d'Exchange et leurs correctifs", tables.exchange),
    ):
        output.say()
        output.paragraph(f"{what} : table au {table.source_date:%d/%m/%Y}. {table.source}")


def import_file(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FICHIER",
            help="Catalogue KEV de la CISA (JSON), ou table de care-kit (TOML).",
            show_default=False,
        ),
    ],
) -> None:
    """Reprend un catalogue KEV, une table de fins de support ou d'Exchange plus récents."""
    if file.suffix.casefold() == ".toml":
        _import_table(file)
        return
    from care_kit.catalog.kev import admitted, in_place, own_file, read_edition
    from care_kit.model.formats import codec
    from care_kit.station.writing import keep_own

    raw = read_edition(file)
    edition = admitted(raw, file.name, in_place(), options.today())
    target = own_file()
    keep_own(target, codec.compress(raw))
    output.say(f"Catalogue repris dans « {target} ».")
    output.say(f"SHA-512 du fichier reçu : {codec.sha512(raw)}")
    _told(edition)


def _import_table(file: Path) -> None:
    from care_kit.catalog.tables_update import admitted
    from care_kit.model.formats import codec
    from care_kit.model.words.french import counted
    from care_kit.station.writing import keep_own

    update = admitted(file, options.today())
    keep_own(update.target, update.raw)
    added = counted(update.added, "ligne ajoutée", "lignes ajoutées")
    output.say(f"Table au {update.source_date:%d/%m/%Y} reprise : {added}, « {update.target} ».")
    output.say(f"SHA-512 du fichier reçu : {codec.sha512(update.raw)}")


def _told(edition: "Kev") -> None:
    from care_kit.catalog.kev import UNUSABLE_AFTER_DAYS, WARN_AFTER_DAYS, kev_age, kev_usable
    from care_kit.model.words.french import counted, number

    today = options.today()
    age = kev_age(edition.date, today)
    origin = "importé" if edition.imported else "livré avec care-kit"
    output.say(f"Catalogue KEV (CISA, CC0) {edition.version}, {origin}")
    output.say(f"Publié le {edition.date:%d/%m/%Y}, il y a {counted(max(age, 0), 'jour')}")
    products = number(len(edition.entries))
    output.say(f"{number(edition.count)} vulnérabilités exploitées, {products} produits")
    if not kev_usable(edition.date, today):
        output.paragraph(
            f"[!] Au-delà de {UNUSABLE_AFTER_DAYS} jours, ce catalogue ne sert plus : les "
            "contrôles qui en dépendent sont « non testés ». Importez une édition récente avec "
            "« care data import »."
        )
    elif age > WARN_AFTER_DAYS:
        output.paragraph(
            f"[?] Ce catalogue a plus de {WARN_AFTER_DAYS} jours : importez une édition récente "
            "avec « care data import »."
        )
