"""A whole day of work, typed in a real terminal: from an empty folder to a verified package."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from care_kit.catalog.content import load
from care_kit.demo.samba import LabDomain, Seed, running_domain
from care_kit.demo.surface import Surface, running_surface
from care_kit.dossier.dossier import Dossier
from care_kit.model.dossier.state import DossierState
from care_kit.model.words.vocabulary import ProbeKind
from tests.lab.directory.conftest import own_address
from tests.tui.terminal import Terminal, terminal

pytestmark = pytest.mark.lab

QUESTIONNAIRE = "maturin-h-securite"
PROBE_SECONDS = 120


@pytest.fixture
def domain() -> Iterator[LabDomain]:
    with running_domain(Seed.HOPITAL, own_address()) as one:
        yield one


@pytest.fixture
def surface() -> Iterator[Surface]:
    with running_surface(own_address()) as one:
        yield one


def state(folder: Path) -> DossierState:
    """What is in the file now, read by another window."""
    with Dossier.open(folder / "jour.care", "Lecture") as dossier:
        return dossier.state


def test_a_day_without_leaving_the_keyboard(
    tmp_path: Path, domain: LabDomain, surface: Surface
) -> None:
    (tmp_path / "perimetre.toml").write_text(surface.scope_toml(), encoding="utf-8")
    (tmp_path / "pssi.txt").write_text("Politique signée, fictive.", encoding="utf-8")
    given = {"CARE_DOSSIER": "jour.care", "CARE_AUTHOR": "Camille Testeur"}
    with terminal(tmp_path, given) as shell:
        create(shell)
        shell.type("clear; python -m care_kit tui")
        shell.press("Enter")
        shell.wait("À faire maintenant", 60)
        answer_everything(shell, tmp_path)
        read_the_directory(shell, domain, tmp_path)
        measure_the_exposure(shell, tmp_path)
        attach(shell, tmp_path)
        plan(shell, tmp_path)
        package = export_and_verify(shell, tmp_path)
        shell.press("q")
        shell.wait("pret$")
        assert "intègre" in shell.run("verify", str(package))


def create(shell: Terminal) -> None:
    """The dossier, its questionnaire, and who allows what to be measured."""
    described = ("--name", "CH des Trois-Rivières", "--finess-ej", "990000010")
    shell.run("init", "jour.care", *described, "--category", "CH", "--region", "Région fictive")
    shell.run("questionnaire", "use", QUESTIONNAIRE)
    signed = ("--name", "Camille Testeur", "--role", "RSSI")
    assert "Périmètre autorisé par Camille" in shell.run("scope", "sign", "perimetre.toml", *signed)


def answer_everything(shell: Terminal, folder: Path) -> None:
    """« u » to the next question without an answer, one key to answer it; nothing else."""
    asked = {one.id for one in load().questionnaires[QUESTIONNAIRE].indicators}
    shell.press("F3")
    shell.wait("Questionnaire")
    for number in range(len(asked)):
        shell.press("u", str(number % 4 + 1))
    shell.until(lambda _: set(state(folder).answers) == asked, 120, "the last answer")
    shell.wait("enregistré (avant : « sans réponse »)")
    shell.press("u")
    shell.wait("Toutes les questions ont une réponse.")


def read_the_directory(shell: Terminal, domain: LabDomain, folder: Path) -> None:
    """The lab's domain controller, by an ordinary account; its password is never on the screen."""
    shell.press("F6")
    shell.wait("d : annuaire")
    shell.press("d")
    shell.wait("Relever l'annuaire")
    shell.fill(domain.address, domain.user_upn, str(domain.ca_file), domain.host_name, *[""] * 3)
    shell.wait("Mot de passe :")
    shell.type(domain.password)
    assert domain.password not in shell.screen()
    shell.press("Enter")
    shell.wait("Relevé en cours")
    shell.wait("Relevé jugé", PROBE_SECONDS)
    (reading,) = state(folder).readings
    assert reading.complete
    assert reading.probe is ProbeKind.DIRECTORY


def measure_the_exposure(shell: Terminal, folder: Path) -> None:
    """The plan first; then the demonstration's weak servers, whose failures come as they are."""
    shell.press("e")
    shell.wait("Relever l'exposition")
    shell.fill("perimetre.toml", "")
    shell.wait("Ce qui sera envoyé")
    shell.press("Enter")
    shell.wait("Échecs déjà constatés", PROBE_SECONDS)
    shell.wait("Relevé jugé", PROBE_SECONDS)
    readings = state(folder).readings
    assert [one.probe for one in readings] == [ProbeKind.DIRECTORY, ProbeKind.EXPOSURE]
    assert all(one.complete for one in readings)
    shell.press("F4")
    shell.wait("FTP")


def attach(shell: Terminal, folder: Path) -> None:
    """A document, for a question, with the date it bears."""
    shell.press("F5")
    shell.wait("Aucune preuve")
    shell.press("n")
    shell.wait("Joindre une preuve")
    shell.fill("pssi.txt", "CK-GOV-02", "", "PSSI")
    shell.wait("jointe pour CK-GOV-02")
    shell.leave("Échap : fini")
    (piece,) = state(folder).evidence.values()
    assert piece.title == "PSSI"
    assert "Politique signée, fictive." in shell.wait("Début du texte")


def plan(shell: Terminal, folder: Path) -> None:
    """An action suggested, taken, and its gain simulated."""
    shell.press("F8")
    shell.wait("Aucune action")
    shell.press("s")
    shell.wait("pour atteindre le niveau")
    shell.press("Enter")
    shell.wait("Action ajoutée")
    shell.leave("pour atteindre le niveau")
    shell.wait("Si tout est fait", 60)
    assert len(state(folder).actions) == 1


def export_and_verify(shell: Terminal, folder: Path) -> Path:
    """The sealed package of the first profile, then the word of its verification."""
    shell.press("g")
    shell.wait("Aller à")
    shell.press("t")
    shell.wait("Aucun paquet écrit ici")
    shell.press("Enter")
    shell.wait("Dossier où écrire le paquet")
    shell.press("Enter")
    shell.wait("Paquet écrit", 120)
    (package,) = folder.glob("*.zip")
    shell.press("v")
    shell.wait("Vérifier un paquet")
    shell.press("Enter")
    shell.wait(f"Vérification : {package.name[:20]}", 60)
    shell.wait("intègre")
    shell.leave("Échap : fermer")
    return package
