"""`care findings` and its actions, on the recorded demonstration directory."""

import csv
import io
import json
from typing import Any

import pytest

from tests.cli.conftest import Care

FAR = "2999-12-31"
FRENCH_FAR = "31/12/2999"


@pytest.fixture
def measured(started: Care) -> Care:
    assert started("probe", "directory", "--recorded").code == 0
    return started


def listed(measured: Care, *more: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(measured("findings", "--json", *more).out)
    return found


def sheet(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_json_tells_the_point_its_level_its_verdict_its_reason_and_every_object(
    measured: Care,
) -> None:
    (one,) = listed(measured, "--check", "vuln_privileged_members")
    assert (one["check"], one["verdict"], one["level"], one["levels"]) == (
        *("vuln_privileged_members", "fail", 1),
        [1, 2],
    )
    assert one["title"] and one["reason"]
    assert len(one["objects"]) == 53
    rows = sheet(measured("findings", "--check", "vuln_privileged_members", "--csv").out)
    assert [row["objects"] for row in rows] == one["objects"]
    text = measured("findings", "--check", "vuln_privileged_members").out
    assert all(f"    {name}\n" in text for name in one["objects"])
    assert "échec (niveau 1)" in text


def test_an_accepted_risk_is_in_each_output_and_the_point_still_fails(measured: Care) -> None:
    name = listed(measured, "--check", "vuln_spn_priv")[0]["objects"][0]
    given = ("--object", name, "--reason", "Migration", "--until", FAR)
    assert measured("risk", "accept", "vuln_spn_priv", *given).code == 0
    (one,) = listed(measured, "--check", "vuln_spn_priv")
    assert one["verdict"] == "fail"
    assert one["accepted"] == [
        {
            "author": "Camille Testeur",
            "current": True,
            "objects": [name],
            "reason": "Migration",
            "until": FAR,
        }
    ]
    (row,) = sheet(measured("findings", "--check", "vuln_spn_priv", "--csv").out)
    assert row["verdict"] == "fail" and FRENCH_FAR in row["accepted"]
    assert FRENCH_FAR in measured("findings", "--check", "vuln_spn_priv").out


def test_ten_actions_the_lowest_level_and_the_fewest_objects_first(measured: Care) -> None:
    found = json.loads(measured("findings", "--actions", "--json").out)
    assert [one["rank"] for one in found] == list(range(1, 11))
    order = [(one["level"], one["objects"]) for one in found]
    assert order == sorted(order)
    failing = {one["check"]: one for one in listed(measured, "--probe", "directory")}
    for one in found:
        assert failing[one["check"]]["verdict"] == "fail"
        assert len(failing[one["check"]]["objects"]) == one["objects"]
        assert one["effort"] in ("low", "medium", "high") and one["remediation"]
    assert [row["check"] for row in sheet(measured("findings", "--actions", "--csv").out)] == [
        one["check"] for one in found
    ]
    told = json.loads(measured("assess", "--json").out)["actions"]
    assert [one["point"] for one in told] == [one["check"] for one in found]


def test_actions_are_told_in_words_with_what_was_accepted(measured: Care) -> None:
    first = json.loads(measured("findings", "--actions", "--json").out)[0]["check"]
    measured("risk", "accept", first, "--reason", "Arrêt prévu", "--until", FAR)
    shown = " ".join(measured("findings", "--actions").out.split())
    assert "Les dix actions qui font monter le niveau" in shown
    assert f"({first}) 1 objet, effort faible →" in shown
    assert "Il compte toujours comme un échec." in shown


def test_the_route_of_the_assessment_tells_objects_and_effort(measured: Care) -> None:
    shown = " ".join(measured("assess").out.split())
    assert "Pour passer au niveau 2 : 35 points à corriger (157 objets)" in shown
    assert "vuln_dc_obsolete (1 objet, effort élevé)" in shown


def test_without_a_directory_there_is_nothing_to_do(started: Care) -> None:
    assert "Aucune action" in started("findings", "--actions").out
    assert json.loads(started("findings", "--actions", "--json").out) == []


def test_actions_cannot_be_filtered(measured: Care) -> None:
    assert measured("findings", "--actions", "--check", "vuln_krbtgt").refused_clearly
