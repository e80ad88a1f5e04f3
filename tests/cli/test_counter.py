"""At the counter: values to copy, a form to prefill, files to attach; nothing is sent."""

import json
from pathlib import Path

import pytest

from care_kit.cli.app import run


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    created = ["init", "ch.care", "--name", "CH de l'Étang", "--finess-ej", "990000010"]
    assert run([*created, "--category", "public", "--region", "Région"]) == 0
    return tmp_path


def test_values_are_copied_with_their_keys(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["counter", "copy", "d1", "--json"]) == 0

    found = {one["key"]: one["value"] for one in json.loads(capsys.readouterr().out)}
    assert found["etablissement.nom"] == "CH de l'Étang"
    assert found["entite.1.finess"] == "990000010"
    assert found["montant.demande"].startswith("à compléter")
    assert found["objectif.D1.O2.B.etat"]


def test_a_form_is_prefilled_by_link(dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("m.toml").write_text(
        'lien = "https://demarche.exemple.fr/commencer/aide"\n'
        '[champs]\n"etablissement.nom" = "champ_QQ"\n"montant.demande" = "champ_Qg"\n',
        encoding="utf-8",
    )
    assert run(["counter", "prefill", "d1", "--map", "m.toml"]) == 0

    told = capsys.readouterr()
    assert "champ_QQ=CH+de+l%27%C3%89tang" in told.out
    assert "Laissé vide" in told.err


def test_files_are_split_and_copied(dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for rank in range(3):
        Path(f"p{rank}.txt").write_text("x" * 600_000, encoding="utf-8")
        add = ["evidence", "add", f"p{rank}.txt", "--for", "D1.O2.B", "--date", "2026-03-01"]
        assert run(add) == 0

    assert run(["counter", "attachments", "d1", "--limit", "1", "--to", "envois"]) == 0

    copied = sorted(str(one.relative_to("envois")) for one in Path("envois").rglob("*.txt"))
    assert copied == [f"envoi_{rank + 1}/01_p{rank}.txt" for rank in range(3)]


@pytest.mark.parametrize("limit", ["0", "-1", "beaucoup", "1e3", "²"])
def test_a_size_that_is_none_is_told(
    dossier: Path, capsys: pytest.CaptureFixture[str], limit: str
) -> None:
    assert run(["counter", "attachments", "d1", "--limit", limit]) != 0
    assert "n'est pas une taille" in capsys.readouterr().err
