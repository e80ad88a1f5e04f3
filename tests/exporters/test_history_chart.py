"""The evolution figure: one column per reading, the same numbers in words and in the table."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from care_kit.exporters.history_chart import SHOWN, history_chart
from care_kit.exporters.redaction import redact
from care_kit.exporters.report import report
from care_kit.model.results.level_held import ExposureProgress
from tests.assessment.readings.samples import counted
from tests.exporters import sample

TWO = (counted(0, critical=2, high=1), counted(50, high=1, complete=False))


def test_the_description_gives_every_number() -> None:
    described = ElementTree.fromstring(str(history_chart(TWO, "T", "e"))).findtext("desc")
    assert described == (
        "01/09/2026 : critique 2, élevée 1, moyenne 0, faible 0, information 0 ; "
        "21/10/2026 : critique 0, élevée 1, moyenne 0, faible 0, information 0."
    )


def test_columns_are_as_tall_as_their_failures() -> None:
    tree = ElementTree.fromstring(str(history_chart(TWO, "T", "e")))
    bars = [one for one in tree.findall("rect") if one.get("width") == "36"]
    heights = [float(one.get("height", "0")) for one in bars]
    assert heights == [pytest.approx(220 * 2 / 3, abs=0.1)] + [pytest.approx(220 / 3, abs=0.1)] * 2


def test_shades_are_told_apart_without_colour() -> None:
    text = str(history_chart(TWO, "T", "e"))
    tree = ElementTree.fromstring(text)
    keys = [one.get("fill") for one in tree.findall("rect") if one.get("width") == "16"]
    assert len(set(keys)) == 5
    assert "incomplet" in text


def test_one_reading_is_no_evolution() -> None:
    with pytest.raises(ValueError, match="two"):
        history_chart(TWO[:1], "T", "e")


def test_only_the_last_readings_are_drawn() -> None:
    many = tuple(counted(day) for day in range(SHOWN + 3))
    described = ElementTree.fromstring(str(history_chart(many, "T", "e"))).findtext("desc") or ""
    assert described.count(" ; ") == SHOWN - 1
    assert "01/09/2026" not in described


def test_the_report_has_the_section_from_two_readings_on() -> None:
    material = sample.sample()
    assert "Évolution des relevés" not in report(material, sample.COMPLETE).decode()
    page = report(
        replace(material, progress=ExposureProgress(history=TWO)), sample.COMPLETE
    ).decode()
    assert '<h2 id="evolution">Évolution des relevés</h2>' in page
    assert '<td class="nombre">2</td><td class="nombre">1</td>' in page
    patterns = re.findall(r'id="(hachures[^"]*)"', page)
    assert len(patterns) == len(set(patterns)), "each pattern has its own id"


def test_two_targets_are_never_on_one_figure() -> None:
    one, other = (counted(day, target="autre.example") for day in (1, 51))
    material = replace(sample.sample(), progress=ExposureProgress(history=(*TWO, one, other)))
    page = report(material, sample.COMPLETE).decode()
    assert page.count('<title id="evolution') == 2
    alone = replace(sample.sample(), progress=ExposureProgress(history=(TWO[0], one)))
    assert "Évolution des relevés" not in report(alone, sample.COMPLETE).decode()


def test_a_redacted_report_does_not_name_the_target() -> None:
    material = redact(replace(sample.sample(), progress=ExposureProgress(history=TWO)))
    page = report(material, sample.REDACTED).decode()
    assert "Évolution des relevés" in page
    assert "ch.example" not in page
