"""`care merge`: a copy comes back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from care_kit.cli.terminal import options, output
from care_kit.model.words.french import counted

if TYPE_CHECKING:
    from care_kit.dossier.entry.merging import Coming


def merge(
    copy: Annotated[
        Path, typer.Argument(metavar="COPIE", help="Fichier .care qui revient.", show_default=False)
    ],
    confirmed: Annotated[
        bool, typer.Option("--yes", help="Fusionne ; sans cette option, montre seulement.")
    ] = False,
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Montre ce qu'une copie du dossier apporte, puis la fusionne."""
    from care_kit.dossier.entry import merging

    path = options.dossier_path(dossier)
    merging.refuse_itself(path, copy)
    with options.open_dossier(path, author) as opened, merging.opened_copy(copy) as other:
        coming = merging.look(opened, other)
        _tell(copy, coming)
        if not coming.records:
            return
        if not confirmed:
            output.note("Rien n'est écrit : ajoutez --yes pour fusionner.")
            return
        merging.merge(opened, other, coming)
        output.say(f"Copie fusionnée : {counted(len(coming.records), 'événement')} de plus.")
        if coming.state.disputes:
            output.say("Choisissez entre les mots contraires avec « care conflicts ».")


def _tell(copy: Path, coming: "Coming") -> None:
    if coming.records:
        output.say(f"« {copy.name} » apporte {counted(len(coming.records), 'événement')} :")
        output.table(
            ("Événement", "Nombre", "De qui"),
            [(one.kind, str(one.number), ", ".join(one.authors)) for one in coming.kinds],
            flexible=2,
        )
    else:
        output.say(f"« {copy.name} » n'apporte rien de nouveau.")
    if coming.blobs:
        output.say(f"Contenus à reprendre : {counted(len(coming.blobs), 'fichier')}.")
    if coming.ahead:
        output.say(
            f"Ce dossier-ci a {counted(coming.ahead, 'événement')} que la copie ne connaît pas : "
            "remettez-en une copie à qui la tient."
        )
    for dispute in coming.conflicts:
        output.say(f"Conflit, {dispute.title} :")
        for one in dispute.candidates:
            output.paragraph(f"{one.told}, par {one.author} le {one.at:%d/%m/%Y}", "  ")
