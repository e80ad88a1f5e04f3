"""Files that are valid one by one but contradict each other, or themselves, are refused."""

from pathlib import Path

import pytest

from care_kit.catalog import content
from care_kit.model.words.errors import ContentError
from tests.catalog.conftest import Overlay, shipped

SECURITY = "questionnaires/maturin_h_securite/"
HEAD = SECURITY + "questionnaire.toml"
GOV = SECURITY + "gov.toml"
IAM = SECURITY + "iam.toml"
ADM = SECURITY + "adm.toml"
SAU = SECURITY + "sau.toml"
CRI = SECURITY + "cri.toml"
SELECTION = "questionnaires/selections/socle.toml"
D1 = "questionnaires/programmes/care_d1.toml"
CHECK = "checks/exposure/essai.toml"


def refusal(file: Path) -> str:
    """The sentence of the error that loading gives; it names the file."""
    with pytest.raises(ContentError) as caught:
        content.load()
    assert f"« {file} »" in caught.value.sentence
    assert caught.value.next_step
    return caught.value.sentence


def broken(overlay: Overlay, name: str, old: str, new: str) -> str:
    """Load with one shipped file replaced by a copy where the first `old` became `new`."""
    text = shipped(name)
    assert old in text
    return refusal(overlay.write(name, text.replace(old, new, 1)))


def without(text: str, start: str) -> str:
    """The text without its first line starting with `start`."""
    lines = text.splitlines(keepends=True)
    lines.remove(next(line for line in lines if line.startswith(start)))
    return "".join(lines)


@pytest.mark.parametrize("level", [0, 4])
def test_the_ends_of_the_scale_are_required(overlay: Overlay, level: int) -> None:
    text = without(shipped(GOV), f"levels.{level}")
    sentence = refusal(overlay.write(GOV, text))
    assert "« indicators[CK-GOV-01].levels »" in sentence
    assert "les niveaux vont de 0 à 4" in sentence


@pytest.mark.parametrize(
    ("name", "old", "new", "place", "mend"),
    [
        (GOV, 'id = "CK-GOV-03"', 'id = "CK-GOV-01"', "indicators[CK-GOV-01]", "en double"),
        (HEAD, 'id = "HUM", t', 'id = "GOV", t', "domains[GOV]", "en double"),
        (GOV, 'domain = "GOV"', 'domain = "XYZ"', "CK-GOV-01].domain", "XYZ non déclaré"),
        (GOV, "weight = 2", "weight = 0", "CK-GOV-01].weight", "au moins 1"),
        (
            GOV,
            "désignation écrite.",
            "écrit",
            "CK-GOV-01].levels.1",
            "terminée par un point",
        ),
        (ADM, '"vuln_krbtgt", fail', '"vuln_kr", fail', "CK-ADM-04].measured", "vuln_kr inconnu"),
        (IAM, "fail_at_most = 1", "fail_at_most = 4", "CK-IAM-03].measured", "de 0 à 3"),
        (IAM, "pass_at_least = 2", "pass_at_least = 5", "CK-IAM-03].measured", "de 0 à 4"),
        (ADM, "directory_level = true", "directory_level = false", "CK-ADM-01].measured", "aucun"),
        (SAU, 'key = "bande"', 'key = "reseau"', "CK-SAU-03].answer.options", "mots différents"),
        (SAU, "level = 1, label", "level = 7, label", "answer.options[occasion]", "décrit"),
        (SAU, 'answer.label = "', 'answer.label = "" # "', "CK-SAU-07].answer.label", "de quoi"),
        (CRI, "text_level = 1", "text_level = 9", "CK-CRI-12].answer.text_level", "de 1 à 4"),
    ],
)
def test_a_questionnaire_that_does_not_hold_together_is_refused(
    overlay: Overlay, name: str, old: str, new: str, place: str, mend: str
) -> None:
    sentence = broken(overlay, name, old, new)
    assert f"{place} »" in sentence
    assert mend in sentence


