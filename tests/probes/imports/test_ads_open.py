"""ADS-Open's report.json, crafted from the format of its public source."""

import pytest

from care_kit.model.dossier.third_party import ThirdPartyResult
from care_kit.model.words.errors import InputError
from care_kit.probes.imports.ads_open import read_ads_open
from tests.probes.imports.reports import ads_open, as_json


def read(raw: bytes) -> ThirdPartyResult:
    return read_ads_open(raw, "report.json")


def test_level_and_failed_points_are_those_of_the_report() -> None:
    result = read(as_json(ads_open()))
    assert (result.tool, result.version, result.domain) == ("ADS-Open", "1.5.0", "ch.lan")
    assert result.level == 2
    assert result.failed == ("vuln_krbtgt",)
    assert result.generated is not None and result.generated.hour == 9
    assert any("1\u00a0point non évalué" in one for one in result.cautions)
    assert "secret" not in repr(result)


def test_a_level_that_does_not_follow_from_the_points_is_told() -> None:
    result = read(as_json(ads_open(Score={"Level": 5})))
    assert any("ne suit pas" in one for one in result.cautions)


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ([], "n'est pas un rapport"),
        ({"Product": "Autre"}, "n'est pas un rapport"),
        (ads_open(Score=3), "Score"),
        (ads_open(Score={"Level": True}), "Score.Level"),
        (ads_open(Score={"Level": 9}), "Score.Level"),
        (ads_open(Controls=[]), "Controls"),
        (ads_open(Controls=["x"]), r"Controls\[0\]"),
        (ads_open(Controls=[{"Id": "<b>", "Status": "Failed"}]), r"Controls\[0\]\.Id"),
        (ads_open(Controls=[{"Id": "vuln_a", "Status": []}]), r"Controls\[0\]\.Status"),
        (
            ads_open(Controls=[{"Id": "vuln_a", "Status": "Failed", "FailedLevels": ["x"]}]),
            r"Controls\[0\]\.FailedLevels",
        ),
        (ads_open(Domain="a b"), "Domain"),
        (ads_open(GeneratedAt="demain"), "GeneratedAt"),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(value: object, place: str) -> None:
    with pytest.raises(InputError, match=place):
        read(as_json(value))


@pytest.mark.parametrize(
    "raw", [b"{", b"\xff", b"[" * 200_000, b"9" * 10_000, b"\xff\xfe{", b"NaN"]
)
def test_what_is_not_json_is_refused(raw: bytes) -> None:
    with pytest.raises(InputError):
        read(raw)
