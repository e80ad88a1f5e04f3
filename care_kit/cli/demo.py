"""`care demo`: the whole main job on a demonstration hospital."""

from pathlib import Path
from typing import Annotated

import typer


def demo(
    context: typer.Context,
    to: Annotated[Path, typer.Option("--to", help="Dossier où écrire.")] = Path("demo-out"),
) -> None:
    """Déroule le parcours sur un hôpital fictif."""
    from care_kit.demo.tour import tour

    code = tour(to, context.find_root().obj)
    if code:
        raise typer.Exit(code)
