"""A redacted package shows no author and no unchosen text, and its journal keeps every hash."""

import json
import shutil
from pathlib import Path

import pytest

from care_kit.catalog.content import load
from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal import commitments
from care_kit.dossier.journal.chain import read
from care_kit.dossier.journal.events import AnswerGiven
from care_kit.exporters.package import build_package
from care_kit.model.words.vocabulary import AnswerState
from care_kit.review.codes import Code
from care_kit.review.verify import verify
from tests.review import packages
from tests.review.rebuild import files_of, resealed, verified
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


def test_a_dossier_made_before_texts_could_be_withheld_still_verifies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names are replaced in what is printed; the slip counts the lines that still name one."""
    monkeypatch.setattr(commitments, "salts", lambda *_: {})
    package = packages.built(tmp_path, "examinateur")
    outcome = verify(package)
    assert outcome.ok, outcome.problems[:3]
    files = files_of(package)
    report = next(raw for name, raw in files.items() if name.endswith("rapport.html"))
    assert ADDRESS not in report.decode("utf-8")
    slip = next(raw for name, raw in files.items() if name.endswith("bordereau.html"))
    assert "1\u00a0ligne du journal, écrite avant" in slip.decode("utf-8")


def test_a_text_rewritten_under_a_label_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commitments, "salts", lambda *_: {})
    files = files_of(packages.built(tmp_path, "examinateur"))
    name = next(one for one in files if one.endswith("dossier.json"))
    files[name] = files[name].replace("reste à corriger".encode(), "est corrigé".encode())
    outcome = verified(resealed(files))
    assert any(one.code is Code.REDACTION for one in outcome.problems), outcome.problems[:3]


def test_copies_merged_with_a_conflict_still_verify(tmp_path: Path) -> None:
    packages.filled(tmp_path).close()
    shutil.copy(tmp_path / "ch.care", tmp_path / "copie.care")
    for name, level in (("ch.care", 1), ("copie.care", 4)):
        with Dossier.open(tmp_path / name, f"Auteur de {name}") as dossier:
            given = AnswerGiven("socle", 1, "CK-SAU-04", AnswerState.ANSWERED, level)
            dossier.append(given)
    with Dossier.open(tmp_path / "copie.care", "x") as copy:
        theirs = copy.records
    with Dossier.open(tmp_path / "ch.care", "x") as dossier:
        dossier.take(theirs)
        assert len(dossier.state.head.split()) == 2
        material = packages.gathered(dossier)
        package = build_package(material, load().profiles["examinateur"], tmp_path)
    outcome = verify(package)
    assert outcome.ok, outcome.problems[:3]
    assert "Auteur de" not in "".join(
        raw.decode("utf-8", "replace") for raw in files_of(package).values()
    )
