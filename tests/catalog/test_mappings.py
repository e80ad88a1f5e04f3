from pathlib import Path

import pytest

from care_kit.catalog.mappings import pingcastle
from care_kit.model.words.errors import ContentError

HEAD = """tool = "PingCastle"
provenance = "proposed"
source = "Notre lecture"
source_date = 2026-03-01

[rules]
"""


def test_a_hospital_may_relate_the_rules_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARE_KIT_OVERLAY", str(tmp_path))
    own = tmp_path / "checks" / "mappings" / "pingcastle.toml"
    own.parent.mkdir(parents=True)
    own.write_text(HEAD + 'A-Guest = ["vuln_guest"]\n', encoding="utf-8")
    assert pingcastle().rules == {"A-Guest": ("vuln_guest",)}
    own.write_text(HEAD + 'A-Guest = ["vuln_rien"]\n', encoding="utf-8")
    with pytest.raises(ContentError, match=r"rules\.A-Guest.*vuln_rien"):
        pingcastle()
