"""All shipped content loads together, and an overlay corrects it without any code."""

from pathlib import Path

from care_kit.catalog import content
from care_kit.model.content.check import Check
from care_kit.model.content.programme import Milestone, Objective, Programme
from care_kit.model.content.questionnaire import Indicator, Questionnaire
from care_kit.model.words.vocabulary import Provenance
from tests.catalog.conftest import Overlay, shipped

GOV = "questionnaires/maturin_h_securite/gov.toml"


def test_all_shipped_content_holds_together(overlay: Overlay) -> None:
    loaded = content.load()
    assert "socle" in loaded.questionnaires
    assert "d1" in loaded.programmes
    assert loaded.checks


def test_every_id_tells_the_file_it_came_from(overlay: Overlay) -> None:
    origins = content.load().origins
    assert origins["socle"].endswith("socle.toml")
    assert origins["d1"].endswith("care_d1.toml")


def test_nothing_is_called_official_without_a_source(overlay: Overlay) -> None:
    loaded = content.load()
    stated: list[Check | Questionnaire | Indicator | Programme | Objective | Milestone] = [
        *loaded.checks.values(),
        *loaded.questionnaires.values(),
        *(one for each in loaded.questionnaires.values() for one in each.indicators),
        *loaded.programmes.values(),
        *(one for each in loaded.programmes.values() for one in each.objectives),
        *(one for each in loaded.programmes.values() for one in each.milestones),
    ]
    unsourced = [one for one in stated if not one.source.strip()]
    assert [one for one in unsourced if one.provenance is Provenance.OFFICIAL] == []
    assert unsourced == []


def test_a_file_of_the_overlay_replaces_the_shipped_one_of_that_name(overlay: Overlay) -> None:
    title = "Responsable de la sécurité désigné"
    file = overlay.write(GOV, shipped(GOV).replace(title, "RSSI de l'hôpital", 1))
    loaded = content.load()
    indicator = loaded.questionnaires["socle"].indicator("ck-gov-01")
    assert indicator is not None
    assert indicator.title == "RSSI de l'hôpital"
    assert loaded.origins["CK-GOV-01"] == str(file)


def test_a_file_of_the_overlay_with_a_new_name_and_id_is_added(overlay: Overlay) -> None:
    text = shipped("questionnaires/programmes/care_d1.toml")
    overlay.write(
        "questionnaires/programmes/region.toml", text.replace('id = "d1"', 'id = "region"', 1)
    )
    assert {"d1", "region"} <= set(content.load().programmes)


def test_the_documentation_counts_what_is_shipped(every: content.Content) -> None:
    page = Path(__file__).parents[2].joinpath("docs/fr/questionnaire.md").read_text("utf-8")
    for one in every.questionnaires.values():
        blocking = sum(each.socle for each in one.indicators)
        row = f"| `{one.id}` | {len(one.indicators)} | {len(one.domains)} | {blocking} |"
        assert row in page, row
    for programme in every.programmes.values():
        assert f"| `{programme.id}` | {len(programme.objectives)} |" in page, programme.id
    for referential in every.referentials.values():
        assert f"| `{referential.id}` | {len(referential.measures)} |" in page, referential.id
