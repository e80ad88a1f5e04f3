"""`care encrypt`, `care decrypt`, `care review key new`: for the examiner's eyes, and one's own."""

from pathlib import Path
from typing import Annotated

import typer

from care_kit.cli.terminal import options, output

PASSPHRASE = "CARE_REVIEW_PASSPHRASE"  # noqa: S105 - the name of a variable


def encrypt(
    package: Annotated[
        Path, typer.Argument(metavar="FICHIER", help="Le fichier à chiffrer.", show_default=False)
    ],
    recipients: Annotated[
        Path, typer.Option("--to", help="Fichier des destinataires (TOML).", show_default=False)
    ],
    ids: Annotated[
        list[str] | None,
        typer.Option("--recipient", help="Destinataire, répétable.", show_default=False),
    ] = None,
) -> None:
    """Chiffre un paquet pour l'examinateur et pour l'établissement (X.zip.age).

    Sans --recipient, pour tous les destinataires du fichier.
    """
    from care_kit.exporters.sealing.recipients import chosen, read
    from care_kit.exporters.sealing.secrecy import encrypted

    kept = chosen(read(recipients), tuple(ids or ()), options.today())
    path = encrypted(package, package.with_name(f"{package.name}.age"), kept)
    output.say(f"Écrit : {path}")
    for one in kept:
        output.paragraph(f"- {one.name} : empreinte {one.fingerprint}, source : {one.source}")
    output.say("Faites lire l'empreinte de l'examinateur par téléphone avant d'envoyer.")


def decrypt(
    file: Annotated[
        Path, typer.Argument(metavar="FICHIER", help="Le fichier .age reçu.", show_default=False)
    ],
    key: Annotated[Path, typer.Option("--key", help="Votre clé privée.", show_default=False)],
    to: Annotated[Path, typer.Option("--to", help="Dossier où écrire.")] = Path(),
) -> None:
    """Déchiffre un fichier reçu : entier, ou rien n'est écrit."""
    from care_kit.cli.seal.sign import secret
    from care_kit.exporters.sealing.secrecy import decrypted
    from care_kit.station.writing import folder

    name = file.stem if file.suffix == ".age" else f"{file.name}.clair"
    output.say(f"Écrit : {decrypted(file, folder(to) / name, key, secret(PASSPHRASE))}")


def new_key(
    to: Annotated[Path, typer.Option("--to", help="Fichier de la clé privée.", show_default=False)],
) -> None:
    """Fait une clé de déchiffrement ; sa partie privée reste sous votre phrase de passe."""
    from care_kit.cli.seal.sign import secret
    from care_kit.exporters.sealing.secrecy import new_identity
    from care_kit.model.words.errors import InputError

    if to.suffix == ".care":
        raise InputError("Une clé ne va jamais dans un dossier.", "Donnez un nom en .age.")
    public = new_identity(to, secret(PASSPHRASE))
    output.say(f"Clé privée écrite : {to}. Gardez-la, et sa phrase de passe, hors du dossier.")
    output.say(f"Clé publique, à publier : {public}")
    _tell(public)


def recipients(
    file: Annotated[
        Path,
        typer.Argument(metavar="FICHIER", help="Destinataires.", show_default=False),
    ],
) -> None:
    """Liste les destinataires d'un fichier, avec l'empreinte à lire par téléphone."""
    from care_kit.exporters.sealing.recipients import read

    rows = [
        [one.id, one.name, f"{one.valid_until:%d/%m/%Y}", one.provenance.label, one.fingerprint]
        for one in read(file)
    ]
    output.table(["Identifiant", "Nom", "Jusqu'au", "Provenance", "Empreinte"], rows, 1)


def _tell(public: str) -> None:
    from datetime import date

    from care_kit.exporters.sealing.recipients import Recipient, Role
    from care_kit.model.words.vocabulary import Provenance

    today = date.today()
    one = Recipient("", "", Role.EXAMINER, public, today, today, Provenance.PROPOSED, "")
    output.say(f"Empreinte, à lire par téléphone : {one.fingerprint}")
