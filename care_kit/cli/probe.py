"""`care probe`: measure the directory and the exposed surface."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from care_kit.cli import options, output

if TYPE_CHECKING:
    from care_kit.dossier.dossier import Dossier
    from care_kit.model.reading import Statement
    from care_kit.model.scope import ScopeSignature
    from care_kit.probes.directory.target import Target

PASSWORD_VARIABLE = "CARE_LDAP_PASSWORD"  # noqa: S105 - the name of a variable


def directory(
    server: Annotated[
        str,
        typer.Argument(
            metavar="SERVEUR", help="Contrôleur de domaine (nom ou adresse).", show_default=False
        ),
    ] = "",
    user: Annotated[
        str, typer.Option(help="Compte ordinaire, forme compte@domaine.", show_default=False)
    ] = "",
    ca_file: Annotated[
        Path | None,
        typer.Option(help="Certificat de l'autorité (PEM).", show_default=False),
    ] = None,
    certificate_name: Annotated[
        str | None,
        typer.Option(help="Nom attendu dans le certificat.", show_default=False),
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="Port, 636 par défaut.", show_default=False)
    ] = None,
    starttls: Annotated[bool, typer.Option("--starttls", help="StartTLS sur 389.")] = False,
    unverified: Annotated[
        bool,
        typer.Option("--unverified", help="N'exige pas un certificat valide ; inscrit au relevé."),
    ] = False,
    recorded: Annotated[
        bool,
        typer.Option("--recorded", help="Rejoue le relevé de démonstration livré, sans réseau."),
    ] = False,
    offline: Annotated[
        Path | None,
        typer.Option(help="Rejoue le faits.gz d'un paquet complet.", show_default=False),
    ] = None,
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Lit un annuaire Active Directory, en lecture seule, avec un compte ordinaire."""
    from care_kit.model.errors import InputError
    from care_kit.probes.directory.target import LDAPS_PORT, Target

    if not (recorded or offline) and not (server and user):
        raise InputError(
            "Il manque le serveur ou le compte.",
            "Exemple : care probe directory dc1.ch.lan --user auditeur@ch.lan --ca-file ac.pem",
        )
    target = Target(
        server=server,
        port=port or (389 if starttls else LDAPS_PORT),
        starttls=starttls,
        user=user,
        ca_file=ca_file,
        certificate_name=certificate_name,
        unverified=unverified,
    )
    with options.open_dossier(dossier, author) as opened:
        keep(opened, *_directory_facts(target, recorded, offline))


def _directory_facts(
    target: "Target", recorded: bool, offline: Path | None
) -> "tuple[bytes, Statement]":
    """Facts and statement: from the demonstration, from a package, or from the directory itself."""
    if recorded:
        from care_kit.demo.recorded import recorded_reading

        return recorded_reading()
    if offline is not None:
        from care_kit.probes.directory.offline import read_offline

        return read_offline(offline)
    from care_kit.probes.directory import collect

    return collect(target, _password(target.user), _progress)


def exposure(
    scope: Annotated[
        Path, typer.Option("--scope", help="perimetre.toml autorisé.", show_default=False)
    ],
    really: Annotated[
        bool, typer.Option("--run", help="Envoie vraiment ; sans elle, montre le plan.")
    ] = False,
    without_nmap: Annotated[
        bool, typer.Option("--without-nmap", help="Connexions simples, sans nmap.")
    ] = False,
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Mesure ce qu'internet voit de l'établissement, dans le périmètre autorisé."""
    from datetime import datetime

    from care_kit.probes.exposure import collect
    from care_kit.probes.exposure.plan import plan
    from care_kit.probes.exposure.scope import authorise, read_scope

    perimeter, raw = read_scope(scope)
    digest = hashlib.sha256(raw).hexdigest()
    with options.open_dossier(dossier, author) as opened:
        signed = _signature(opened, digest)
        authorise(perimeter, raw, signed, datetime.now().astimezone())
        for line in plan(perimeter, use_nmap=not without_nmap).describe():
            output.say(line)
        if not really:
            output.say("Rien n'a été envoyé. Ajoutez --run pour lancer la mesure.")
            return
        facts, statement = collect(perimeter, digest, use_nmap=not without_nmap, progress=_progress)
        keep(opened, facts, statement)


def _signature(opened: "Dossier", digest: str) -> "ScopeSignature | None":
    """The signature of this very file, else the last one given (so that the edit is told)."""
    signatures = opened.state.signatures
    return signatures.get(digest) or next(iter(list(signatures.values())[-1:]), None)


def _password(user: str) -> str:
    """From the environment, else asked without echo; never from the command line."""
    import getpass
    import os
    import sys

    from care_kit.model.errors import InputError

    given = os.environ.get(PASSWORD_VARIABLE)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise InputError(
            f"Le mot de passe de {user} manque.",
            f"Lancez la commande dans un terminal, ou définissez {PASSWORD_VARIABLE}.",
        )
    return getpass.getpass(f"Mot de passe de {user} : ")


def _progress(step: str, count: int) -> None:
    if count:
        output.note(f"  {step} : {count}")


def keep(opened: "Dossier", facts: bytes, statement: "Statement") -> None:
    """Add a reading to the dossier and say what it is worth."""
    from care_kit.dossier.adding import add_reading
    from care_kit.model.french import seconds

    event = add_reading(opened, facts, statement)
    state = "complet" if statement.complete else "INCOMPLET"
    output.say(f"Relevé {state} enregistré : {statement.target}, {seconds(statement.seconds)}.")
    output.say(f"Faits SHA-512 : {event.facts_sha512}")
    if statement.replayed:
        output.say("Ce relevé est rejoué : il ne mesure pas votre établissement.")
    for limit in statement.limits:
        output.paragraph(f"Limite : {limit}")
