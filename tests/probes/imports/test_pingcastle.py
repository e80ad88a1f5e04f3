"""PingCastle's report: what it says is kept as it says it; hostile XML is one clear sentence.

The reports are crafted from the format of PingCastle's public source.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from care_kit.catalog.mappings import pingcastle as mapping
from care_kit.model.dossier.third_party import ThirdPartyResult
from care_kit.model.words.errors import InputError
from care_kit.probes.imports import report_file
from care_kit.probes.imports.pingcastle import MAX_DEPTH, read_pingcastle
from tests.probes.imports.reports import integrity, pingcastle

FORGED = "L'empreinte des règles ne correspond pas"


def read(raw: bytes) -> ThirdPartyResult:
    return read_pingcastle(raw, "ad_hc.xml", mapping())


def test_level_scores_and_names_are_those_of_the_report() -> None:
    result = read(pingcastle())
    assert (result.tool, result.version) == ("PingCastle", "3.3.0.1")
    assert (result.forest, result.domain, result.level) == ("foret.lan", "ch.lan", 1)
    assert result.generated == datetime(2026, 3, 1, 15, 42, 35, 239091, tzinfo=UTC)
    assert result.scores["comptes privilégiés"] == 100
    assert len(result.scores) == 5


def test_rules_are_related_to_the_points_they_speak_of() -> None:
    result = read(pingcastle())
    assert result.failed == ("vuln_krbtgt", "vuln_privileged_members")
    assert result.other_rules == ("A-LAPS-Not-Installed", "S-Domain$$$")


def test_a_removed_rule_is_told() -> None:
    rules = ("A-Krbtgt", "P-AdminNum")
    assert not any(one.startswith(FORGED) for one in read(pingcastle(rules)).cautions)
    forged = read(pingcastle(rules[:1], fingerprint=integrity(rules)))
    assert any(one.startswith(FORGED) for one in forged.cautions)


def test_a_report_without_fingerprint_is_told() -> None:
    assert any(
        "ne porte pas d'empreinte" in one for one in read(pingcastle(fingerprint="")).cautions
    )


def test_nothing_of_the_rationales_is_kept() -> None:
    assert "Compte secret" not in repr(read(pingcastle()))


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "bien formé"),
        (b"pas du xml", "ligne 1"),
        (b"<HealthcheckData><a></HealthcheckData>", "ligne 1"),
        (b"<html/>", "n'est pas un rapport de PingCastle"),
        (b"<!DOCTYPE HealthcheckData><HealthcheckData/>", "DTD"),
        (b'<!DOCTYPE r [<!ENTITY a "x">]><HealthcheckData>&a;</HealthcheckData>', "DTD"),
        (
            b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
            b"<HealthcheckData>&x;</HealthcheckData>",
            "DTD",
        ),
        (b'<?xml version="1.0" encoding="klingon"?><HealthcheckData/>', "XML"),
        (b"<EncryptedData/>", "chiffré"),
        (b'<EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"/>', "chiffré"),
        (b"<HealthcheckData><EncryptedData/></HealthcheckData>", "chiffré"),
        (b"<HealthcheckData/>", "AnomalyScore"),
        (b"<HealthcheckData>" + b"<a>" * MAX_DEPTH, "emboîte"),
    ],
)
def test_what_is_not_a_report_is_refused(raw: bytes, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        read(raw)


def test_a_billion_laughs_is_refused_at_once() -> None:
    entities = "".join(
        f'<!ENTITY l{rank} "{f"&l{rank - 1};" * 10 if rank else "ha"}">' for rank in range(12)
    )
    bomb = f"<!DOCTYPE r [{entities}]><HealthcheckData>&l11;</HealthcheckData>"
    with pytest.raises(InputError, match="DTD"):
        read(bomb.encode())


@pytest.mark.parametrize(
    ("texts", "place"),
    [
        ({"MaturityLevel": "6"}, "MaturityLevel"),
        ({"MaturityLevel": "un"}, "MaturityLevel"),
        ({"GlobalScore": "-1"}, "GlobalScore"),
        ({"AnomalyScore": "1000"}, "AnomalyScore"),
        ({"GenerationDate": "hier"}, "GenerationDate"),
        ({"DomainFQDN": "ch.lan; rm"}, "DomainFQDN"),
        ({"ForestFQDN": ""}, "ForestFQDN"),
    ],
)
def test_a_value_out_of_bounds_is_told_with_its_element(texts: dict[str, str], place: str) -> None:
    with pytest.raises(InputError, match=place):
        read(pingcastle(**texts))


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.xml"
    with huge.open("wb") as stream:
        stream.truncate(report_file.MAX_BYTES + 1)
    with pytest.raises(InputError, match="Mo"):
        report_file.read_report(huge)


def test_every_rule_of_the_table_leads_to_a_point_of_anssi() -> None:
    table = mapping()
    assert len(table.rules) > 60
    assert all(points for points in table.rules.values())
    assert table.source and table.provenance.value == "secondary"


def test_a_report_saved_in_utf_16_is_read() -> None:
    """Some say UTF-8 in their head and are saved otherwise."""
    assert read(pingcastle().decode("utf-8").encode("utf-16")).level == 1
