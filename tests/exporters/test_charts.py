"""Charts are valid SVG whatever the labels, and give their numbers in words."""

from functools import partial
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_kit.exporters.charts import Axis, bars, radar
from care_kit.model.results.assessment import Interval
from tests.exporters import sample

AXES = tuple(
    Axis(text, Interval(10 * rank, 10 * rank + 25)) for rank, text in enumerate(sample.HOSTILE)
)


@pytest.mark.parametrize("draw", [partial(radar, target=75), bars])
def test_hostile_labels_stay_text(draw: object) -> None:
    assert callable(draw)
    tree = ElementTree.fromstring(str(draw(AXES, sample.MARKUP)))
    assert tree.find("title").text == sample.MARKUP  # type: ignore[union-attr]
    assert {one.tag for one in tree.iter()} <= {
        *("svg", "title", "desc", "polygon", "line", "text", "rect", "defs", "pattern")
    }


def test_the_description_gives_every_interval() -> None:
    axes = (Axis("A", Interval(0, 12.5)), Axis("B", Interval(50, 50)), Axis("C", Interval(1, 2)))
    described = ElementTree.fromstring(str(radar(axes, "Titre", 75))).findtext("desc")
    assert (
        described
        == "A : 0\u00a0à\u00a012,5 sur 100 ; B : 50 sur 100 ; C : 1\u00a0à\u00a02 sur 100. "
        "Profil visé : 75 sur 100 dans chaque domaine."
    )


def test_the_floor_polygon_lies_inside_the_ceiling() -> None:
    axes = [Axis(str(rank), Interval(20, 80)) for rank in range(5)]
    polygons = ElementTree.fromstring(str(radar(axes, "T", 75))).findall("polygon")
    ceiling, floor = polygons[-3], polygons[-2]
    tops = [float(one.get("points", "").split()[0].split(",")[1]) for one in (ceiling, floor)]
    assert tops[0] < tops[1]


def test_a_radar_needs_three_axes() -> None:
    with pytest.raises(ValueError, match="three"):
        radar(AXES[:2], "T", 75)


@given(st.lists(st.text(max_size=60), min_size=3, max_size=9))
def test_any_label_gives_well_formed_svg(labels: list[str]) -> None:
    axes = [Axis(label, Interval(0, 100)) for label in labels]
    ElementTree.fromstring(str(radar(axes, "T", 75)))
    ElementTree.fromstring(str(bars(axes, "T")))
