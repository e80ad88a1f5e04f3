"""Accepting a risk, on the recorded demonstration directory."""

import csv
import io
import json

import pytest

from tests.cli.conftest import Care

FAR = "2999-12-31"


@pytest.fixture
def measured(started: Care) -> Care:
    assert started("probe", "directory", "--recorded").code == 0
    return started


def test_an_accepted_risk_is_shown_and_still_fails(measured: Care) -> None:
    before = measured("assess", "--json").out
    done = measured("risk", "accept", "vuln_krbtgt", "--reason", "Arrêt prévu", "--until", FAR)
    assert done.code == 0, done.err
    out = measured("assess").out
    assert "Risque accepté jusqu'au 31/12/2999 par Camille Testeur : Arrêt prévu." in out
    assert measured("assess", "--json").out == before


def test_one_object_can_be_accepted_without_its_name_in_the_journal(measured: Care) -> None:
    found = json.loads(measured("findings", "--check", "vuln_spn_priv", "--json").out)
    name = found[0]["objects"][0]
    done = measured(
        "risk", "accept", "VULN_SPN_PRIV", "--object", name, "--reason", "r", "--until", FAR
    )
    assert done.code == 0, done.err
    assert "(1\u00a0objet)" in measured("assess").out
    assert name not in measured("journal").out
    assert "un objet" in measured("risk", "list").out


def test_an_acceptance_can_be_withdrawn(measured: Care) -> None:
    done = measured("risk", "accept", "vuln_krbtgt", "--reason", "r", "--until", FAR)
    identifier = done.out.strip().split()[-1]
    assert measured("risk", "withdraw", identifier).code == 0
    assert "Aucun risque accepté" in measured("risk", "list").out


@pytest.mark.parametrize(
    "arguments",
    [
        ("vuln_inconnu", "--reason", "r", "--until", FAR),
        ("vuln_krbtgt", "--reason", " ", "--until", FAR),
        ("vuln_krbtgt", "--reason", "r", "--until", "2020-01-01"),
        ("vuln_krbtgt", "--reason", "r", "--until", "demain"),
        ("vuln_krbtgt", "--object", "personne", "--reason", "r", "--until", FAR),
    ],
)
def test_a_mistake_is_refused(measured: Care, arguments: tuple[str, ...]) -> None:
    assert measured("risk", "accept", *arguments).refused_clearly
    assert "Aucun risque accepté" in measured("risk", "list").out


def test_findings_speak_csv_with_one_line_per_object(measured: Care) -> None:
    shown = measured("findings", "--probe", "directory", "--csv").out
    rows = list(csv.DictReader(io.StringIO(shown), delimiter=";"))
    dormant = [row for row in rows if row["check"] == "vuln_user_accounts_dormant"]
    assert len(dormant) > 5
    assert {row["verdict"] for row in dormant} == {"fail"}
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_an_unknown_probe_is_refused(measured: Care) -> None:
    assert measured("findings", "--probe", "wifi").refused_clearly
