"""Findings narrowed, sorted, grouped, accepted; hostile texts and a hundred thousand rows."""

from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter

from textual.pilot import Pilot

from care_kit.dossier.dossier import Dossier
from care_kit.model.facts.finding import Finding
from care_kit.model.words.vocabulary import Severity, Verdict
from care_kit.tui.app import CareApp
from tests.tui.small import (
    CHECK,
    app_on,
    failing,
    running,
    screen_lines,
    screen_text,
    show_finding,
    until,
)

HOSTILE = "[bold red]rouge[/] \x1b[31m\x07 \u202einverse مرحبا 漢字 \\[x] " + "a" * 10_000
SOUND = Finding(CHECK, "www.example", Verdict.PASS, "Rien à signaler.", 443)


def many(count: int) -> Iterator[Finding]:
    for number in range(count):
        yield replace(failing(), target=f"hote{number:06}.example", objects=(f"objet {number}",))


def app_of(dossier: Dossier) -> CareApp:
    return app_on(dossier, place="findings")


async def listed(app: CareApp, pilot: Pilot[None], summary: str) -> None:
    await until(pilot, lambda: summary in screen_lines(app)[1])
    await pilot.pause()


async def test_without_a_reading_the_list_says_what_to_do(dossier: Dossier) -> None:
    app = app_of(dossier)
    async with running(app) as pilot:
        await listed(app, pilot, "0 constat sur 0")
        assert "Aucun constat : lancez une sonde" in screen_text(app)


async def test_words_and_verdict_narrow_the_list(dossier: Dossier) -> None:
    app = app_of(dossier)
    async with running(app) as pilot:
        show_finding(app, SOUND, failing())
        await listed(app, pilot, "2 constats sur 2")
        assert screen_lines(app)[2].startswith("> [X] élevée      vpn.example:443 · Version de TLS")
        await pilot.press("slash", *"signaler", "enter")
        await listed(app, pilot, "1 constat sur 2 · filtre : « signaler »")
        assert screen_lines(app)[2].startswith("> [v]")
        await pilot.press("escape")
        await listed(app, pilot, "2 constats sur 2 · filtre : tous")
        await pilot.press("v")
        await listed(app, pilot, "1 constat sur 2 · filtre : échec")
        await pilot.press("v")
        await listed(app, pilot, "1 constat sur 2 · filtre : conforme")
        await pilot.press("escape", "s", "s")
        await listed(app, pilot, "1 constat sur 2 · filtre : gravité élevée")
        await pilot.press("escape", "f")
        await listed(app, pilot, "0 constat sur 2 · filtre : annuaire")


async def test_findings_are_grouped_and_sorted(dossier: Dossier) -> None:
    app = app_of(dossier)
    async with running(app) as pilot:
        show_finding(app, *many(3))
        await pilot.press("r", "t")
        await listed(app, pilot, "tri : contrôle · groupe : contrôle")
        assert f"── {CHECK} Version de TLS abandonnée (3 constats)" in screen_text(app)
        await pilot.press("r")
        await listed(app, pilot, "groupe : cible")
        assert "── hote000000.example (1 constat)" in screen_text(app)


async def test_a_finding_is_read_with_its_objects_and_its_remediation(dossier: Dossier) -> None:
    app = app_of(dossier)
    async with running(app, (120, 40)) as pilot:
        show_finding(app, replace(failing(), objects=tuple(f"objet {n}" for n in range(5_000))))
        await listed(app, pilot, "1 constat")
        shown = screen_text(app)
        assert "TLS 1.0 accepté." in shown
        assert "Correction : La désactiver." in shown
        assert "objets :" in shown
        await pilot.press("b", *"4999")
        assert "> objet 4999" in screen_text(app)
        await pilot.press("escape")


async def test_a_risk_accepted_for_a_reason_until_a_day_still_fails(
    dossier: Dossier,
) -> None:
    app = app_of(dossier)
    async with running(app, (100, 40)) as pilot:
        show_finding(app, failing())
        await listed(app, pilot, "1 constat")
        await pilot.press("x", *"Arret", "enter", *"31/12/2020", "enter", "enter")
        assert "La date de fin 31/12/2020 est passée." in screen_text(app)
        assert not dossier.state.acceptances
        await pilot.press("shift+tab", *["backspace"] * 10, *"31/12/2999", "enter", "enter")
        await listed(app, pilot, "1 constat")
        assert "risque accepté jusqu'au 31/12/2999. Il reste un échec." in screen_text(app)
        assert "Risque accepté jusqu'au 31/12/2999 par Camille Testeur : Arret." in screen_text(app)
        assert "[X] échec" in screen_text(app)
    assert [one.check for one in dossier.state.acceptances] == [CHECK]


async def test_hostile_texts_show_as_text(dossier: Dossier) -> None:
    app = app_of(dossier)
    async with running(app) as pilot:
        hostile = Finding(
            CHECK, HOSTILE, Verdict.FAIL, HOSTILE, objects=(HOSTILE,), severity=Severity.LOW
        )
        show_finding(app, hostile)
        await listed(app, pilot, "1 constat")
        shown = screen_text(app)
        assert "[bold red]rouge[/]" in shown
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert len(screen_lines(app)) == 24
        await pilot.press("b")
        assert "\u202e" not in screen_text(app)


async def test_a_hundred_thousand_findings_scroll_and_filter_without_freezing(
    dossier: Dossier,
) -> None:
    app = app_of(dossier)
    async with running(app) as pilot:
        show_finding(app, *many(100_000))
        await listed(app, pilot, "sur 100000")
        begun = perf_counter()
        await pilot.press("end", "pageup", "home", "down")
        assert perf_counter() - begun < 4, "four keys; each costs the test itself 0.06 s"
        await pilot.press("slash", *"099999", "enter")
        await listed(app, pilot, "1 constat sur 100000")
        assert "hote099999.example:443" in screen_lines(app)[2]
