"""Values copied one after the other; gaps never; documents by sending."""

from pathlib import Path

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry.adding import add_evidence
from care_kit.tui.app import CareApp
from tests.tui.screens.test_funding import flat, with_programmes
from tests.tui.small import app_on, running, screen_lines, screen_text, until


def app_of(dossier: Dossier) -> CareApp:
    return app_on(dossier, with_programmes, place="counter")


async def test_each_value_is_copied_in_turn_and_gaps_are_not(dossier: Dossier) -> None:
    app = app_of(dossier)
    async with running(app) as pilot:
        await until(pilot, lambda: "[ ] Nom de l'établissement" in screen_text(app))
        await pilot.press("enter")
        assert app.clipboard == "GHT de démonstration"
        assert "Ensuite : Catégorie." in flat(app)
        assert "> [ ] Catégorie" in screen_text(app)
        await pilot.press("c")
        assert app.clipboard == "groupement hospitalier de territoire"
        assert "· 2 copiés ·" in flat(app)
        await pilot.press("end")
        assert "> [?] Montant demandé (€) : à compléter" in screen_text(app)
        await pilot.press("enter")
        assert app.clipboard == "groupement hospitalier de territoire"
        assert "Rien n'est copié : « Montant demandé (€) » est à compléter." in flat(app)
        await pilot.press("f1")
        assert "La copie passe par le terminal (OSC 52)" in screen_text(app)


async def test_a_gap_on_the_way_is_stepped_over(dossier: Dossier) -> None:
    app = app_of(dossier)
    async with running(app, (80, 60)) as pilot:
        await until(pilot, lambda: "[ ] Nom de l'établissement" in screen_text(app))
        labels = [line for line in screen_lines(app) if line[2:5] in ("[ ]", "[?]")]
        gap = next(at for at, line in enumerate(labels) if line[2:5] == "[?]")
        await pilot.press(*["down"] * (gap - 1), "enter")
        assert any(line.startswith("> [ ]") for line in screen_lines(app)), "not on a gap"


async def test_documents_are_listed_and_copied_by_sending(dossier: Dossier, tmp_path: Path) -> None:
    for name in ("un.txt", "deux.txt"):
        (tmp_path / name).write_text(name * 100_000, encoding="utf-8")
        add_evidence(dossier, tmp_path / name, ["P1.O1"], None, "[b]Pièce")
    app = app_of(dossier)
    async with running(app) as pilot:
        await pilot.press("a", *"0", "enter", "enter")
        assert "« 0 » n'est pas une taille en mégaoctets." in screen_text(app)
        await pilot.press("shift+tab", *"1", "enter", *str(tmp_path / "envois"), "enter")
        shown = flat(app)
        assert "Envoi 1 : 800,0 ko" in shown
        assert "un.txt (600,0 ko) · [b]Pièce" in shown
        await until(pilot, lambda: (tmp_path / "envois" / "envoi_2").is_dir())
    assert len([*(tmp_path / "envois").rglob("*.txt")]) == 2
