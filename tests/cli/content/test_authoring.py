"""The tools for authors, each through the command an author types."""

import io
import json
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook

from care_kit import resources
from tests.cli.conftest import Care

ANNEX = (
    "Identifiant;Libellé;Cible;Liste des pièces à fournir\n"
    "Objectif 1;;;\n"
    "D2.O1.A;Gouvernance de la continuité;Un schéma est écrit.;Schéma daté\n"
    "D2.X9;Nouveau;;\n"
)
LIBRARY = """
urn: urn:exemple:risk:library:accueil
ref_id: ACCUEIL
name: Sécurité de l'accueil
description: Un essai.
copyright: Exemple SAS
version: 1
packager: exemple
objects:
  framework:
    ref_id: ACCUEIL
    name: Sécurité de l'accueil
    requirement_nodes:
    - {urn: u:1, assessable: true, ref_id: '1', name: Les portes ferment}
"""


def left(tmp_path: Path, *names: str) -> str:
    return tmp_path.joinpath("no-overlay", *names).read_text("utf-8")


def test_the_shipped_content_is_valid(care: Care) -> None:
    result = care("content", "validate")
    assert result.code == 0, result.err
    assert "Contenus valides" in result.out


def test_the_faults_of_a_folder_are_all_listed_and_the_code_is_3(
    care: Care, tmp_path: Path
) -> None:
    folder = tmp_path / "mien" / "exports"
    folder.mkdir(parents=True)
    (folder / "a.toml").write_text('id = "a"\ntitle = "A"\n', encoding="utf-8")
    (folder / "b.toml").write_text("id = \n", encoding="utf-8")
    result = care("content", "validate", "mien")
    assert result.refused_clearly
    assert result.code == 3
    assert "parts : champ obligatoire absent" in result.out
    assert "tlp : champ obligatoire absent" in result.out
    assert "b.toml" in result.out
    assert "liens entre fichiers n'ont pas été vérifiés" in result.out
    assert care("content", "validate").code == 0, "the folder is no longer in force"


def test_remarks_alone_leave_the_code_at_0(care: Care, tmp_path: Path) -> None:
    shipped = resources.data("exports").joinpath("complet.toml").read_text("utf-8")
    folder = tmp_path / "no-overlay" / "exports"
    folder.mkdir(parents=True)
    text = shipped.replace('title = "', 'title = "Un backup : ', 1)
    (folder / "complet.toml").write_text(text, encoding="utf-8")
    result = care("content", "validate")
    assert result.code == 0, result.err
    assert "préférez « sauvegarde »" in result.out
    told = json.loads(care("content", "validate", "--json").out)
    assert told["errors"] == []
    assert {"title"} <= {one["place"] for one in told["advice"] if one["own"]}


@pytest.mark.parametrize(
    ("content_id", "shown"),
    [
        ("ck-gov-02", ("Question : ", "  4 : ", "Preuve : ", "Référence : ReCyF", "gov.toml")),
        ("d1.o2.b", ("Identifiant officiel : D1.O2.B", "Cible : ", "Pièce : ", "45 à 60 jours")),
        ("CRT-CLE", ("Gravité : élevée", "Seuil : rsa_min_bits = 2", "Correction : ")),
        ("vuln_krbtgt", ("Sonde : annuaire", "Niveaux de l'annuaire : ")),
        ("examinateur", ("Marquage : TLP:AMBER", "Parties : report")),
    ],
)
def test_a_content_is_shown_whole(care: Care, content_id: str, shown: tuple[str, ...]) -> None:
    result = care("content", "show", content_id)
    assert result.code == 0, result.err
    for text in (*shown, "Fichier : ", "(livré)"):
        assert text in result.out


def test_a_file_of_the_overlay_is_told_as_such(care: Care) -> None:
    assert care("content", "new", "check", "--id", "EXP-ESSAI").code == 0
    assert "(votre surcouche)" in care("content", "show", "EXP-ESSAI").out


@pytest.mark.parametrize(
    ("arguments", "file"),
    [
        (("questionnaire", "--id", "accueil"), "questionnaires/accueil.toml"),
        (("programme", "--id", "region"), "questionnaires/programmes/region.toml"),
        (("indicator", "--id", "CK-GOV-99"), "questionnaires/maturin_h_securite/CK-GOV-99.toml"),
        (("check", "--id", "EXP-ESSAI"), "checks/exposure/EXP-ESSAI.toml"),
    ],
)
def test_a_skeleton_lacks_nothing_but_the_texts_to_complete(
    care: Care, tmp_path: Path, arguments: tuple[str, ...], file: str
) -> None:
    result = care("content", "new", *arguments)
    assert result.code == 0, result.err
    assert (tmp_path / "no-overlay" / file).is_file()
    told = json.loads(care("content", "validate", "--json").out)
    assert told["links_seen"]
    assert told["errors"]
    assert {one["mend"] for one in told["errors"] if one["own"]} == {
        "il reste un texte « à compléter »"
    }
    advice = [one["mend"] for one in told["advice"] if one["own"]]
    assert [one for one in advice if "aucune règle" not in one] == []


