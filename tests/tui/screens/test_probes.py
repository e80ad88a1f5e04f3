"""A probe configured, planned, watched, stopped, compared; quitting in the middle loses nothing."""

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot

from care_kit.assessment.standing.situation import Situation
from care_kit.catalog.content import load
from care_kit.demo.recorded import recorded_reading
from care_kit.demo.surface import Surface, running_surface
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry.adding import add_reading
from care_kit.dossier.journal.events import ScopeSigned
from care_kit.model.words.errors import InputError
from care_kit.probes.directory.target import Target
from care_kit.probes.exposure.journal import Journal, beside
from care_kit.tui.app import CareApp
from care_kit.tui.messages import WriteAsked
from care_kit.tui.scan import forms
from care_kit.tui.scan.wire import RESTART
from care_kit.tui.work.session import Session
from tests.lab.directory.conftest import own_address
from tests.tui.small import app_on, running, screen_text, until, view_of

ADDRESS = own_address()


@pytest.fixture(scope="module")
def surface() -> Iterator[Surface]:
    with running_surface(ADDRESS) as one:
        yield one


@pytest.fixture
def scope(surface: Surface, tmp_path: Path) -> Path:
    file = tmp_path / "p.toml"
    file.write_text(surface.scope_toml(), encoding="utf-8")
    return file


def signed(dossier: Dossier, scope: Path) -> None:
    digest = hashlib.sha256(scope.read_bytes()).hexdigest()
    dossier.append(ScopeSigned(digest, "Camille Testeur", "directrice", date.today()))


def app_of(dossier: Dossier) -> CareApp:
    return app_on(dossier, load, date.today(), place="probes")


async def typed(pilot: Pilot[None], key: str, *texts: str) -> None:
    """Open a form and fill it, field after field; an empty text leaves what is there."""
    await pilot.press(key)
    for text in texts:
        await pilot.press(*text, "enter")


async def test_a_scope_nobody_signed_is_refused_before_anything_is_sent(
    dossier: Dossier, scope: Path
) -> None:
    app = app_of(dossier)
    async with running(app) as pilot:
        await pilot.press("e", *str(scope), "enter", "enter")
        assert "Ce périmètre n'est pas signé." in screen_text(app)
    assert dossier.state.readings == ()


async def test_the_plan_is_shown_then_the_run_is_watched_and_kept(
    dossier: Dossier, scope: Path
) -> None:
    signed(dossier, scope)
    app = app_of(dossier)
    async with running(app, (120, 40)) as pilot:
        await pilot.press("e", *str(scope), "enter", "enter")
        assert "Ce qui sera envoyé" in screen_text(app)
        assert "Connexions TCP au plus" in screen_text(app)
        await pilot.press("enter")
        assert "Relevé en cours" in screen_text(app)
        await until(pilot, lambda: "Échecs déjà constatés (provisoire)" in screen_text(app), 30)
        await until(pilot, lambda: "Relevé jugé :" in screen_text(app), 90)
        assert "1 relevé" in screen_text(app)
        assert view_of(app).now.findings
    (reading,) = dossier.state.readings
    assert reading.complete
    assert not beside(dossier.path).exists()


async def test_an_interrupted_run_is_gone_on_with_or_forgotten(
    dossier: Dossier, scope: Path
) -> None:
    signed(dossier, scope)
    Journal.begin(beside(dossier.path), "un autre périmètre", "connexions").close(remove=False)
    app = app_of(dossier)
    async with running(app, (120, 40)) as pilot:
        await typed(pilot, "e", str(scope), "oui", "")
        assert "Le relevé interrompu est repris" in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: "« recommencer » : tout est refait" in screen_text(app), 30)
        await pilot.press("e", *["enter"] * 2, "home", "ctrl+k", *RESTART, "enter")
        assert "Le relevé interrompu est oublié : tout est refait." in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: "Relevé jugé :" in screen_text(app), 90)
    (reading,) = dossier.state.readings
    assert reading.complete
    assert "Sans nmap" in " ".join(view_of(app).now.statements[reading.id].limits)


def test_starttls_and_an_unverified_certificate_are_said_explicitly() -> None:
    aimed = forms.target("dc1.ch.test", "a@ch.test", "", "", "oui", "", "oui")
    assert aimed.url == "ldap+starttls://dc1.ch.test:389"
    assert aimed.unverified
    safest = forms.target("dc1.ch.test", "a@ch.test", "", "", "non", "", "non")
    assert safest == Target("dc1.ch.test", "a@ch.test")
    with pytest.raises(InputError, match="ni oui ni non"):
        forms.target("dc1.ch.test", "a@ch.test", "", "", "peut-être", "", "")


async def test_the_keyboard_answers_while_a_reading_is_judged(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Judging is held back here: no test directory is large enough to be slow."""
    judging, may_end = Event(), Event()
    judge = Session.judge

    def held(session: Session) -> Situation:
        judging.set()
        assert may_end.wait(30)
        return judge(session)

    monkeypatch.setattr(Session, "judge", held)
    app = app_of(dossier)
    async with running(app) as pilot:
        app.post_message(WriteAsked(lambda opened: str(add_reading(opened, *recorded_reading()))))
        await until(pilot, judging.is_set)
        await pilot.press("f3", "j", "2")
        await until(pilot, lambda: "« niveau 2 » enregistré" in screen_text(app))
        assert view_of(app).now.findings == ()
        may_end.set()
        await until(pilot, lambda: "Relevé jugé :" in screen_text(app), 30)
        assert view_of(app).now.findings
        assert len(view_of(app).now.state.answers) == 1


async def test_quitting_in_the_middle_stops_at_once_and_keeps_what_was_read(
    dossier: Dossier, scope: Path
) -> None:
    signed(dossier, scope)
    app = app_of(dossier)
    async with running(app, (120, 40)) as pilot:
        await pilot.press("e", *str(scope), "enter", "enter", "enter")
        await until(pilot, lambda: "Domaines : 1" in screen_text(app), 30)
        await pilot.press("q")
        await until(pilot, lambda: app._exit, 5)
    (reading,) = dossier.state.readings
    assert not reading.complete


async def test_a_wrong_directory_is_told_and_the_password_is_hidden(dossier: Dossier) -> None:
    app = app_of(dossier)
    async with running(app) as pilot:
        await typed(pilot, "d", "127.0.0.1", "a@b.c", "", "", "", "1", "")
        assert "Mot de passe :" in screen_text(app)
        await pilot.press(*"s3cret")
        assert "s3cret" not in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: "Erreur :" in screen_text(app), 20)
    assert "s3cret" not in "".join(dossier.journal())


async def test_two_readings_are_compared(dossier: Dossier) -> None:
    add_reading(dossier, *recorded_reading())
    add_reading(dossier, *recorded_reading())
    app = app_of(dossier)
    async with running(app) as pilot:
        assert "2 relevés" in screen_text(app)
        await pilot.press("c", "enter")
        assert "ce qui a changé" in screen_text(app)
        assert "nouveau : 0, persistant :" in screen_text(app)
        await pilot.press("escape")
