"""A package is a valid bag, says the same thing twice in the same bytes, and leaks nothing."""

import io
import json
import os
import re
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import bagit
import pytest

from care_kit.dossier.journal.chain import Record
from care_kit.dossier.journal.events import ConflictExplained
from care_kit.exporters.package import build_package
from care_kit.model.content.export_profile import ExportProfile
from care_kit.model.formats.codec import canonical, sha512
from care_kit.model.formats.pseudonym import digester
from care_kit.model.words.errors import PackageError
from tests.dossier.journal import samples as journals
from tests.exporters import sample, sample_content
from tests.exporters.conftest import extracted


def files(package: Path) -> dict[str, bytes]:
    """Files of a package below its top folder, workbooks opened too."""
    found: dict[str, bytes] = {}
    with zipfile.ZipFile(package) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            path = name.partition("/")[2]
            found[path] = content
            if path.endswith(".xlsx"):
                with zipfile.ZipFile(io.BytesIO(content)) as book:
                    found |= {f"{path}!{part}": book.read(part) for part in book.namelist()}
    return found


def test_the_bagit_library_finds_the_extracted_package_valid(
    redacted_package: Path, tmp_path: Path
) -> None:
    bag = bagit.Bag(str(extracted(redacted_package, tmp_path)))
    bag.validate()
    assert bag.info["External-Identifier"] == "990000010"
    assert bag.info["Bagging-Date"] == "2026-11-21"


@pytest.mark.parametrize("manifest", ["tagmanifest-sha512.txt", "manifest-sha512.txt"])
def test_sha512sum_accepts_the_extracted_package_and_names_an_altered_file(
    redacted_package: Path, tmp_path: Path, manifest: str
) -> None:
    folder = extracted(redacted_package, tmp_path)
    command = ["sha512sum", "--check", "--quiet", "--strict", manifest]
    assert subprocess.run(command, cwd=folder, capture_output=True).returncode == 0
    victim = folder / ("bag-info.txt" if manifest.startswith("tag") else "data/rapport.html")
    victim.write_bytes(victim.read_bytes() + b" ")
    told = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=_english())
    assert told.returncode == 1
    assert victim.relative_to(folder).as_posix() in told.stdout


def _english() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C"}


