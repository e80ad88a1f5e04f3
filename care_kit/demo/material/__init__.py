"""The demonstration hospital's own files: establishment, answers, and made-up documents."""

from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Literal

_DOCUMENT = """
#set document(title: sys.inputs.title)
#set page(paper: "a4", margin: 2.5cm)
#set text(lang: "fr", size: 12pt)
= #sys.inputs.title
Document fictif fabriqué pour la démonstration de care-kit.

Daté du #sys.inputs.day. L'établissement, ses agents et ses fournisseurs n'existent pas.
"""


def copy(name: str, folder: Path) -> Path:
    """Copy a shipped file (`etablissement.toml`, `reponses.toml`) where the tour can show it."""
    target = folder / name
    target.write_bytes(files(__name__).joinpath(name).read_bytes())
    return target


def document(folder: Path, name: str, title: str, dated: date) -> Path:
    """Make a one-page document; the suffix of `name` (.pdf or .png) tells its kind."""
    import typst

    target = folder / name
    inputs = {"title": title, "day": f"{dated:%d/%m/%Y}"}
    kind: Literal["png", "pdf"] = "png" if target.suffix == ".png" else "pdf"
    made = typst.compile(_DOCUMENT.encode(), format=kind, sys_inputs=inputs)
    target.write_bytes(made if isinstance(made, bytes) else made[0])
    return target
