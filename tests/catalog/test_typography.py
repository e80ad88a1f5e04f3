"""French typography of the texts shipped in the questionnaires and the programmes."""

from pathlib import Path

import pytest
import tomli

from care_kit import resources
from care_kit.catalog.authoring.tables import texts
from care_kit.catalog.authoring.typography import slips

ROOT = Path(str(resources.data("questionnaires")))
FILES = sorted(str(file.relative_to(ROOT)) for file in ROOT.rglob("*.toml"))


@pytest.mark.parametrize("name", FILES)
def test_every_text_is_written_as_french_is_printed(name: str) -> None:
    table = tomli.loads((ROOT / name).read_text("utf-8"))
    assert [(place, mend) for place, text in texts(table) for mend in slips(text)] == []
