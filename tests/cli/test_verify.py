"""`care verify`, as an examiner types it."""

import json
import os
import re
from pathlib import Path

import pytest

from care_kit.review.codes import Code
from tests.cli.conftest import Care
from tests.review import packages
from tests.review.rebuild import files_of, resealed

DOCS = Path(__file__).parent.parent.parent / "docs" / "fr"


@pytest.fixture
def package(tmp_path: Path, care: Care) -> Path:
    return packages.built(tmp_path, "examinateur")


def forged(package: Path) -> Path:
    files = files_of(package)
    name = next(one for one in files if one.endswith("rapport.html"))
    files[name] = files[name].replace(b"Synth", b"Synth!")
    path = package.with_name("forge.zip")
    path.write_bytes(resealed(files))
    return path


def test_it_prints_what_the_card_prints(care: Care, package: Path) -> None:
    result = care("verify", str(package))
    assert result.code == 0, result.out
    told = " ".join(result.out.replace("\u00a0", " ").split())
    for words in (
        "[v] Paquet intègre",
        "verdict recalculé : identique à ce qui est imprimé",
        "Ce qui est recalculé à partir du journal",
        "- Indice : ",
        "Établissement : GHT des Marais Imaginaires (990000010)",
        "Profil : examinateur · TLP:AMBER",
        "Tête du journal : ",
        "SHA-512 du zip : ",
        "sur la seule parole de l'établissement",
        "par un autre canal",
    ):
        assert words in told, words


def test_several_packages_in_one_call_the_worst_gives_the_exit_code(
    care: Care, package: Path, tmp_path: Path
) -> None:
    lie = forged(package)
    both = care("verify", str(package), str(lie))
    assert both.code == 1
    assert "[v] Paquet intègre" in both.out
    assert "[X] data/rapport.html" in both.out
    assert care("verify", str(package), str(tmp_path / "absent.zip"), str(lie)).code == 7


def test_json_gives_place_code_sentence_and_mend(care: Care, package: Path) -> None:
    lie = forged(package)
    result = care("verify", "--json", str(package), str(lie), "absent.zip")
    sound, wrong, absent = json.loads(result.out)["packages"]
    assert (sound["exit"], sound["ok"], sound["problems"]) == (0, True, [])
    assert sound["recomputed"]["Indice"]
    assert wrong["exit"] == 1
    problem = wrong["problems"][0]
    assert problem["file"] == "data/rapport.html"
    assert problem["code"] == "figure"
    assert "Synth!" in problem["printed"]
    assert problem["mend"].endswith(".")
    assert absent["exit"] == 7
    assert absent["refused"]["mend"]


def test_a_pipe_or_a_device_is_refused_and_never_read(care: Care, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tube.zip")
    for path in ("tube.zip", "/dev/zero"):
        result = care("verify", path)
        assert result.refused_clearly
        assert "n'est pas un fichier" in result.err


def test_every_code_and_exit_code_is_documented() -> None:
    page = (DOCS / "verification.md").read_text("utf-8")
    codes = set(re.findall(r"^\| `([a-z-]+)` \|", page, flags=re.M))
    assert codes == {one.value for one in Code}
    for code in ("| 0 |", "| 1 |", "| 7 |", "| 9 |"):
        assert code in page
