"""Every fault is listed at once, with its file, its place and its mend."""

from pathlib import Path

import pytest

from care_kit import resources
from care_kit.catalog.authoring.documents import KINDS, documents
from care_kit.catalog.authoring.review import Remark, review
from care_kit.rules import directory, exposure
from tests.catalog.authoring.conftest import Reviewed, objective
from tests.catalog.conftest import Overlay, shipped

PROGRAMME = "questionnaires/programmes/essai.toml"
CHECK = (
    'id = "EXP-ESSAI"\nfamily = "exposure"\nseverity = "low"\ntitle = "Essai"\n'
    'why = "Un essai."\nremediation = "Rien."\nprovenance = "proposed"\nsource = "Essai"\n'
    "source_date = 2026-01-01\n"
)


def told(remarks: tuple[Remark, ...]) -> set[tuple[str, str]]:
    return {(one.place, one.mend) for one in remarks}


def test_the_shipped_content_has_no_error(reviewed: Reviewed) -> None:
    found = reviewed()
    assert found.errors == ()
    assert found.links_seen


@pytest.mark.parametrize("kind", KINDS)
def test_every_shipped_file_is_read(overlay: Overlay, kind: str) -> None:
    root = Path(str(resources.data(kind)))
    shipped_files = {str(file) for file in root.rglob("*.toml")}
    assert shipped_files - {one.file for one in documents()} == set()


def test_all_faults_of_all_files_are_listed(reviewed: Reviewed, overlay: Overlay) -> None:
    text = objective().replace("version = 1", 'version = "un"').replace('who = "Tous"\n', "")
    first = overlay.write(PROGRAMME, text)
    second = overlay.write("checks/exposure/cassé.toml", "id = \n")
    found = reviewed()
    assert {one.file for one in found.errors} == {str(first), str(second)}
    assert ("version", "un nombre entier est attendu") in told(found.errors)
    assert ("objectives[ESSAI-1].who", "champ obligatoire absent : ajoutez-le") in told(
        found.errors
    )
    assert any(one.place == "fichier" and "ligne 1" in one.mend for one in found.errors)


def test_a_malformed_file_leaves_the_links_unseen_and_says_so(
    reviewed: Reviewed, overlay: Overlay
) -> None:
    overlay.write(PROGRAMME, objective().replace("version = 1", ""))
    found = reviewed()
    assert not found.links_seen
    assert found.content is None


def test_every_wrong_link_is_listed(reviewed: Reviewed, overlay: Overlay) -> None:
    links = 'indicators = ["XYZ", "ZYX"]\n'
    overlay.write(PROGRAMME, objective() + links)
    assert told(reviewed().errors) == {
        ("objectives[ESSAI-1].indicators", "indicateur XYZ inconnu"),
        ("objectives[ESSAI-1].indicators", "indicateur ZYX inconnu"),
    }


@pytest.mark.parametrize(
    "left", ["À compléter.", "Le taux est à\u00a0compléter.", "a. À COMPLÉTER"]
)
def test_a_text_left_to_complete_is_an_error(
    reviewed: Reviewed, overlay: Overlay, left: str
) -> None:
    overlay.write(PROGRAMME, objective(target=left))
    found = reviewed()
    assert told(found.errors) == {
        ("objectives[ESSAI-1].target", "il reste un texte « à compléter »")
    }


def test_a_statement_without_a_source_is_an_error_told_once(
    reviewed: Reviewed, overlay: Overlay
) -> None:
    overlay.write(PROGRAMME, objective(source=" "))
    assert [(one.place, one.mend) for one in reviewed().errors] == [
        ("objectives[ESSAI-1].source", "la source est obligatoire")
    ]


def test_a_check_without_a_source_is_an_error(reviewed: Reviewed, overlay: Overlay) -> None:
    text = CHECK.replace('provenance = "proposed"', 'provenance = "official"')
    overlay.write("checks/exposure/essai.toml", text.replace('source = "Essai"', 'source = ""'))
    assert told(reviewed().errors) == {("EXP-ESSAI.source", "la source est obligatoire")}


def test_a_slip_is_advice_not_an_error(reviewed: Reviewed, overlay: Overlay) -> None:
    file = overlay.write(PROGRAMME, objective(target="Un backup est fait"))
    found = reviewed()
    assert found.errors == ()
    own = [one for one in found.advice if one.own]
    assert {one.file for one in own} == {str(file)}
    assert {one.mend for one in own} == {
        "« backup » : préférez « sauvegarde »",
        "une phrase terminée par un point est attendue",
    }


