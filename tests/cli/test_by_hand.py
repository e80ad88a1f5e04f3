"""The example of docs/fr/notation.md is what the commands print."""

import re
from pathlib import Path

from tests.cli.conftest import Care

PAGE = Path(__file__).parents[2] / "docs" / "fr" / "notation.md"
SHOWN = re.compile(r"^\| (CK-SAU-\d\d) \| (\d) \| `(.+?)` \| (.+?) \| (.+?) \|$", re.MULTILINE)


def test_the_domain_shown_is_printed_so_when_answered_so(started: Care, tmp_path: Path) -> None:
    page = PAGE.read_text("utf-8")
    rows = SHOWN.findall(page)
    assert len(rows) == 7
    lines = [
        f'[[answers]]\nindicator = "{name}"\nsaid = "{said}"\nreason = "Motif d\'essai."\n'
        for name, _, said, _, _ in rows
    ]
    (tmp_path / "r.toml").write_text("".join(lines), encoding="utf-8")
    assert started("questionnaire", "use", "maturin-h-securite").code == 0
    assert started("answer", "--from", "r.toml").code == 0
    out = started("assess", "--detail").out.replace("\u00a0", " ")
    for name, weight, _, low, high in rows:
        line = next(one for one in out.splitlines() if one.startswith(f"{name} "))
        assert re.search(rf"^{name} +{weight} .* {low} +{high}$", line), line
    printed = next(one for one in out.splitlines() if one.startswith("Sauvegarde "))
    _, level, index, coverage, _ = re.split(r" {2,}", printed.strip())
    assert f"niveau « {level} », indice « {index} », couverture {coverage}" in page
