"""A disk that is really full: said as such, and nothing that was recorded is lost."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.lab

FILL = """
import sys
from pathlib import Path
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.events import Commented
from care_kit.model.dossier.establishment import Establishment, LegalEntity
from care_kit.model.words.errors import CareError
hospital = Establishment("CH", "CH", "Région fictive", (LegalEntity("CH", "990000010"),))
folder = Path(sys.argv[1])
path, kept = folder / "a.care", 1
with Dossier.create(path, hospital, "A") as dossier:
    try:
        for number in range(1000):
            dossier.append(Commented("Q1", "x" * 9000))
            kept += 1
    except CareError as told:
        print(told.sentence, "|", told.next_step)
ballast = folder / "ballast"
try:
    ballast.write_bytes(b"x" * 10_000_000)
except OSError:
    pass
for act in (
    lambda: Dossier.open(path, "B"),
    lambda: Dossier.create(folder / "b.care", hospital, "A"),
):
    try:
        with act() as opened:
            opened.append(Commented("Q1", "x" * 9000))
    except CareError as told:
        print(told.sentence, "|", told.next_step)
ballast.unlink()
with Dossier.open(path, "B") as dossier:
    print("gardés", dossier.state.events == kept, dossier.refresh().events == kept)
print(*(one.name for one in folder.iterdir() if not one.name.startswith("a.care")))
"""


def test_a_full_disk_is_told_as_a_full_disk_and_loses_nothing(tmp_path: Path) -> None:
    mounted = f'mount -t tmpfs -o size=700k tmpfs "{tmp_path}" && exec "$0" -c "$1" "{tmp_path}"'
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", mounted, sys.executable, FILL],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *refusals, kept, others = done.stdout.split("\n")[:-1]
    assert len(refusals) == 3
    assert all("le disque est plein" in one and "Libérez de la place" in one for one in refusals)
    assert kept == "gardés True True"
    assert not others, "a dossier that could not be made leaves nothing"