def test_a_check_of_ones_own_that_no_rule_decides_is_told(
    reviewed: Reviewed, overlay: Overlay
) -> None:
    overlay.write("checks/exposure/essai.toml", CHECK)
    found = reviewed()
    assert found.errors == ()
    assert "jamais testé" in next(one.mend for one in found.advice if one.own)


def test_a_rule_without_a_check_is_an_error(overlay: Overlay) -> None:
    found = review(directory.rule_ids() | exposure.rule_ids() | {"EXP-FANTOME"})
    assert "EXP-FANTOME" in found.errors[0].mend


def test_a_file_nothing_reads_is_told(reviewed: Reviewed, overlay: Overlay) -> None:
    file = overlay.write("questionnaires/perdu/essai.toml", objective())
    assert [(one.file, one.place) for one in reviewed().errors] == [(str(file), "fichier")]


def test_two_files_with_one_id_are_told(reviewed: Reviewed, overlay: Overlay) -> None:
    overlay.write("exports/copie.toml", shipped("exports/complet.toml"))
    found = reviewed()
    assert "déjà pris" in found.errors[0].mend
    assert not found.links_seen


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("questionnaires/essai.tml", "un contenu est un fichier « .toml »"),
        ("questionnaires/essai.toml.txt", "un contenu est un fichier « .toml »"),
        ("questionaires/essai.toml", "aucun contenu n'est lu à cet endroit"),
        ("essai.toml", "aucun contenu n'est lu à cet endroit"),
        ("checks/exposition/essai.toml", "aucun contenu n'est lu à cet endroit"),
    ],
)
def test_a_file_nothing_reads_is_told_whatever_its_mistake(
    reviewed: Reviewed, overlay: Overlay, name: str, why: str
) -> None:
    file = overlay.write(name, objective())
    (found,) = reviewed().errors
    assert found.file == str(file)
    assert why in found.mend


def test_notes_and_templates_beside_the_content_are_left_alone(
    reviewed: Reviewed, overlay: Overlay
) -> None:
    for name in ("LISEZMOI.md", ".git/config", "templates/rapport.html"):
        overlay.write(name, "texte")
    assert reviewed().errors == ()


def test_official_with_a_source_of_ours_is_an_error(reviewed: Reviewed, overlay: Overlay) -> None:
    text = objective(source="Proposition care-kit").replace(
        'who = "Tous"\nprovenance = "proposed"', 'who = "Tous"\nprovenance = "official"'
    )
    overlay.write(PROGRAMME, text)
    assert told(reviewed().errors) == {
        (
            "objectives[ESSAI-1].provenance",
            "une source de care-kit n'est pas un texte officiel",
        )
    }


@pytest.mark.parametrize(
    ("step", "place", "mend"),
    [
        (
            "opens = 2026-12-31\ncloses = 2026-12-01\n",
            "closes",
            "cette étape se termine avant de commencer",
        ),
        ('month = "novembre"\n', "month", "un mois s'écrit AAAA-MM, par exemple 2026-11"),
        ('month = "2026-13"\n', "month", "un mois s'écrit AAAA-MM, par exemple 2026-11"),
    ],
)
def test_a_step_of_a_programme_that_cannot_be_is_an_error(
    reviewed: Reviewed, overlay: Overlay, step: str, place: str, mend: str
) -> None:
    head = '[[milestones]]\ntitle = "Dépôt"\nprovenance = "proposed"\nsource = "Texte lu"\n'
    overlay.write(PROGRAMME, objective() + head + step)
    assert told(reviewed().errors) == {(f"milestones[Dépôt].{place}", mend)}


@pytest.mark.parametrize(
    ("links", "mend"),
    [
        ('indicators = ["CK-GOV-0"]\n', "CK-GOV-01"),
        ('indicators = ["ck-adm-o1"]\n', "CK-ADM-01"),
    ],
)
def test_an_unknown_identifier_comes_with_those_it_resembles(
    reviewed: Reviewed, overlay: Overlay, links: str, mend: str
) -> None:
    overlay.write(PROGRAMME, objective() + links)
    (found,) = reviewed().errors
    assert ", proche de " in found.mend
    assert mend in found.mend