def test_the_reading_guide_gives_commands_that_work(redacted_package: Path, tmp_path: Path) -> None:
    folder = extracted(redacted_package, tmp_path)
    guide = (folder / "LISEZ-MOI.html").read_text("utf-8")
    blocks = [one.replace("&amp;", "&") for one in re.findall(r"<pre>(.*?)</pre>", guide, re.S)]
    check = next(one for one in blocks if "sha512sum --check" in one)
    done = subprocess.run(["bash", "-c", check], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout == "INTACT\n"
    chain = next(one for one in blocks if "python3" in one)
    journal = folder / "data/journal.jsonl"
    for lines in (journal.read_text("utf-8").splitlines(), [one.line() for one in _merged()]):
        forged = [lines[0].replace("99", "98"), *lines[1:]]
        for content, told in ((lines, "INTACT"), (forged, "ROMPU")):
            journal.write_text("".join(f"{line}\n" for line in content), "utf-8")
            done = subprocess.run(["bash", "-c", chain], cwd=folder, capture_output=True, text=True)
            assert done.stdout == f"JOURNAL {told}\n", done.stderr


def _merged() -> tuple[Record, ...]:
    """Two copies brought together, a name withheld."""
    root = journals.record(journals.CREATED)
    left = journals.record(journals.answer("Q1", 1, "« été »"), [root], name="left")
    right = journals.record(journals.answer("Q1", 3, "b"), [root], name="right")
    last = journals.record(journals.answer("Q2", 3), [left, right], name="last")
    return root, left, right.without(["author"]), last


@pytest.mark.parametrize("profile", [sample.REDACTED, sample.COMPLETE])
def test_same_inputs_give_the_same_bytes(tmp_path: Path, profile: ExportProfile) -> None:
    first = build_package(sample.sample(), profile, tmp_path / "a.zip").read_bytes()
    second = build_package(sample.sample(), profile, tmp_path / "b.zip").read_bytes()
    assert first == second


def test_no_seeded_name_is_in_any_byte_of_the_redacted_package(redacted_package: Path) -> None:
    for path, content in files(redacted_package).items():
        for name in sample.NAMES:
            assert name.lower().encode() not in content.lower(), (path, name)


def test_the_complete_package_does_name_them(complete_package: Path) -> None:
    report = files(complete_package)["data/rapport.html"].decode("utf-8")
    assert all(name in report for name in sample.NAMES)


def test_a_name_keeps_its_label_from_one_package_to_the_next(
    redacted_package: Path, tmp_path: Path
) -> None:
    later = replace(sample.sample(), findings=sample.FINDINGS[:1])
    other = build_package(later, sample.REDACTED, tmp_path)
    labels = [
        json.loads(files(one)["data/dossier.json"])["findings"][0]["objects"]
        for one in (redacted_package, other)
    ]
    assert labels[0] == labels[1]
    assert all(re.fullmatch(r"compte-[0-9a-f]{10}", one) for one in labels[0])


def test_another_key_gives_other_labels(redacted_package: Path, tmp_path: Path) -> None:
    other = build_package(
        replace(sample.sample(), digest_of=digester(b"autre")), sample.REDACTED, tmp_path
    )
    found = {
        tuple(json.loads(files(one)["data/dossier.json"])["findings"][0]["objects"])
        for one in (redacted_package, other)
    }
    assert len(found) == 2


def test_raw_facts_stay_at_the_hospital_unless_the_profile_is_complete(
    redacted_package: Path, complete_package: Path
) -> None:
    assert not [one for one in files(redacted_package) if one.endswith("faits.gz")]
    facts = files(complete_package)["data/releves/R-1/faits.gz"]
    assert sha512(facts) == sample.STATEMENTS["R-1"].facts_sha512


def test_the_slip_says_what_was_replaced_and_gives_the_hash_of_what_was_left_out(
    redacted_package: Path,
) -> None:
    slip = files(redacted_package)["data/bordereau.html"].decode("utf-8")
    assert "Ce qui a été remplacé" in slip
    assert "reste à l&#39;établissement" in slip or "reste à l'établissement" in slip
    for statement in sample.STATEMENTS.values():
        assert statement.facts_sha512 in slip
        assert sha512(canonical(statement)) in slip


def test_the_slip_owns_up_to_names_typed_in_the_journal(tmp_path: Path) -> None:
    told = ConflictExplained("CK-03", f"Voir {sample.HOSTS[0]} et {sample.DOMAIN}.")
    package = build_package(sample.sample((*sample.EVENTS, told)), sample.REDACTED, tmp_path)
    assert "1\u00a0ligne du journal, écrite avant" in files(package)["data/bordereau.html"].decode()
    assert sample.HOSTS[0].encode() not in files(package)["data/rapport.html"]


def test_two_pieces_of_the_same_name_never_collide(complete_package: Path) -> None:
    paths = [one for one in files(complete_package) if one.startswith("data/preuves/")]
    assert sorted(paths) == [
        "data/preuves/CK-01/01_Politique_de_securite.pdf",
        "data/preuves/CK-01/02_Politique_de_securite.pdf",
        "data/preuves/O1-P1/01__CON.txt",
    ]


def test_parts_left_out_of_the_profile_are_left_out_of_the_package(tmp_path: Path) -> None:
    only = replace(sample.REDACTED, parts=("data",))
    paths = files(build_package(sample.sample(), only, tmp_path))
    assert {one for one in paths if one.startswith("data/")} == {
        "data/bordereau.html",
        "data/dossier.json",
    }


def test_the_data_hold_everything_with_the_versions_they_depend_on(complete_package: Path) -> None:
    data = json.loads(files(complete_package)["data/dossier.json"])
    assert data["tool"] == {"name": "care-kit", "version": "0.1.0"}
    assert data["questionnaire"]["sha512"] == sha512(canonical(sample_content.QUESTIONNAIRE))
    assert data["assessment"]["indicators"]["CK-03"]["declared"] == 4
    assert data["state"]["answers"]["CK-01"]["comment"] == sample.MARKUP
    assert data["objectives"]["fictif-d1"]["O1"]["state"] == "missing"


def test_a_piece_that_no_longer_matches_its_hash_stops_the_package(tmp_path: Path) -> None:
    damaged = replace(sample.sample(), opened=lambda _digest: BytesIO(b"autre chose"))
    with pytest.raises(PackageError, match="ne correspond plus à son empreinte"):
        build_package(damaged, sample.COMPLETE, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_statement_that_no_longer_matches_its_hash_stops_the_package(tmp_path: Path) -> None:
    original = canonical(sample.STATEMENTS["R-1"])
    blobs = {**sample.BLOBS, sha512(original): original.replace(b"true", b"false")}
    damaged = replace(sample.sample(), opened=lambda digest: BytesIO(blobs[digest]))
    with pytest.raises(PackageError, match=r"declaration\.json"):
        build_package(damaged, sample.COMPLETE, tmp_path)


def test_a_missing_folder_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="ne peut pas être écrit"):
        build_package(sample.sample(), sample.REDACTED, tmp_path / "absent" / "p.zip")


def test_every_name_in_the_zip_is_plain_ascii_and_the_date_is_fixed(complete_package: Path) -> None:
    with zipfile.ZipFile(complete_package) as archive:
        for one in archive.infolist():
            assert re.fullmatch(r"[A-Za-z0-9._/-]+", one.filename)
            assert one.date_time == (1980, 1, 1, 0, 0, 0)
            assert one.compress_type == zipfile.ZIP_STORED
        assert archive.testzip() is None


def test_an_almost_empty_dossier_still_makes_a_package(tmp_path: Path) -> None:
    report = files(build_package(sample.nearly_empty(), sample.REDACTED, tmp_path))[
        "data/rapport.html"
    ].decode("utf-8")
    assert "tout ce qui précède est déclaré" in report
    assert "Aucun programme n'est suivi" in report