def test_an_indicator_without_a_source_is_refused(overlay: Overlay) -> None:
    source = 'source = "Proposition care-kit, d\'après ReCyF v2.5 (relecture annuelle)"'
    sentence = broken(overlay, GOV, source, 'source = " "')
    assert "« indicators[CK-GOV-02].source » : la source est obligatoire" in sentence


@pytest.mark.parametrize(
    ("old", "new", "place", "mend"),
    [
        ('["CK-EXP-01", ', '["CK-EXP-99", ', "objectives[D1.O2.B].indicators", "inconnu"),
        ('id = "D1-AUDIT-AD"', 'id = "D1.O2.B"', "objectives[D1.O2.B]", "en double"),
        ('id = "D1-CRISE-PLAN"', 'id = "D1-CRISE-EXERCICE"', "D1-CRISE-EXERCICE]", "en double"),
        ('"official"', '"proposed"', "D1.O2.B].official_id", "exige une source"),
        ("min_days = 45", "min_days = 90", "D1.O2.B].readings", "min_days"),
    ],
)
def test_a_programme_that_does_not_hold_together_is_refused(
    overlay: Overlay, old: str, new: str, place: str, mend: str
) -> None:
    sentence = broken(overlay, D1, old, new)
    assert f"{place} »" in sentence
    assert mend in sentence


def test_an_official_statement_without_a_source_is_refused(overlay: Overlay) -> None:
    text = shipped(D1)
    page = next(line for line in text.splitlines() if "SILENE (mise à jour" in line)
    sentence = broken(overlay, D1, page, 'source = ""')
    assert "« objectives[D1.O2.B].source » : la source est obligatoire" in sentence


def check(family: str, more: str = "") -> str:
    return (
        f'id = "essai"\nfamily = "{family}"\ntitle = "Essai"\nwhy = "Essai."\n'
        f'remediation = "Essai."\nprovenance = "proposed"\nsource = "Essai"\n'
        f"source_date = 2026-01-01\n{more}"
    )


def test_an_exposure_check_without_severity_is_refused(overlay: Overlay) -> None:
    sentence = refusal(overlay.write(CHECK, check("exposure")))
    assert "« severity » : la gravité est obligatoire" in sentence


def test_a_directory_check_that_is_no_control_point_is_refused(overlay: Overlay) -> None:
    file = overlay.write("checks/directory/essai.toml", check("directory", "levels = [1]\n"))
    assert "ne figure pas dans anssi_points.toml" in refusal(file)


def test_an_observation_of_the_directory_has_no_level(overlay: Overlay) -> None:
    name = "checks/directory/obs_dns_duplicate.toml"
    sentence = broken(overlay, name, "provenance =", "levels = [1]\nprovenance =")
    assert "« levels » : une observation ne compte dans aucun niveau" in sentence


def test_two_files_cannot_bear_the_same_id(overlay: Overlay) -> None:
    copy = shipped("questionnaires/maturin_h_ethique.toml")
    file = overlay.write("questionnaires/variante.toml", copy)
    sentence = refusal(file)
    assert "« maturin-h-ethique » est déjà pris par" in sentence
    assert "maturin_h_ethique.toml" in sentence


def test_a_selection_names_an_indicator_that_exists(overlay: Overlay) -> None:
    sentence = broken(overlay, SELECTION, '"CK-GOV-01"', '"CK-GOV-99"')
    assert "CK-GOV-99 n'est dans aucun de ses « bases »" in sentence


def test_a_selection_has_a_base_that_exists(overlay: Overlay) -> None:
    sentence = broken(overlay, SELECTION, 'bases = ["maturin', 'bases = ["autre')
    assert "« bases »" in sentence


def test_a_measure_cited_is_one_of_its_referential(overlay: Overlay) -> None:
    sentence = broken(overlay, GOV, '"2.A.3-EI/EE"', '"2.A.9-EI/EE"')
    assert "2.A.9-EI/EE ne figure pas dans « ReCyF v2.5 »" in sentence
