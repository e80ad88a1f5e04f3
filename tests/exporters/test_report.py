"""The report says everything, escapes everything, and fetches nothing."""

import subprocess
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from care_kit.dossier.journal import events
from care_kit.exporters.report import report
from care_kit.model.dossier.reported import ReportedStatus
from care_kit.model.words.errors import ContentError
from tests.exporters import sample
from tests.exporters.conftest import extracted


class Reading(HTMLParser):
    """Tags, attributes and visible text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


PAGES = ("LISEZ-MOI.html", "data/bordereau.html", "data/rapport.html")


@pytest.fixture(scope="module")
def pages(redacted_package: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reading]:
    folder = extracted(redacted_package, tmp_path_factory.mktemp("pages"))
    return {one: Reading((folder / one).read_text("utf-8")) for one in PAGES}


@pytest.fixture(scope="module")
def full() -> Reading:
    return Reading(report(sample.sample(), sample.COMPLETE).decode("utf-8"))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_holds_no_script_and_fetches_nothing(pages: dict[str, Reading], name: str) -> None:
    page = pages[name]
    assert not {"script", "img", "iframe", "link", "object", "embed"} & set(page.tags)
    for attribute, value in page.attributes:
        assert not attribute.startswith("on")
        assert attribute not in ("src", "style", "srcset", "action")
        if attribute == "href":
            assert value.startswith("#")
    policy = dict(page.attributes)["content"], [v for _, v in page.attributes if "default" in v]
    assert policy[1][0].startswith("default-src 'none'; style-src 'sha256-")


def test_hostile_texts_are_shown_as_typed_and_never_run(full: Reading) -> None:
    assert sample.MARKUP in full.text
    assert sample.FORMULA in full.text
    assert "49" not in full.text.split("7 * 7")[0][-20:]
    for sign in ("\u202e", "\x00", "\x1b", "\x9b", "\ufffe"):
        assert sign not in full.text


def test_declared_and_measured_stand_side_by_side_with_the_explanation(full: Reading) -> None:
    assert "≠ contradiction expliquée" in full.text
    assert "Les comptes relevés sont en cours de suppression." in full.text
    assert "sans réponse" in full.text
    assert "ne sais pas" in full.text
    assert "non applicable" in full.text


def test_verdicts_are_words_and_signs_and_what_was_not_tested_stands_apart(full: Reading) -> None:
    assert "✗ échec" in full.text
    assert "✓ conforme" in full.text
    concluded, _, apart = full.text.partition("Ce qui n'a pas pu être testé")
    assert "○ non testé" in apart and "Le port n'a pas répondu." in apart
    assert "Le port n'a pas répondu." not in concluded
    assert "⚠ erreur" in apart


def test_the_directory_level_is_never_shown_as_a_result_of_anssi(full: Reading) -> None:
    assert "ce n'est pas un résultat de l'ANSSI" in full.text
    assert "point_inconnu" in full.text


def test_the_four_numbers_come_together_in_french_form(full: Reading) -> None:
    for shown in ("0\u00a0à\u00a01", "31,3\u00a0à\u00a058,3", "71\u00a0%", "99\u00a0%"):
        assert shown in full.text


def test_an_unknown_official_requirement_is_a_visible_gap(full: Reading) -> None:
    assert "identifiant officiel non publié" in full.text
    assert "Non connu\u00a0: le seuil officiel n'est pas dans nos sources." in full.text


@pytest.mark.parametrize("text", ["{{ ''.__class__.__mro__ }}", "{{ inconnu }}", "{% if"])
def test_a_faulty_overlay_template_is_named_and_never_escapes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "rapport.html.j2").write_text(text, "utf-8")
    monkeypatch.setenv("CARE_KIT_OVERLAY", str(tmp_path))
    with pytest.raises(ContentError, match=r"« rapport\.html\.j2 » est fautif"):
        report(sample.sample(), sample.COMPLETE)


@pytest.mark.lab
def test_the_report_renders_in_a_real_browser(redacted_package: Path, tmp_path: Path) -> None:
    folder = extracted(redacted_package, tmp_path)
    command = [
        *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
        *("--no-first-run", "--disable-background-networking", "--disable-component-update"),
        *("--disable-sync", f"--user-data-dir={tmp_path / 'profil'}", "--dump-dom"),
    ]
    done = subprocess.run(
        [*command, (folder / "data/rapport.html").as_uri()],
        capture_output=True,
        text=True,
        timeout=60,
    )
    page = Reading(done.stdout)
    assert "Rapport de maturité en cybersécurité" in page.text
    assert page.tags.count("svg") == 3
    assert "script" not in page.tags
    assert "Content Security Policy" not in done.stderr


def test_reported_findings_stand_beside_the_measure_and_stay_text() -> None:
    day = date(2026, 10, 1)
    event = events.FindingReported(
        "C-1", "SILENE", day, sample.MARKUP, "S-12", None, "tls_old", ReportedStatus.FIXED, day
    )
    shown = report(sample.sample((*sample.EVENTS, event)), sample.COMPLETE).decode()
    assert '<h2 id="recus">' in shown
    assert "≠ Dit corrigé, mais la sonde voit un échec." in shown
    assert sample.MARKUP not in shown
    assert "Constats de rapports reçus" not in report(sample.sample(), sample.COMPLETE).decode()