def test_a_completed_skeleton_is_valid(care: Care, tmp_path: Path) -> None:
    care("content", "new", "questionnaire", "--id", "accueil")
    file = tmp_path / "no-overlay" / "questionnaires" / "accueil.toml"
    text = file.read_text("utf-8").replace("À compléter", "Le texte est écrit")
    file.write_text(text, encoding="utf-8")
    result = care("content", "validate")
    assert result.code == 0, result.out
    assert "Remarques" not in result.out


def test_a_skeleton_can_be_printed_instead(care: Care, tmp_path: Path) -> None:
    result = care("content", "new", "programme", "--id", "region", "--to", "-")
    assert result.code == 0, result.err
    assert 'id = "region"' in result.out
    assert list(tmp_path.iterdir()) == []


def test_a_skeleton_can_be_written_elsewhere(care: Care, tmp_path: Path) -> None:
    assert care("content", "new", "programme", "--id", "region", "--to", "mien").code == 0
    assert (tmp_path / "mien/questionnaires/programmes/region.toml").is_file()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("validate", "rien"), "n'existe pas"),
        (("validate", "."), "ne contient ni"),
        (("show", "CK-RIEN-01"), "n'est ni un indicateur"),
        (("new", "poeme", "--id", "x"), "n'est pas une nature de contenu"),
        (("new", "check", "--id", "../x"), "ne peut pas servir d'identifiant"),
        (("new", "check", "--id", "nul"), "ne peut pas servir d'identifiant"),
        (("new", "questionnaire", "--id", "SOCLE"), "est déjà pris par"),
        (("new", "indicator", "--id", "A-1", "--questionnaire", "socle"), "ne se complète pas"),
        (("diff", "rien.toml", "rien.toml"), "rien.toml"),
        (("import-annex", "rien.csv", "--programme", "d2"), "ne peut pas être lu"),
        (("import-annex", ".", "--programme", "d2"), "ne peut pas être lu"),
        (("import-ciso", "rien.yaml"), "ne peut pas être lu"),
        (("export-ciso", "rien", "--to", "a.yaml"), "« rien » n'existe pas"),
        (("export-ciso", "socle"), "Il manque"),
    ],
)
def test_a_mistake_is_refused_in_one_sentence(
    care: Care, arguments: tuple[str, ...], sentence: str
) -> None:
    result = care("content", *arguments)
    assert result.refused_clearly, result
    assert sentence in result.err


