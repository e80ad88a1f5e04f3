"""The pictures of docs/fr/terminal.md, drawn from a fictitious dossier always the same.

    python -m tests.tui.pictures

Look at each before keeping it.
"""

import asyncio
import os
import re
import tempfile
from collections.abc import Mapping
from contextlib import chdir
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from unittest.mock import patch

from care_kit.catalog.content import load
from care_kit.cli.app import run
from care_kit.cli.terminal import options
from care_kit.demo import material
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.chain import Record
from tests.tui.small import app_on, running, screen_text, until

FOLDER = Path(__file__).parents[2] / "docs/fr/images"
SIZE = (110, 32)
DAY = date(2026, 11, 21)
MOMENT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC).isoformat()
AUTHOR = "Camille Démonstration"
_FONTS = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


@dataclass(frozen=True)
class Picture:
    """A place, the keys pressed there, and words that show it is all drawn."""

    place: str
    keys: tuple[str, ...]
    words: str


PICTURES: Mapping[str, Picture] = {
    "accueil": Picture("home", (), "À faire maintenant"),
    "questionnaire": Picture("questions", ("c",), "CONFLIT"),
    "reunion": Picture("questions", ("f",), "Suivante"),
    "constats": Picture("findings", ("v", "down"), "Correction"),
    "preuves": Picture("evidence", ("down",), "Début du texte"),
    "sondes": Picture("probes", (), "Relevé rejoué"),
    "plan": Picture("plan", (), "Si tout est fait"),
    "financement": Picture("funding", (), "retenu"),
    "precontrole": Picture("precheck", (), "bloquant"),
}
COMMANDS = (
    ("answer", "--from", "reponses.toml"),
    ("probe", "directory", "--recorded"),
    ("programme", "follow", "d1"),
    ("programme", "period", "d1", "eligible", "2026-01-26", "2027-01-20", "--source", "Fictive"),
    ("evidence", "add", "pssi.txt", "--for", "CK-GOV-02", "--date", "2026-09-14"),
    ("evidence", "add", "exercice.txt", "--for", "CK-CRI-03", "--date", "2024-05-02"),
    (
        *("plan", "add", "Isoler une copie de sauvegarde", "--levels", "CK-SAU-04:3"),
        *("--service", "6500", "--days", "5", "--due", "31/03/2027"),
    ),
    (
        *("plan", "add", "Recenser les équipements", "--levels", "CK-ACT-01:3"),
        *("--purchase", "19000", "--days", "12", "--owner", "DSI"),
    ),
    (
        *("spending", "add", "--domain", "d1", "--objective", "D1-NIVEAU-AD", "--kind", "facture"),
        *("--label", "Assainissement de l'annuaire", "--amount", "21600", "--number", "F-201"),
        *("--supplier", "Société fictive", "--date", "2026-11-01", "--file", "facture.txt"),
    ),
    ("spending", "ceiling", "--domain", "d1", "--amount", "30000", "--source", "Fictive"),
)
_TEXTS = {
    "pssi.txt": "Politique de sécurité du GHT des Trois-Rivières (fictif).\n\n"
    "1. La direction générale porte cette politique.\n"
    "2. Le RSSI en rend compte chaque trimestre.\n",
    "exercice.txt": "Compte rendu fictif d'un exercice de crise.\n",
    "facture.txt": "Facture fictive F-201.\n",
}


def filled(folder: Path) -> Dossier:
    """The dossier of the pictures, made by the commands a user types, at one fixed moment."""
    for name, text in _TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name in ("etablissement.toml", "reponses.toml"):
        material.copy(name, folder)
    file = folder / "demonstration.care"
    ours = {"CARE_DOSSIER": str(file), "CARE_AUTHOR": AUTHOR}
    with chdir(folder), patch.dict(os.environ, ours):
        for words in (("init", file.name, "--from", "etablissement.toml"), *COMMANDS):
            if run(words) != 0:
                raise SystemExit(f"care {' '.join(words)}")
    return Dossier.open(file, AUTHOR)


async def drawn(dossier: Dossier, one: Picture) -> str:
    """The screen as SVG, without the fonts it would fetch from elsewhere."""
    app = app_on(dossier, load, DAY, place=one.place)
    async with running(app, SIZE) as pilot:
        await pilot.press(*one.keys)
        await until(pilot, lambda: one.words in screen_text(app), 60)
        await pilot.pause(0.5)
        return _FONTS.sub("", app.export_screenshot(title="care tui"))


def main() -> None:
    """Draw them all."""
    FOLDER.mkdir(exist_ok=True)
    sealed = Record.sealed
    at_once = patch.object(Record, "sealed", lambda one: sealed(replace(one, at=MOMENT)))
    that_day = patch.object(options, "today", lambda: DAY)
    drawn_alike = patch.object(os, "urandom", Random(1).randbytes)  # identifiers of the events
    with (
        tempfile.TemporaryDirectory() as folder,
        at_once,
        that_day,
        drawn_alike,
        filled(Path(folder)) as dossier,
    ):
        for name, one in PICTURES.items():
            svg = asyncio.run(drawn(dossier, one))
            (FOLDER / f"{name}.svg").write_text(f"{svg.rstrip()}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
