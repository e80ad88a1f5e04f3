"""Who the dossier is about can be corrected, by one event; papers are filled with it."""

import json
from pathlib import Path

import pytest

from care_kit.dossier.dossier import Dossier
from tests.cli.conftest import Care


def test_each_value_can_be_corrected_and_the_rest_stays(started: Care, tmp_path: Path) -> None:
    result = started(
        "establishment", "set", "--name", "CH corrigé", "--region", "Bretagne", "--nis2",
        "important", "--ose", "--legal-representative", "Dominique Exemple, directrice",
    )  # fmt: skip
    assert result.code == 0, result.err
    with Dossier.open(tmp_path / "ch.care", "A") as opened:
        one, events = opened.state.establishment, opened.state.events
    assert (one.name, one.lead.name, one.region) == ("CH corrigé", "CH corrigé", "Bretagne")
    assert (one.category, one.nis2.value, one.ose) == ("public", "important", True)
    assert events == 2
    shown = started("establishment", "show").out
    assert "Représentant légal : Dominique Exemple, directrice" in shown
    assert "établissement corrigé" in started("journal").out


def test_the_papers_are_filled_with_it(started: Care) -> None:
    assert started("establishment", "set", "--legal-representative", "D. Exemple").code == 0
    fields = json.loads(started("counter", "copy", "d1", "--json").out)
    assert {one["key"]: one["value"] for one in fields}["representant.nom"] == "D. Exemple"


def test_entities_are_corrected_by_a_file_written_by_the_command(
    started: Care, tmp_path: Path
) -> None:
    text = started("establishment", "show", "--toml").out
    entity = 'finess_ej = "990000010"'
    assert entity in text
    site = ', sites = [{name = "Site A", finess_eg = "990000028"}]'
    (tmp_path / "e.toml").write_text(text.replace(entity, entity + site), encoding="utf-8")
    result = started("establishment", "set", "--from", "e.toml")
    assert result.code == 0, result.err
    assert "EG 990000028  Site A" in started("establishment", "show").out


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (("--nis2", "peut-être"), "n'est pas un statut NIS 2"),
        (("--name", "  "), "est vide"),
        (("--region", "x" * 400), "dépasse 300 caractères"),
        (("--legal-representative", "x" * 400), "dépasse 300 caractères"),
        ((), "Rien ne change"),
        (("--from", "absent.toml"), "n'existe pas"),
    ],
)
def test_what_does_not_fit_changes_nothing(
    started: Care, tmp_path: Path, line: tuple[str, ...], sentence: str
) -> None:
    result = started("establishment", "set", *line)
    assert result.refused_clearly, result.err
    assert sentence in result.err
    with Dossier.open(tmp_path / "ch.care", "A") as opened:
        assert opened.state.events == 1


def test_an_entity_that_something_is_attached_to_stays(started: Care, tmp_path: Path) -> None:
    assert started("answer", "-i", "CK-GOV-01", "-l", "2", "--entity", "990000010").code == 0
    text = started("establishment", "show", "--toml").out.replace("990000010", "990000036")
    (tmp_path / "e.toml").write_text(text, encoding="utf-8")
    result = started("establishment", "set", "--from", "e.toml")
    assert result.refused_clearly
    assert "rattachés à 990000010" in result.err
