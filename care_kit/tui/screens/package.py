"""The sealed package: built for a reader, then verified, ours or another's."""

from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import ClassVar

from textual import on
from textual.message import Message
from textual.timer import Timer

from care_kit.model.content.export_profile import ExportProfile
from care_kit.model.words.french import seconds
from care_kit.review.verification import Verification
from care_kit.tui.cards.verification import verification_card
from care_kit.tui.messages import Told
from care_kit.tui.screens.listing import ListScreen
from care_kit.tui.views.view import View
from care_kit.tui.windows.reason import ReasonScreen, required
from care_kit.tui.windows.text import TextScreen
from care_kit.tui.wording import Part
from care_kit.tui.work.away import away
from care_kit.tui.work.packing import packed

TICK = 0.5
"""Seconds between two looks at how long it has taken."""


class PackageScreen(ListScreen[ExportProfile]):
    """The export profiles; building and verifying run away from the screen."""

    PLACE = "package"
    HINT: ClassVar[str] = "Entrée ou n : construire le paquet de ce profil · v : en vérifier un"
    EMPTY: ClassVar[str] = "Aucun profil d'export n'est connu."

    class Built(Message):
        """A worker wrote a package."""

        def __init__(self, path: Path) -> None:
            super().__init__()
            self.path = path

    class Verified(Message):
        """A worker looked at a package."""

        def __init__(self, path: Path, found: Verification) -> None:
            super().__init__()
            self.path = path
            self.found = found

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._last: Path | None = None
        self._clock: Timer | None = None

    def draw(self) -> None:
        """The profiles, and the last package written."""
        profiles = self.view.now.content.profiles.values()
        self._list.show(sorted(profiles, key=lambda one: not one.redacted))
        self.show_card()
        written = f"Paquet écrit : {self._last}" if self._last else "Aucun paquet écrit ici."
        self.summarise(written)

    def line(self, row: ExportProfile) -> str:
        """Id, marking, title."""
        return f"{row.id:<14} {row.tlp.value:<16} {row.title}"

    def card(self, row: ExportProfile) -> Iterator[Part]:
        """For whom, what is hidden, what it holds."""
        from care_kit.exporters.documents import CONTENTS

        yield "", row.title, "bold"
        yield "", f"Lecteur : {row.reader} · {row.tlp.value}", ""
        names = "remplacés par des pseudonymes" if row.redacted else "EN CLAIR"
        yield "", f"Comptes et machines : {names}.", ""
        if row.notice:
            yield "", row.notice, ""
        yield "", "Contenu :", ""
        for part in row.parts:
            path, words = CONTENTS[part]
            yield "- ", f"{path.removeprefix('data/')} : {words}", ""

    def enter(self) -> None:
        """Enter builds."""
        self.action_build()

    def action_build(self) -> None:
        """Ask for a folder, then build the package of the current profile."""
        if (profile := self._list.current) is None:
            return

        def typed(folder: str | None) -> None:
            if folder is not None:
                view, to = self.view, Path(folder).expanduser()
                self._under_way("Construction du paquet")
                away(self, "package", lambda: self.Built(packed(view, profile, to)))

        window = ReasonScreen(
            f"Construire : {profile.title}",
            "Dossier où écrire le paquet :",
            required("Dites dans quel dossier écrire."),
            str(Path.cwd()),
        )
        self.app.push_screen(window, typed)

    def action_verify(self) -> None:
        """Ask for a package, then verify it."""

        def typed(path: str | None) -> None:
            if path is not None:
                self._under_way("Vérification du paquet")
                away(self, "package", lambda: self._verified(Path(path).expanduser()))

        window = ReasonScreen(
            "Vérifier un paquet",
            "Paquet .zip ou dossier extrait, d'ici ou d'ailleurs :",
            required("Donnez le chemin d'un paquet."),
            str(self._last or ""),
        )
        self.app.push_screen(window, typed)

    @on(Built)
    def built(self, message: Built) -> None:
        """Where it is."""
        self._last = message.path
        self.post_message(Told("Paquet écrit. Touche v : le vérifier."))
        self.draw()

    @on(Verified)
    def verified(self, message: Verified) -> None:
        """Sound or not, and why."""
        self.post_message(Told(f"{message.path.name} : {message.found.sentence}"))
        title = f"Vérification : {message.path.name}"
        if self.is_current:
            self.app.push_screen(TextScreen(title, verification_card(message.found)))

    def on_told(self, message: Told) -> None:
        """Nothing is under way any more; the place itself then tells (Textual runs both)."""
        if self._clock is not None:
            self._clock.stop()
            self._clock = None

    def _under_way(self, what: str) -> None:
        started = monotonic()

        def tick() -> None:
            self.tell(f"{what}… {seconds(int(monotonic() - started))}")

        tick()
        if self._clock is not None:
            self._clock.stop()
        self._clock = self.set_interval(TICK, tick)

    def _verified(self, path: Path) -> Message:
        from care_kit.review.verify import verify

        return self.Verified(path, verify(path))
