"""The demonstration, from a checkout and from a folder of wheels on a station without network."""

import os
import subprocess
import sys
import venv
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from care_kit.demo.commands import DOSSIER

ROOT = Path(__file__).parent.parent.parent
# Loopback only: the station has no network at all.
WITHOUT_NETWORK = ("unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")


# What one run leaves, beside the dossier itself.
HANDED_IN = (
    "remise/candidature_*.docx",
    "remise/candidature_*.pdf",
    "remise/candidature_*.xlsx",
    "remise/declaration_*.docx",
    "remise/paiement_*.docx",
    "remise/exposition_*.html",
    "remise/exposition_*.pdf",
    "remise/*.zip",
    "remise/*.p7s",
    "remise/*.bordereau.pdf",
    "controle.pdf",
    "plan.xlsx",
    "echeances.ics",
    "affichage/*-assess.txt",
    "affichage/*-counter-copy.txt",
)
# Worked out by hand: 26 + 14 % covered, 12 000,50 + 21 600 € kept, a ceiling of 30 000 €.
TOLD = (
    "Part de l'activité combinée couverte : 40 % sur 66 % attendus",
    "Dépenses retenues : 33 600,50 €",
    "Montant demandé : 30 000,00 €",
    "Montant demandé : 21 600,00 €",
    "Si tout est fait : niveau",
    ": pas prêt.",
    "Paquet intègre",
    "verdict recalculé : identique à ce qui est imprimé",
    "Clé fabriquée à l'instant, pour montrer",
    "valide, par « Camille Démonstration (Démonstration, sans valeur) »",
)


def shown_everything(output: str, folder: Path) -> None:
    (run,) = folder.iterdir()
    for pattern in (DOSSIER, *HANDED_IN):
        found = list(run.glob(pattern))
        assert found and all(path.stat().st_size for path in found), pattern
    plain = " ".join(output.replace("\u202f", " ").replace("\xa0", " ").split())
    for sentence in TOLD:
        assert sentence in plain, sentence
    assert "Inattendu" not in output
    assert "Traceback" not in output


def test_a_station_without_samba_nor_nmap_replays_the_directory_and_says_so(
    tmp_path: Path,
) -> None:
    """And a dossier the user has chosen for their own work is left alone."""
    theirs = tmp_path / "ch.care"
    bare = {**os.environ, "PATH": str(tmp_path), "CARE_DOSSIER": str(theirs)}
    done = subprocess.run(
        [sys.executable, "-m", "care_kit", "demo", "--to", str(tmp_path / "out")],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=bare,
        timeout=170,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "est rejoué" in done.stdout
    shown_everything(done.stdout + done.stderr, tmp_path / "out")
    assert not theirs.exists()


@pytest.mark.lab
def test_the_whole_tour_runs_on_real_servers(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "care_kit", "demo", "--to", str(tmp_path / "out")],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=170,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Contrôleur Samba démarré" in done.stdout
    shown_everything(done.stdout + done.stderr, tmp_path / "out")


@pytest.fixture(scope="session")
def wheelhouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("station") / "wheelhouse"
    script = ROOT / "scripts" / "wheelhouse.py"
    subprocess.run([sys.executable, str(script), str(folder)], check=True, cwd=ROOT)
    return folder


@pytest.mark.lab
def test_the_wheel_holds_only_the_package(wheelhouse: Path) -> None:
    (wheel,) = wheelhouse.glob("care_kit-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
        record = next(name for name in archive.namelist() if name.endswith("RECORD"))
        listed = {line.split("/")[0] for line in archive.read(record).decode().splitlines()}
    info = next(top for top in tops if top.endswith(".dist-info"))
    assert tops == listed == {"care_kit", info}


@pytest.mark.lab
def test_the_demo_runs_from_wheels_without_network(wheelhouse: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    clean = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    install = [str(python), "-m", "pip", "install", "--quiet", "--no-index"]
    install += ["--find-links", str(wheelhouse), "care-kit[secret,sign]"]
    subprocess.run([*WITHOUT_NETWORK, *install], check=True, cwd=tmp_path, env=clean)
    done = subprocess.run(
        [*WITHOUT_NETWORK, str(tmp_path / "env" / "bin" / "care"), "demo", "--to", "out"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=clean,
        timeout=170,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    shown_everything(done.stdout + done.stderr, tmp_path / "out")


@pytest.mark.lab
def test_a_windows_station_needs_no_compiler(tmp_path: Path) -> None:
    script = ROOT / "scripts" / "wheelhouse.py"
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "w"), "win_amd64"],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    files = list((tmp_path / "w").iterdir())
    assert not [path for path in files if path.suffix != ".whl"]
    gathered = {str(canonicalize_name(path.name.split("-")[0])) for path in files}
    assert needed_on_windows(files) <= gathered


def needed_on_windows(wheels: list[Path]) -> set[str]:
    """Names every wheel of the folder requires on a Windows station, extras left out."""
    station = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "extra": ""}
    needed: set[str] = set()
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            name = next(one for one in archive.namelist() if one.endswith("dist-info/METADATA"))
            metadata = message_from_bytes(archive.read(name))
        for text in metadata.get_all("Requires-Dist", []):
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate(station):
                needed.add(str(canonicalize_name(requirement.name)))
    return needed
