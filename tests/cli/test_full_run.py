"""The whole security dimension of the demonstration hospital, answered in line mode and measured;
its numbers redone from the printed table."""

import io
import re
from pathlib import Path

import pytest

from care_kit.catalog.content import load
from care_kit.demo.material import copy
from care_kit.demo.recorded import recorded_reading
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.entry.adding import add_reading
from tests.cli.conftest import Care

# One line of `care assess --detail`: id, weight, maybe "socle", declared..., floor, ceiling.
ROW = re.compile(r"^(CK-\S+)\s+(\d+)\s+(socle)?\s+.*\s(sans objet|[\d,]+)\s+(sans objet|[\d,]+)$")


def answers() -> list[str]:
    """One answer for each question, of every kind: level, unknown, not applicable, none."""
    said: list[str] = []
    for number, _ in enumerate(load().questionnaires["maturin-h-securite"].indicators):
        kinds = {5: ["nsp"], 6: ["na", "Sans objet ici"], 7: ["s"]}
        said += kinds.get(number % 8, [str(number % 5)])
    return said


def test_the_index_is_what_a_person_computes_from_the_table(
    care: Care, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy("etablissement.toml", tmp_path)
    assert care("init", "demo.care", "--from", "etablissement.toml").code == 0
    with Dossier.open(tmp_path / "demo.care", "Camille Testeur") as dossier:
        add_reading(dossier, *recorded_reading())
    care("questionnaire", "use", "maturin-h-securite")
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(answers()) + "\n"))
    walked = care("answer")
    assert walked.code == 0
    assert "Questionnaire parcouru" in walked.out
    out = care("assess", "--detail").out
    assert "niveau" in out and "chu-exemple.lan" in out  # the directory was measured too
    rows = [found.groups() for line in out.splitlines() if (found := ROW.match(line))]
    assert len(rows) == len(load().questionnaires["maturin-h-securite"].indicators)
    kept = [row for row in rows if row[3] != "sans objet"]
    full = sum(4 * int(weight) for _, weight, *_ in kept)
    floor = sum(int(weight) * number(low) for _, weight, _, low, _ in kept) / full * 100
    ceiling = sum(int(weight) * number(high) for _, weight, _, _, high in kept) / full * 100
    shown = re.search(r"^Ensemble\s+(\d)(?:\sà\s\d)?\s+([\d,]+)\sà\s([\d,]+)", out, re.MULTILINE)
    assert shown is not None
    assert (number(shown[2]), number(shown[3])) == (round(floor, 1), round(ceiling, 1))
    socle = [number(row[3]) for row in kept if row[2]]
    assert number(shown[1]) == min(socle)


def number(text: str) -> float:
    return float(text.replace(",", "."))
