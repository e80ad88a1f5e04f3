"""`care probe import-nmap`: kept in the dossier, judged, and not counted as a full reading."""

from pathlib import Path

from care_kit.model.words.errors import INCOMPLETE
from tests.cli.conftest import Care
from tests.probes.imports.test_nmap_xml import OURS, run

SCOPE = """
owner = "CH"
purpose = "essai"
contact = "astreinte"
view = "externe"
networks = ["203.0.113.8/29"]
[validity]
begins = 2026-11-01
ends = 2026-11-30
"""


def test_a_scan_made_elsewhere_is_judged(started: Care, tmp_path: Path) -> None:
    (tmp_path / "perimetre.toml").write_text(SCOPE, encoding="utf-8")
    (tmp_path / "b.xml").write_text(run(OURS), encoding="utf-8")
    result = started("probe", "import-nmap", "b.xml", "--scope", "perimetre.toml")
    assert result.code == INCOMPLETE, result.err
    assert "Relevé INCOMPLET" in result.out
    assert "Bureau à distance joignable" in " ".join(started("assess").out.split())
    assert started("readings", "held").refused_clearly


def test_a_wrong_file_leaves_the_dossier_as_it_was(started: Care, tmp_path: Path) -> None:
    (tmp_path / "perimetre.toml").write_text(SCOPE, encoding="utf-8")
    (tmp_path / "b.xml").write_text("<html/>", encoding="utf-8")
    assert started("probe", "import-nmap", "b.xml", "--scope", "perimetre.toml").refused_clearly
    assert "Aucun relevé" in started("readings", "list").out
