"""A package built away from the screen, then verified; an altered one names its file."""

import zipfile
from datetime import date
from pathlib import Path

from care_kit.catalog.content import load
from care_kit.dossier.dossier import Dossier
from care_kit.review.verify import verify
from care_kit.tui.app import CareApp
from tests.tui.screens.test_funding import flat
from tests.tui.small import app_on, running, screen_text, until


def app_of(dossier: Dossier) -> CareApp:
    return app_on(dossier, load, date.today(), place="package")


async def test_the_redacted_package_comes_first_and_is_verified(
    dossier: Dossier, tmp_path: Path
) -> None:
    app = app_of(dossier)
    async with running(app) as pilot:
        assert "> examinateur" in screen_text(app)
        assert "Comptes et machines : remplacés par des pseudonymes." in flat(app)
        await pilot.press("enter", "home", "shift+end", *str(tmp_path / "remise"), "enter")
        await until(pilot, lambda: "Paquet écrit. Touche v : le vérifier." in screen_text(app), 60)
        written = next((tmp_path / "remise").iterdir())
        assert written.name in "".join(screen_text(app).split())
        await pilot.press("v", "enter")
        await until(pilot, lambda: "[v] Paquet intègre" in screen_text(app), 60)
        await pilot.press("end")  # below what was computed again
        said = "Établissement : GHT de démonstration (990000010)"
        await until(pilot, lambda: said in flat(app), 60)
    assert verify(written).ok


async def test_an_altered_package_names_its_file(dossier: Dossier, tmp_path: Path) -> None:
    app = app_of(dossier)
    async with running(app) as pilot:
        await pilot.press("n", "home", "shift+end", *str(tmp_path), "enter")
        await until(pilot, lambda: "Paquet écrit. Touche v" in screen_text(app), 60)
        with zipfile.ZipFile(next(tmp_path.glob("*.zip"))) as package:
            package.extractall(tmp_path / "recu")
        altered = next((tmp_path / "recu").rglob("rapport.html"))
        altered.write_text("\x1b[31mautre", encoding="utf-8")
        await pilot.press("v", "home", "shift+end", *str(altered.parents[1]), "enter")
        await until(pilot, lambda: "[X] Paquet NON conforme" in screen_text(app), 60)
        assert "[X] data/rapport.html : " in flat(app)
        await pilot.press("escape", "v", "home", "shift+end", *"/nulle/part.zip", "enter")
        await until(pilot, lambda: "ne peut pas être lu" in flat(app))
