"""Quotes become invoices, mistakes are refused in one sentence, and the amount follows."""

import json
from pathlib import Path

import pytest

from care_kit.cli.app import run


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    created = ["init", "ch.care", "--name", "CH", "--finess-ej", "990000010"]
    assert run([*created, "--category", "public", "--region", "Région"]) == 0
    return tmp_path / "ch.care"


def spend(*more: str) -> int:
    line = ["spending", "add", "--domain", "d1", "--objective", "D1.O2.B", "--label", "Audit"]
    return run([*line, *more])


def computed(capsys: pytest.CaptureFixture[str], paper: str = "candidature") -> dict[str, object]:
    capsys.readouterr()
    assert run(["funding", "d1", "--paper", paper, "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_an_invoice_takes_the_place_of_its_quote(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert spend("--amount", "1 200", "--kind", "devis") == 0
    assert computed(capsys)["kept"] == "1200.00"
    quote = computed(capsys)["lines"][0]["spending"]["id"]  # type: ignore[index]

    assert spend("--amount", "1 150", "--kind", "facture", "--replaces", quote[:8]) == 0

    lines = computed(capsys)["lines"]
    assert [one["spending"]["amount"] for one in lines] == ["1150.00"]  # type: ignore[attr-defined]


def test_the_amount_asked_needs_a_notified_ceiling(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert spend("--amount", "1 200") == 0
    assert computed(capsys)["asked"] is None

    notified = ["spending", "ceiling", "--domain", "d1", "--amount", "1 000", "--source", "ARS"]
    assert run(notified) == 0

    assert computed(capsys)["asked"] == "1000.00"
    assert run(["funding", "d1"]) == 0
    assert "dépassent le plafond notifié" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (["--amount", "1e9"], "n'est pas un montant"),
        (["--amount", "-5"], "n'est pas un montant"),
        (["--amount", "100", "--excluding-tax", "120"], "hors taxes dépasse"),
        (["--amount", "100", "--date", "03/04/26"], "n'est pas une date"),
        (["--amount", "100", "--kind", "avoir"], "n'est pas une nature"),
        (["--amount", "100", "--entity", "990000036"], "n'est pas dans l'établissement"),
        (["--amount", "100", "--replaces", "ffff"], "Aucune dépense ne commence par « ffff »"),
        (["--amount", "100", "--file", "absent.pdf"], "n'existe pas"),
        (["--amount", "100", "--label", "  "], "n'a pas d'objet"),
    ],
)
def test_a_mistake_is_one_sentence_and_writes_nothing(
    dossier: Path, capsys: pytest.CaptureFixture[str], wrong: list[str], sentence: str
) -> None:
    assert spend(*wrong) != 0
    assert sentence in capsys.readouterr().err
    assert computed(capsys)["lines"] == []


@pytest.mark.parametrize(
    "given",
    [
        ["ceiling", "--domain", "d1", "--amount", "1 000", "--source", " "],
        ["withdraw", "ffff", "--reason", " "],
    ],
)
def test_a_ceiling_has_a_source_and_a_withdrawal_a_reason(
    dossier: Path, capsys: pytest.CaptureFixture[str], given: list[str]
) -> None:
    assert run(["spending", *given]) != 0
    assert "est vide" in capsys.readouterr().err


def test_two_invoices_of_a_supplier_cannot_bear_the_same_number(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bill = ["--amount", "100", "--kind", "facture", "--number", "F 12", "--supplier", "Exemple"]
    assert spend(*bill) == 0

    assert spend(*bill[:-3], "f12", "--supplier", "EXEMPLE") != 0
    assert "est déjà saisie" in capsys.readouterr().err
    assert len(computed(capsys)["lines"]) == 1  # type: ignore[arg-type]
    assert spend(*bill[:-1], "Autre") == 0


def test_a_line_withdrawn_no_longer_counts_but_stays_in_the_journal(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert spend("--amount", "100") == 0
    line = computed(capsys)["lines"][0]["spending"]["id"]  # type: ignore[index]

    assert run(["spending", "withdraw", line[:8], "--reason", "Annulée"]) == 0

    assert computed(capsys)["lines"] == []
    assert run(["journal"]) == 0
    assert "dépense retirée" in capsys.readouterr().out
