"""What another tool collected stays at the hospital: the redacted package says so, and verifies."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Care

NAME = "DUPONT@EXEMPLE.INVALID"


@pytest.mark.parametrize(("profile", "carried"), [("examinateur", False), ("complet", True)])
def test_a_collection_never_leaves_in_a_redacted_package(
    started: Care, tmp_path: Path, profile: str, carried: bool
) -> None:
    data = [{"Properties": {"name": NAME}}]
    meta = {"methods": 0, "type": "users", "count": 1, "version": 5}
    with zipfile.ZipFile(tmp_path / "20260301083000_collecte.zip", "w") as archive:
        archive.writestr("20260301083000_users.json", json.dumps({"data": data, "meta": meta}))
    line = ("probe", "import-bloodhound", "20260301083000_collecte.zip", "--for", "CK-ADM-01")
    assert started(*line).code == 0
    made = started("export", "package", "--to", "p", "--profile", profile)
    assert made.code == 0, made.err
    (package,) = (tmp_path / "p").glob("*.zip")
    with zipfile.ZipFile(package) as archive:
        pieces = [one for one in archive.namelist() if "/preuves/" in one]
        slip = next(one for one in archive.namelist() if one.endswith("data/bordereau.html"))
        said = "reste à l'établissement" in archive.read(slip).decode("utf-8").replace("&#39;", "'")
    assert (bool(pieces), said) == (carried, not carried)
    verified = started("verify", str(package))
    assert verified.code == 0, verified.out + verified.err


def test_a_package_that_holds_what_acts_when_opened_still_verifies(
    started: Care, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "page.txt").write_text("<html><script>", encoding="utf-8")
    with monkeypatch.context() as before:  # as a version that did not refuse it
        before.setattr("care_kit.dossier.entry.pieces.active", lambda *_: "")
        assert started("evidence", "add", "page.txt", "--for", "CK-GOV-02").code == 0
    assert "« page.txt » est une page" in started("precheck").out.replace("\n", " ")
    assert started("export", "package", "--to", "p").code == 0
    (package,) = (tmp_path / "p").glob("*.zip")
    verified = started("verify", str(package))
    assert verified.code == 0, verified.out + verified.err
