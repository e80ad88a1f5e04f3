"""What the hospital changed in the content travels with the package, both values told."""

import re
from pathlib import Path

import pytest

from care_kit import resources
from care_kit.catalog.content import Content, load, read
from care_kit.exporters.package import build_package
from care_kit.model.words.errors import ContentError
from care_kit.review.codes import Code
from care_kit.review.verify import verify
from tests.review import packages
from tests.review.rebuild import files_of, resealed, verified

CHECK = "checks/directory/vuln_guest.toml"


def overlaid_package(folder: Path, own: dict[str, str]) -> Path:
    """A package made with these files in the overlay."""
    for path, text in own.items():
        file = folder / "overlay" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    load()  # the process keeps the shipped content, whatever the overlay below
    with resources.overlaid(folder / "overlay"), packages.opened(folder) as dossier:
        content: Content = read()
        material = packages.gathered(dossier, content)
        return build_package(material, content.profiles["examinateur"], folder)


@pytest.fixture(scope="module")
def own_title(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shipped = resources.data("checks").joinpath("directory", "vuln_guest.toml").read_text("utf-8")
    changed = re.sub(r"^title = .*$", 'title = "Titre de chez nous"', shipped, flags=re.M)
    return overlaid_package(tmp_path_factory.mktemp("own"), {CHECK: changed})


def test_a_sentence_changed_by_an_overlay_is_carried_judged_and_told(own_title: Path) -> None:
    outcome = verify(own_title)
    assert outcome.ok, outcome.problems[:5]
    told = next(one for one in outcome.notes if "Contenu changé" in one)
    assert "check/vuln_guest.title" in told
    assert "« Titre de chez nous » (utilisé)" in told
    files = files_of(own_title)
    assert any(name.endswith(f"data/contenu/{CHECK}") for name in files)
    for page in ("bordereau.html", "rapport.html"):
        name = next(one for one in files if one.endswith(page))
        assert "Titre de chez nous" in files[name].decode("utf-8")


@pytest.mark.parametrize("change", ["altered", "taken out", "added"])
def test_carried_content_that_is_not_the_one_printed_is_refused(
    own_title: Path, change: str
) -> None:
    files = files_of(own_title)
    name = next(one for one in files if one.endswith(CHECK))
    if change == "altered":
        files[name] = files[name].replace(b"Titre de chez nous", b"Un autre titre")
    elif change == "taken out":
        del files[name]
    else:
        files[name.replace("vuln_guest", "vuln_krbtgt_bis")] = files[name].replace(
            b"vuln_guest", b"vuln_krbtgt_bis"
        )
    outcome = verified(resealed(files))
    assert not outcome.ok
    assert Code.CONTENT in {one.code for one in outcome.problems}


def test_pages_of_the_hospital_s_own_are_not_believed(tmp_path: Path) -> None:
    package = overlaid_package(tmp_path, {"templates/rapport.html.j2": "Indice : 100"})
    outcome = verify(package)
    assert outcome.ok, outcome.problems[:5]
    assert "rien de ce qu'elles disent n'est prouvé" in outcome.reserves[0]
    assert "rapport.html.j2" in outcome.reserves[0]


def test_clear_names_never_leave_below_red(tmp_path: Path) -> None:
    profile = resources.data("exports").joinpath("complet.toml").read_text("utf-8")
    amber = profile.replace("TLP:RED", "TLP:AMBER")
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "complet.toml").write_text(amber, "utf-8")
    from care_kit.catalog import consistency

    with resources.overlaid(tmp_path), pytest.raises(ContentError, match="TLP:RED"):
        consistency.verify(read())
