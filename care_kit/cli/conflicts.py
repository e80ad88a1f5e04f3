"""`care conflicts`: what merged copies say differently, and the choice that ends it."""

from typing import Annotated

import typer

from care_kit.cli.terminal import options, output


def conflicts(
    keep: Annotated[
        str,
        typer.Option(
            "--keep",
            metavar="REPÈRE",
            help="Mot à garder, par son repère ; le conflit est clos.",
            show_default=False,
        ),
    ] = "",
    dossier: options.DossierPath = None,
    author: options.Author = None,
) -> None:
    """Liste ce que deux copies fusionnées disent de contraire, ou en clôt un."""
    from care_kit.dossier.entry import merging

    with options.open_dossier(dossier, author) as opened:
        if keep:
            dispute, chosen = merging.find(opened.state, keep)
            opened.append_all(merging.ending(opened, dispute, chosen))
            output.say(f"Conflit clos, {dispute.title} : {chosen.told}.")
        state = opened.state
    if not state.disputes:
        output.say("Aucun conflit entre copies.")
        return
    for dispute in state.disputes:
        output.say(f"{dispute.title[:1].upper()}{dispute.title[1:]} :")
        for one in dispute.candidates:
            mark = " ; compte en attendant" if one.record == dispute.standing else ""
            where = f"{one.record[: merging.SHORT]}  "
            output.paragraph(
                f"{where}{one.told}, par {one.author} le {one.at:%d/%m/%Y}{mark}", "  "
            )
    output.note("« care conflicts --keep REPÈRE » garde ce mot et clôt le conflit.")