def test_nothing_is_written_over_a_file(care: Care, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("à moi", encoding="utf-8")
    assert "existe déjà" in care("content", "export-ciso", "socle", "--to", "a.yaml").err
    assert (tmp_path / "a.yaml").read_text("utf-8") == "à moi"


def test_two_states_of_a_file_are_compared(care: Care, tmp_path: Path) -> None:
    old = str(resources.data("questionnaires").joinpath("programmes", "care_d1.toml"))
    text = Path(old).read_text("utf-8").replace("Le niveau est montré", "Le niveau est prouvé")
    (tmp_path / "neuf.toml").write_text(text, encoding="utf-8")
    result = care("content", "diff", old, "neuf.toml")
    assert result.code == 0, result.err
    assert "D1.O2.B      barème changé  target" in result.out
    told = json.loads(care("content", "diff", old, "neuf.toml", "--json").out)
    assert {"id": "D1.O2.B", "became": "scale", "fields": ["target"]} in told


def test_the_fingerprints_are_those_of_the_questionnaires(care: Care) -> None:
    told = json.loads(care("content", "fingerprint", "--json").out)
    socle = next(one for one in told if one["id"] == "socle")
    assert len(socle["sha256"]) == 64
    assert (
        f"{socle['sha256']}  socle version {socle['version']}" in care("content", "fingerprint").out
    )


def test_a_dated_annex_becomes_an_official_programme(care: Care, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(ANNEX.encode("cp1252"))
    result = care(
        "content", "import-annex", "a.csv", "--programme", "d2",
        "--source", "Arrêté du 03/07/2025, annexe 1", "--date", "03/07/2025",
    )  # fmt: skip
    assert result.code == 0, result.err
    assert "Windows-1252, colonnes séparées par des points-virgules" in result.out
    assert "2\u00a0objectifs, 1\u00a0pièce ; provenance : officiel" in result.out
    assert "Ligne de titre laissée de côté : Objectif 1" in result.out
    assert "retiré du programme : D2.P1" in result.out
    assert "Ce fichier est valide." in result.out
    text = left(tmp_path, "questionnaires", "programmes", "care_d2.toml")
    assert 'official_id = "D2.X9"' in text
    assert care("content", "validate").code == 0
    assert "Provenance : officiel" in care("content", "show", "D2.X9").out
    again = care("content", "import-annex", "a.csv", "--programme", "d2")
    assert "existe déjà" in again.err


def test_an_annex_nobody_dated_is_not_official(care: Care, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(ANNEX, encoding="utf-8")
    assert care("content", "import-annex", "a.csv", "--programme", "d2").code == 0
    shown = care("content", "show", "D2.X9").out
    assert "Provenance : secondaire" in shown
    assert "Texte d'origine non précisé" in shown


def test_a_workbook_makes_a_new_programme_with_its_gaps(care: Care, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Identifiant", "Libellé", "Cible", "Pièces à fournir"])
    sheet.append(["D9.O1", "Un objectif", "Une cible est écrite.", "Une pièce"])
    book.save(tmp_path / "a.xlsx")
    result = care("content", "import-annex", "a.xlsx", "--programme", "d9")
    assert result.code == 0, result.err
    assert "title : il reste un texte « à compléter »" in result.out
    assert care("content", "validate").code == 3


def test_a_pasted_table_is_read(
    care: Care, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pasted = io.TextIOWrapper(io.BytesIO(ANNEX.replace(";", "\t").encode()))
    monkeypatch.setattr(sys, "stdin", pasted)
    result = care("content", "import-annex", "-", "--programme", "d2", "--to", "mien")
    assert result.code == 0, result.err
    assert "colonnes séparées par des tabulations" in result.out
    assert "tableau collé" in (tmp_path / "mien/questionnaires/programmes/care_d2.toml").read_text(
        "utf-8"
    )


@pytest.mark.parametrize("hostile", ["=HYPERLINK(1)", "<img src=x onerror=alert(1)>"])
def test_a_hostile_cell_leaves_nothing_written(care: Care, tmp_path: Path, hostile: str) -> None:
    (tmp_path / "a.csv").write_text(ANNEX.replace("Nouveau", hostile), encoding="utf-8")
    result = care("content", "import-annex", "a.csv", "--programme", "d2")
    assert result.refused_clearly
    assert "Ligne 4" in result.err
    assert not (tmp_path / "no-overlay").exists()


def test_a_library_is_imported_with_its_rights(care: Care, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(LIBRARY, encoding="utf-8")
    result = care("content", "import-ciso", "a.yaml")
    assert result.code == 0, result.err
    assert "Droits sur ces textes : Exemple SAS" in result.out
    assert "Exemple SAS" in left(tmp_path, "questionnaires", "accueil.toml")
    told = json.loads(care("content", "validate", "--json").out)
    assert {one["mend"] for one in told["errors"] if one["own"]} == {
        "il reste un texte « à compléter »"
    }
    assert "Les portes ferment" in care("content", "show", "ACCUEIL-1").out
    taken = care("content", "import-ciso", "a.yaml")
    assert "déjà pris" in taken.err


def test_a_questionnaire_of_ones_own_goes_out_and_comes_back(care: Care, tmp_path: Path) -> None:
    care("content", "new", "questionnaire", "--id", "accueil")
    assert care("content", "export-ciso", "accueil", "--to", "a.yaml").code == 0
    before = json.loads(care("content", "fingerprint", "--json").out)
    (tmp_path / "no-overlay/questionnaires/accueil.toml").rename(tmp_path / "avant.toml")
    result = care("content", "import-ciso", "a.yaml")
    assert result.code == 0, result.err
    after = json.loads(care("content", "fingerprint", "--json").out)
    assert [one["id"] for one in before] == [one["id"] for one in after]
    came_back = "no-overlay/questionnaires/accueil.toml"
    told = json.loads(care("content", "diff", "avant.toml", came_back, "--json").out)
    assert [(one["id"], one["became"]) for one in told] == [("ACCUEIL-A-01", "carried")]


def test_a_hostile_library_is_refused(care: Care, tmp_path: Path) -> None:
    laughs = "a0: &a0 [x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
    )
    (tmp_path / "a.yaml").write_text(laughs, encoding="utf-8")
    result = care("content", "import-ciso", "a.yaml")
    assert result.refused_clearly
    assert "grossir sans mesure" in result.err
