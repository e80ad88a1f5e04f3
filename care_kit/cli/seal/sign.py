"""`care sign`: who made this package."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from care_kit.cli.terminal import output

if TYPE_CHECKING:
    from care_kit.exporters.sealing.signing import SlipLines
    from care_kit.review.verification import Verification

PASSPHRASE, PIN = "CARE_SIGN_PASSPHRASE", "CARE_SIGN_PIN"
Package = Annotated[
    Path, typer.Argument(metavar="PAQUET", help="Le zip à signer.", show_default=False)
]
Tsa = Annotated[
    str, typer.Option("--tsa", help="Adresse de l'autorité d'horodatage.", show_default=False)
]


def sign(
    package: Package,
    key: Annotated[
        Path | None, typer.Option("--key", help="Certificat PKCS#12 (.p12).", show_default=False)
    ] = None,
    library: Annotated[
        Path | None, typer.Option("--pkcs11", help="Bibliothèque du jeton.", show_default=False)
    ] = None,
    token: Annotated[str, typer.Option(help="Nom du jeton.", show_default=False)] = "",
    label: Annotated[
        str, typer.Option(help="Étiquette du certificat sur le jeton.", show_default=False)
    ] = "",
    tsa: Tsa = "",
    asic: Annotated[
        bool, typer.Option("--asic", help="Écrit aussi un seul fichier .asice.")
    ] = False,
) -> None:
    """Signe un paquet : X.p7s et X.bordereau.pdf, à côté de X.zip.

    La phrase de passe est demandée, ou lue dans CARE_SIGN_PASSPHRASE (CARE_SIGN_PIN pour un jeton).
    """
    from care_kit.exporters.sealing import keys
    from care_kit.exporters.sealing.signing import sign as signed
    from care_kit.model.words.errors import InputError

    keys.require()
    lines = slip_lines(sound(package))
    if key is not None and library is None:
        paths = signed(package, lines, keys.from_file(key, secret(PASSPHRASE)), tsa, asic=asic)
    elif library is not None and key is None:
        with keys.from_token(library, token, label, secret(PIN)) as signer:
            paths = signed(package, lines, signer, tsa, asic=asic)
    else:
        raise InputError(
            "Dites avec quoi signer.", "Donnez --key cert.p12, ou --pkcs11, --token et --label."
        )
    for path in paths:
        output.say(f"Écrit : {path}")
    output.say("Envoyez ces fichiers avec le zip ; « care verify » dit ce qu'ils prouvent.")


def sound(package: Path) -> "Verification":
    """The verification of a package fit to be signed; PackageError when it is not."""
    from care_kit.model.words.errors import PackageError
    from care_kit.review.verify import verify

    found = verify(package)
    wrong = [one for one in found.problems if one.file.startswith("data/") or not found.files]
    if wrong or not found.summary.sha512:
        raise PackageError(
            "Ce paquet n'est pas signé : il n'est pas conforme.",
            f"Voyez « care verify {package} », puis exportez à nouveau.",
        )
    return found


def slip_lines(found: "Verification") -> "SlipLines":
    """What the slip prints, all of it recomputed from the journal."""
    from care_kit.exporters.sealing.signing import SlipLines

    said, again = found.summary, dict(found.recomputed)
    rows = (
        ("Établissement", said.organisation),
        ("FINESS juridique", said.finess),
        ("Guichet", again.get("Guichet", "non dit")),
        ("Profil", f"{said.profile} ({said.tlp})"),
        ("Fait le", f"{said.made_on} par {said.agent}"),
        ("Événements du journal", str(said.events)),
        ("Tête du journal", said.head),
    )
    return SlipLines(said.organisation, said.tlp, rows)


def secret(variable: str) -> str:
    """A secret asked on the terminal without echo, or found in the environment."""
    import os

    return os.environ.get(variable) or str(typer.prompt("Phrase de passe", hide_input=True))
