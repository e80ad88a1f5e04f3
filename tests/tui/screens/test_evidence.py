"""Pieces attached by path and date, read back, found again."""

from datetime import date
from pathlib import Path

from care_kit.demo import material
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry.adding import add_evidence
from tests.tui.small import app_on, running, screen_lines, screen_text, until


async def test_a_piece_is_attached_with_the_date_it_bears(dossier: Dossier, tmp_path: Path) -> None:
    file = tmp_path / "pssi.txt"
    file.write_text("Politique [b]signée[/b]\x1b[31m le 31 mars.", encoding="utf-8")
    app = app_on(dossier, place="evidence")
    async with running(app, (170, 40)) as pilot:
        await pilot.press("n", *str(file), "enter", *"ck-gov-09", "enter", "enter", "enter")
        assert "« ck-gov-09 » n'est ni un indicateur ni une pièce attendue." in screen_text(app)
        await pilot.press("shift+tab", "shift+tab", *["backspace"] * 9)
        await pilot.press(*"ck-gov-02", "enter", *"31/03/2026", "enter", *"PSSI", "enter")
        assert "pssi.txt est jointe. La suivante, ou Échap : fini." in screen_text(app)
        await pilot.press("escape")
        shown = screen_text(app)
        assert "pssi.txt : jointe pour CK-GOV-02, datée du 31/03/2026." in shown
        assert "> 31/03/2026  PSSI · CK-GOV-02" in shown
        assert "valable jusqu'au 31/03/2027" in shown
        assert "Politique [b]signée[/b][31m le 31 mars." in shown
    piece = next(iter(dossier.state.evidence.values()))
    assert (piece.title, piece.subjects) == ("PSSI", ("CK-GOV-02",))


async def test_a_missing_file_is_told_and_nothing_is_written(dossier: Dossier) -> None:
    app = app_on(dossier, place="evidence")
    async with running(app) as pilot:
        await pilot.press("n", *"/nulle/part.pdf", "enter", *"CK-GOV-01", "enter", "enter", "enter")
        assert "La preuve « /nulle/part.pdf » n'existe pas" in screen_text(app)
    assert dossier.state.evidence == {}


async def test_several_pieces_of_any_type_are_attached_one_after_the_other(
    dossier: Dossier, tmp_path: Path
) -> None:
    (tmp_path / "note.txt").write_text("Compte rendu", encoding="utf-8")
    material.document(tmp_path, "plan.png", "Plan", date(2026, 3, 31))
    app = app_on(dossier, place="evidence")
    async with running(app, (120, 40)) as pilot:
        await pilot.press("n", *str(tmp_path / "note.txt"), "enter", *"CK-GOV-01", *["enter"] * 3)
        await pilot.press(*str(tmp_path / "plan.png"), *["enter"] * 4, "escape")
        assert "2 pièces sur 2" in screen_lines(app)[1]
    kept = dossier.state.evidence.values()
    assert [one.media_type for one in kept] == ["text/plain", "image/png"]
    assert {one.subjects for one in kept} == {("CK-GOV-01",)}
    assert {one.effective for one in kept} == {None}


async def test_the_first_words_of_a_pdf_are_read(dossier: Dossier, tmp_path: Path) -> None:
    material.document(tmp_path, "pssi.pdf", "Politique fictive", date(2026, 3, 31))
    add_evidence(dossier, tmp_path / "pssi.pdf", ["CK-GOV-01"], None)
    app = app_on(dossier, place="evidence")
    async with running(app, (120, 40)) as pilot:
        await until(pilot, lambda: "PDF de 1 page" in screen_text(app), 30)
        shown = screen_text(app)
        assert "Titre : Politique fictive" in shown
        assert "Document fictif fabriqué" in shown


async def test_what_a_piece_covers_is_told(dossier: Dossier, tmp_path: Path) -> None:
    (tmp_path / "essai.txt").write_text("Essai", encoding="utf-8")
    file, subjects = tmp_path / "essai.txt", ["CK-GOV-01"]
    add_evidence(dossier, file, subjects, None, entities=["990000036"], signed_by="La directrice")
    app = app_on(dossier, place="evidence")
    async with running(app, (170, 40)):
        assert "Couvre seulement : Centre hospitalier du Val-Fictif." in screen_text(app)
        assert "Signée par La directrice." in screen_text(app)


async def test_words_narrow_the_pieces(dossier: Dossier, tmp_path: Path) -> None:
    for name in ("bilan.txt", "charte.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
        add_evidence(dossier, tmp_path / name, ["CK-GOV-01"], None)
    app = app_on(dossier, place="evidence")
    async with running(app) as pilot:
        assert "2 pièces sur 2" in screen_lines(app)[1]
        await pilot.press("slash", *"chart", "enter")
        assert "1 pièce sur 2 · filtre : « chart »" in screen_lines(app)[1]
        assert "charte.txt · CK-GOV-01" in screen_lines(app)[2]
        assert "sans date, ne compte pas comme datée" in screen_text(app)
