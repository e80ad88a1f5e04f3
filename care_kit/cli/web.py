"""`care web`: the full-screen application in a browser."""

import sys
from importlib.util import find_spec
from typing import Annotated

import typer

from care_kit.cli.terminal import options
from care_kit.model.words.errors import InputError


def web(
    dossier: options.DossierPath = None,
    author: options.Author = None,
    address: Annotated[str, typer.Option(help="Adresse IP d'écoute.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65_535, help="Port d'écoute ; 0 en prend un libre.")
    ] = 0,
    without_tls: Annotated[
        bool,
        typer.Option(
            "--without-tls",
            help="Accepte une adresse joignable d'autres postes : tout y circule en clair.",
        ),
    ] = False,
    public_url: Annotated[
        str,
        typer.Option(help="Adresse https du mandataire TLS placé devant.", show_default=False),
    ] = "",
) -> None:
    """Ouvre l'application plein écran dans un navigateur de ce poste."""
    if find_spec("textual_serve") is None:
        raise InputError(
            "Le mode navigateur n'est pas installé sur ce poste.",
            "Installez-le (« pip install 'care-kit[web]' »), ou utilisez « care tui ».",
        )
    if not sys.stdout.isatty():  # the link opens the dossier: it goes to no file
        raise InputError(
            "Le lien à usage unique ne s'affiche que dans un terminal.",
            "Lancez « care web » dans un terminal, sans rediriger sa sortie.",
        )
    from care_kit.cli.terminal import output
    from care_kit.dossier.journal.sqlite_file import refuse_damaged
    from care_kit.web.address import listening, public_origin
    from care_kit.web.server import Served, serve

    path = options.dossier_path(dossier)
    refuse_damaged(path)
    public = public_origin(public_url) if public_url else ""
    listener = listening(address, port, without_tls=without_tls)
    shown = Served(path, options.author_name(author))
    try:
        serve(shown, listener, public, _tell_link, output.note)
    except KeyboardInterrupt:  # how one stops a service
        output.say("Service arrêté. Chaque réponse donnée est enregistrée.")


def _tell_link(link: str) -> None:
    from care_kit.cli.terminal import output

    output.say("Ouvrez ce lien, qui ne sert qu'une fois, dans le navigateur de ce poste :")
    output.say(link)
    output.say("Ctrl+C arrête le service et ferme ses fenêtres.")
