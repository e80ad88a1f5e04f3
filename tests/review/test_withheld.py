"""A redacted package shows no author and no unchosen text, and its journal keeps every hash."""

import json
from pathlib import Path

from care_kit.catalog.content import load
from care_kit.dossier.journal.chain import read
from care_kit.exporters.package import build_package
from care_kit.review.verify import verify
from tests.review import packages
from tests.review.rebuild import files_of
from tests.rules.exposure.builders import ADDRESS


def test_no_author_no_unchosen_text_no_named_host_leaves(redacted_package: Path) -> None:
    files = files_of(redacted_package)
    for name, raw in files.items():
        if name.endswith((".html", ".json", ".jsonl", ".txt")):
            text = raw.decode("utf-8")
            for secret in ("Camille Testeur", "d'après l'équipe", ADDRESS, "À relire avec la"):
                assert secret not in text, (name, secret)


def test_what_the_profile_chooses_is_there(redacted_package: Path) -> None:
    files = files_of(redacted_package)
    report = next(raw for name, raw in files.items() if name.endswith("rapport.html"))
    assert "Aucun hébergeur." in report.decode("utf-8")
    assert "Renouvellement au prochain arrêt." in report.decode("utf-8")


def test_every_line_keeps_its_hash_and_the_package_verifies(tmp_path: Path) -> None:
    with packages.opened(tmp_path) as dossier:
        content = load()
        material = packages.gathered(dossier, content)
        package = build_package(material, content.profiles["examinateur"], tmp_path)
        kept = [record.hash for record in dossier.records]
    assert verify(package).ok
    files = files_of(package)
    journal = next(raw for name, raw in files.items() if name.endswith("journal.jsonl"))
    lines = journal.decode("utf-8").splitlines()
    assert [read(line).hash for line in lines] == kept
    assert all("author" in json.loads(line)["withheld"] for line in lines)
