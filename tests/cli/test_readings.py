"""`care readings`: listed, compared, and the level held between two of them."""

import json
import re
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from care_kit.dossier.dossier import Dossier
from care_kit.model.facts.exposure import PortState
from care_kit.model.words.errors import INCOMPLETE
from tests.assessment.readings.samples import store
from tests.cli.conftest import Care
from tests.cli.probe.test_import_nmap import SCOPE
from tests.probes.imports.test_nmap_xml import END, OURS, START, run


@pytest.fixture
def ids(started: Care, tmp_path: Path) -> tuple[str, str]:
    """A remote desktop seen open, then proved closed fifty days later."""
    with Dossier.open(tmp_path / "ch.care", "A") as opened:
        return (
            store(opened, 0, PortState.OPEN),
            store(opened, 50, PortState.CLOSED),
        )


def test_the_list_shows_enough_of_each_id(care: Care, ids: tuple[str, str]) -> None:
    out = care("readings", "list").out
    assert all(one[:8] in out for one in ids)
    assert "ch.example" in out


def test_an_empty_list_says_what_to_do(started: Care) -> None:
    assert "care probe" in started("readings", "list").out


def test_the_last_two_are_compared_by_default(care: Care, ids: tuple[str, str]) -> None:
    result = care("readings", "compare")
    assert result.code == 0, result.err
    assert "corrigé : 1" in result.out
    assert "échec → conforme" in result.out
    assert "règles d'aujourd'hui" in result.out
    assert "Écart : 50 jours. D1.O2.B demande de 45 à 60 jours : c'est le cas" in " ".join(
        result.out.split()
    )


def test_two_are_compared_by_the_start_of_their_ids(care: Care, ids: tuple[str, str]) -> None:
    result = care("readings", "compare", ids[1][:6], ids[0][:6], "--json")
    assert result.code == 0, result.err
    told = json.loads(result.out)
    assert [one["check"] for one in told["differences"]] == ["EXP-RDP"]
    assert told["differences"][0]["change"] == "fixed"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("compare", "zzzz", "yyyy"), "Aucun relevé"),
        (("compare", "a"), "Il manque un relevé"),
        (("compare", "--probe", "radio"), "n'existe pas"),
        (("compare", "--probe", "directory"), "Il faut deux relevés"),
        (("held", "--domain", "d9"), "n'existe pas"),
        (("held", "--max-critical", "-1"), "--max-critical"),
    ],
)
def test_a_mistake_is_told(
    care: Care, ids: tuple[str, str], arguments: tuple[str, ...], said: str
) -> None:
    result = care("readings", *arguments)
    assert result.refused_clearly, result
    assert said in result.err


def test_the_level_is_not_held_and_the_threshold_is_called_a_hypothesis(
    care: Care, ids: tuple[str, str]
) -> None:
    result = care("readings", "held")
    assert result.code == 1
    assert "C" * 50 + "  1" in result.out, "the graph: one letter per severity"
    for words in ("50\u00a0jours", "Seuil (hypothèse)", "non tenu", "n'est pas officiel"):
        assert words in result.out


def test_another_hypothesis_gives_another_statement(care: Care, ids: tuple[str, str]) -> None:
    told = json.loads(care("readings", "held", "--max-critical", "1", "--json").out)
    assert told["threshold"]["max_critical"] == 1
    assert told["verdict"] == "reserved", "the other critical checks were not tested"


def test_a_reading_from_the_inside_is_refused(started: Care, tmp_path: Path) -> None:
    with Dossier.open(tmp_path / "ch.care", "A") as opened:
        for day in (0, 50):
            store(opened, day, PortState.CLOSED, view="interne")
    result = started("readings", "held")
    assert result.refused_clearly, result
    assert "ce qu'internet voit" in result.err


def test_the_exposure_report_is_written_redacted_by_default(
    care: Care, ids: tuple[str, str], tmp_path: Path
) -> None:
    result = care("export", "exposure-report", "--to", "sortie")
    assert result.code == 0, result.err
    names = sorted(one.suffix for one in (tmp_path / "sortie").iterdir())
    assert names == [".html", ".pdf"]
    (page,) = (tmp_path / "sortie").glob("*.html")
    text = page.read_text(encoding="utf-8")
    assert "Pour la direction" in text
    assert "ch.example" not in text
    care("export", "exposure-report", "--to", "clair", "--profile", "complet")
    (clear,) = (tmp_path / "clair").glob("*.html")
    assert "ch.example" in clear.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"), [((), "aucun relevé d'exposition"), (("--profile", "x"), "n'existe pas")]
)
def test_a_report_without_a_reading_or_a_profile_is_refused(
    started: Care, arguments: tuple[str, ...], said: str
) -> None:
    result = started("export", "exposure-report", *arguments)
    assert result.refused_clearly, result
    assert said in result.err


