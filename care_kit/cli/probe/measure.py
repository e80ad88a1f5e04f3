"""`care probe`: measure the directory and the exposed surface."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from care_kit.cli.probe.targets import (
    Authorities,
    CertificateNames,
    Servers,
    Users,
    readings,
    targets,
)
from care_kit.cli.terminal import options, output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from care_kit.dossier.dossier import Dossier
    from care_kit.model.facts.reading import Statement
    from care_kit.model.facts.scope import Scope, ScopeSignature
    from care_kit.probes.directory.target import Target
    from care_kit.probes.exposure.journal import Journal


def directory(
    servers: Servers = None,
    user: Users = None,
    ca_file: Authorities = None,
    certificate_name: CertificateNames = None,
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65_535, help="Port, 636 par défaut.", show_default=False),
    ] = None,
    starttls: Annotated[bool, typer.Option("--starttls", help="StartTLS sur 389.")] = False,
    unverified: Annotated[
        bool,
        typer.Option("--unverified", help="N'exige pas un certificat valide ; inscrit au relevé."),
    ] = False,
    kerberos: Annotated[
        bool,
        typer.Option("--kerberos", help="Se connecte avec le ticket Kerberos du poste."),
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
    """Lit un ou plusieurs domaines Active Directory, en lecture seule, avec un compte ordinaire."""
    replayed = _replayed(recorded, offline)
    asked = (
        targets(
            servers or (),
            user or (),
            ca_file or (),
            certificate_name or (),
            port=port,
            starttls=starttls,
            unverified=unverified,
            kerberos=kerberos,
        )
        if replayed is None
        else []
    )
    with options.open_dossier(dossier, author) as opened:
        if replayed is None:
            _read(opened, asked)
        else:
            told(keep(opened, *replayed))


def _replayed(recorded: bool, offline: Path | None) -> "tuple[bytes, Statement] | None":
    """Facts and statement of the demonstration or of a package; None when neither was asked."""
    if recorded:
        from care_kit.demo.recorded import recorded_reading

        return recorded_reading()
    if offline is not None:
        from care_kit.probes.directory.offline import read_offline

        return read_offline(offline)
    return None


def _read(opened: "Dossier", asked: "Sequence[Target]") -> None:
    """Read each domain and keep what was read, even when one refuses or the user stops."""
    from care_kit.model.words.errors import CareError
    from care_kit.probes.directory import Reading, together
    from care_kit.probes.directory.limits import UNREAD

    found: list[Reading] = []
    refused: list[CareError] = []
    complete = True
    try:
        found.extend(readings(asked, refused, _progress))
    finally:
        kept = together(found)
        for one in kept:
            complete = keep(opened, one.facts, one.statement) and complete
    if any(line.endswith(UNREAD) for one in kept for line in one.breaks):
        output.paragraph(
            "Pour lire aussi ces domaines, nommez un contrôleur de chacun dans la même commande."
        )
    if refused and not found:
        raise refused[0]
    if refused:
        raise typer.Exit(refused[0].exit_code)
    told(complete)


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
    resume: Annotated[
        bool,
        typer.Option("--resume", help="Reprend un relevé interrompu, sans refaire le terminé."),
    ] = False,
    restart: Annotated[
        bool, typer.Option("--restart", help="Oublie un relevé interrompu et repart de zéro.")
    ] = False,
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Mesure ce qu'internet voit de l'établissement, dans le périmètre autorisé."""
    from datetime import datetime

    from care_kit.probes.exposure import journal, tool
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
        use_nmap, path = not without_nmap, options.dossier_path(dossier)
        saved = journal.open_beside(
            path, digest, tool(use_nmap=use_nmap), resume=resume, restart=restart
        )
        _exposed(opened, perimeter, digest, saved, use_nmap=use_nmap)


def _exposed(
    opened: "Dossier", perimeter: "Scope", digest: str, saved: "Journal", *, use_nmap: bool
) -> None:
    """Collect and keep; what is finished stays in `saved` unless the reading is complete."""
    from care_kit.model.words.french import counted
    from care_kit.probes.exposure import collect

    complete = False
    if saved.pieces:
        done = counted(len(saved.pieces), "partie terminée", "parties terminées")
        output.say(f"Reprise : {done}, à ne pas refaire.")
    try:
        facts, statement = collect(
            perimeter, digest, use_nmap=use_nmap, progress=_progress, journal=saved
        )
        keep(opened, facts, statement)
        complete = statement.complete
    finally:
        saved.close(remove=complete or not saved.pieces)
    if not complete and saved.pieces:
        output.say("Pour terminer ce relevé : la même commande, avec --resume.")
    told(complete)


def _signature(opened: "Dossier", digest: str) -> "ScopeSignature | None":
    """The signature of this very file, else the last one given (so that the edit is told)."""
    signatures = opened.state.signatures
    return signatures.get(digest) or next(iter(list(signatures.values())[-1:]), None)


def _progress(step: str, count: int) -> None:
    if count:
        output.note(f"  {step} : {count}")


def told(complete: bool) -> None:
    """End with the exit code of incomplete readings when one was kept."""
    from care_kit.model.words.errors import INCOMPLETE

    if not complete:
        raise typer.Exit(INCOMPLETE)


def keep(opened: "Dossier", facts: bytes, statement: "Statement") -> bool:
    """Add a reading to the dossier, say what it is worth, and whether it is complete."""
    from care_kit.dossier.entry.adding import add_reading
    from care_kit.model.words.french import seconds

    event = add_reading(opened, facts, statement)
    state = "complet" if statement.complete else "INCOMPLET"
    output.say(f"Relevé {state} enregistré : {statement.target}, {seconds(statement.seconds)}.")
    output.say(f"Faits SHA-512 : {event.facts_sha512}")
    if statement.replayed:
        output.say("Ce relevé est rejoué : il ne mesure pas votre établissement.")
    for limit in statement.limits:
        output.paragraph(f"Limite : {limit}")
    return statement.complete