def test_the_package_shows_the_evolution(care: Care, ids: tuple[str, str], tmp_path: Path) -> None:
    result = care("export", "package", "--to", "sortie")
    assert result.code == 0, result.err
    (package,) = (tmp_path / "sortie").iterdir()
    with zipfile.ZipFile(package) as archive:
        (name,) = (one for one in archive.namelist() if one.endswith("rapport.html"))
        page = archive.read(name).decode()
    assert "Évolution des relevés" in page
    assert "Deux relevés d'exposition comparés" in page
    assert "Niveau d'exposition tenu" in page
    assert "Constat\u00a0: non tenu" in page
    assert "ch.example" not in page, "the examiner's package names no domain"
    assert care("verify", str(package)).code == 0


def test_a_poorer_reading_is_told_and_a_person_may_use_or_withdraw_it(
    started: Care, tmp_path: Path
) -> None:
    """The contradictions a scan proved stay when the next one sees a machine that is down."""
    (tmp_path / "perimetre.toml").write_text(SCOPE, encoding="utf-8")
    (tmp_path / "vu.xml").write_text(run(OURS), encoding="utf-8")
    down = run(OURS, start=START + 3600, end=END + 3600).replace('state="up"', 'state="down"')
    down = re.sub("<ports>.*?</ports>", "", down, flags=re.DOTALL)
    (tmp_path / "eteint.xml").write_text(down, encoding="utf-8")
    scope = ("--scope", "perimetre.toml")
    assert started("probe", "import-nmap", "vu.xml", *scope).code == INCOMPLETE
    before = json.loads(started("assess", "--json").out)
    assert started("probe", "import-nmap", "eteint.xml", *scope).code == INCOMPLETE
    assert json.loads(started("assess", "--json").out) == before
    listed = started("readings", "list").out
    assert "non retenu" in listed
    poorer = listed.split("non retenu")[0].rsplit("Relevé ", 1)[1].split()[0]
    assert started("readings", "use", poorer).code == 0
    assert json.loads(started("assess", "--json").out) != before
    assert "choisi par une personne" in started("assess").out
    assert started("readings", "use", poorer, "--automatic").code == 0
    assert json.loads(started("assess", "--json").out) == before
    assert started("readings", "withdraw", poorer, "--reason", "machine éteinte").code == 0
    assert poorer not in started("readings", "list").out
    assert "relevé retiré" in started("journal").out
    assert json.loads(started("assess", "--json").out) == before


def test_a_damaged_reading_is_named_and_the_rest_is_read(started: Care, tmp_path: Path) -> None:
    """One bad byte in the facts: its points are undecided, everything else goes on."""
    (tmp_path / "perimetre.toml").write_text(SCOPE, encoding="utf-8")
    (tmp_path / "vu.xml").write_text(run(OURS), encoding="utf-8")
    started("probe", "import-nmap", "vu.xml", "--scope", "perimetre.toml")
    with Dossier.open(tmp_path / "ch.care", "A") as opened:
        (record,) = opened.state.readings
    with closing(sqlite3.connect(tmp_path / "ch.care")) as raw, raw:
        where = "where sha512 = ?", (record.facts_sha512,)
        (content,) = raw.execute(f"select bytes from blob {where[0]}", where[1]).fetchone()
        spoilt = content[:40] + bytes([content[40] ^ 1]) + content[41:]
        raw.execute(f"update blob set bytes = ? {where[0]}", (spoilt, *where[1]))
    for command in (["assess"], ["findings"], ["readings", "list"], ["precheck"]):
        done = started(*command)
        assert done.code in (0, 1), (command, done.err)
    assert record.id[:8] in started("assess").out
    assert "mis de côté" in " ".join(started("assess").out.split())
    assert "ILLISIBLE" in started("readings", "list").out
    assert started("export", "package", "--to", "sortie").code == 0
