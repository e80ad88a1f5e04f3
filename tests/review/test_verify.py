"""An honest package passes; what was removed, added, forged or damaged is told by name."""

import json
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care_kit.dossier.journal.chain import Record
from care_kit.exporters.package import build_package
from care_kit.model.formats.codec import canonical_plain
from care_kit.model.words.errors import PackageError
from care_kit.review.verification import ENVELOPE, Verification
from care_kit.review.verify import verify
from tests.exporters import sample
from tests.exporters.conftest import extracted
from tests.review.rebuild import contained, files_of, resealed, verified, zipped

TOP = "990000010_complet_20261121"


def blamed(outcome: Verification) -> set[str]:
    assert not outcome.ok
    return {one.file for one in outcome.problems}


def test_an_honest_package_passes_and_says_who_it_is(complete_package: Path) -> None:
    outcome = verify(complete_package)
    assert outcome.ok
    assert outcome.problems == ()
    assert outcome.files == 19
    told = outcome.summary
    assert (told.finess, told.profile, told.tlp) == ("990000010", "complet", "TLP:RED")
    assert (told.events, told.pieces, told.readings) == (16, 3, 2)
    assert told.head == sample.sample().state.head


def test_a_redacted_package_passes_and_says_what_could_not_be_checked(
    redacted_package: Path,
) -> None:
    outcome = verify(redacted_package)
    assert outcome.ok
    assert outcome.summary.redacted
    assert "faits bruts" in outcome.notes[0]


def test_the_extracted_folder_passes_too_and_so_does_its_parent(
    redacted_package: Path, tmp_path: Path
) -> None:
    folder = extracted(redacted_package, tmp_path)
    assert verify(folder).ok
    assert verify(tmp_path).ok


def test_a_file_altered_in_the_folder_is_named(redacted_package: Path, tmp_path: Path) -> None:
    folder = extracted(redacted_package, tmp_path)
    victim = folder / "data/preuves/CK-01/01_Politique_de_securite.pdf"
    victim.write_bytes(b"autre")
    assert "data/preuves/CK-01/01_Politique_de_securite.pdf" in blamed(verify(folder))


def test_a_file_missing_or_added_in_the_folder_is_named(
    redacted_package: Path, tmp_path: Path
) -> None:
    folder = extracted(redacted_package, tmp_path)
    (folder / "data/rapport.html").unlink()
    (folder / "data/ajout.txt").write_text("en trop", "utf-8")
    assert {"data/rapport.html", "data/ajout.txt"} <= blamed(verify(folder))


def test_a_zip_made_again_says_so_and_advises_to_verify_the_folder(
    redacted_package: Path, tmp_path: Path
) -> None:
    files = files_of(redacted_package)

    def write(archive: zipfile.ZipFile) -> None:
        for name, content in files.items():
            archive.writestr(name, content)

    data = zipped(write)
    outcome = verified(data)
    assert blamed(outcome) == {ENVELOPE}
    assert "Extrayez-le puis vérifiez le dossier extrait" in outcome.problems[0].sentence
    with zipfile.ZipFile(_saved(data, tmp_path)) as archive:
        archive.extractall(tmp_path / "x")
    assert verify(tmp_path / "x").ok


def _saved(data: bytes, folder: Path) -> Path:
    path = folder / "refait.zip"
    path.write_bytes(data)
    return path


def test_bytes_added_after_the_end_are_seen(redacted_package: Path) -> None:
    assert ENVELOPE in blamed(verified(redacted_package.read_bytes() + b"\0"))


@pytest.mark.parametrize("kept", [0, 1, 21, 1000, -1, -23])
def test_a_truncated_package_is_told_as_such(redacted_package: Path, kept: int) -> None:
    outcome = verified(redacted_package.read_bytes()[:kept])
    assert blamed(outcome) == {ENVELOPE}


def test_an_event_rewritten_and_resealed_names_its_number(complete_package: Path) -> None:
    files = files_of(complete_package)
    journal = files[f"{TOP}/data/journal.jsonl"].replace(b'"level":2', b'"level":4')
    outcome = verified(resealed({**files, f"{TOP}/data/journal.jsonl": journal}))
    assert blamed(outcome) == {"data/journal.jsonl"}
    assert "l'événement n° 3 : son contenu a changé" in outcome.problems[0].sentence


def test_an_event_removed_and_resealed_names_its_number(complete_package: Path) -> None:
    files = files_of(complete_package)
    lines = files[f"{TOP}/data/journal.jsonl"].splitlines(keepends=True)
    cut = b"".join(lines[:5] + lines[6:])
    outcome = verified(resealed({**files, f"{TOP}/data/journal.jsonl": cut}))
    assert "n° 6" in outcome.problems[0].sentence


def test_the_last_events_removed_and_resealed_are_missed_by_the_head(
    complete_package: Path,
) -> None:
    files = files_of(complete_package)
    lines = files[f"{TOP}/data/journal.jsonl"].splitlines(keepends=True)
    cut = b"".join(lines[:-1])
    outcome = verified(resealed({**files, f"{TOP}/data/journal.jsonl": cut}))
    assert blamed(outcome) == {"data/journal.jsonl", "data/dossier.json"}


@pytest.mark.parametrize(
    ("victim", "blame", "words"),
    [
        ("data/preuves/O1-P1/01__CON.txt", "data/preuves/", "événement n° 10"),
        ("data/releves/R-1/declaration.json", "data/releves/", "« R-1 »"),
        ("data/releves/R-2/faits.gz", "data/releves/", "Les faits bruts du relevé « R-2 »"),
    ],
)
def test_a_piece_or_a_reading_replaced_and_resealed_is_missed_by_the_journal(
    complete_package: Path, victim: str, blame: str, words: str
) -> None:
    files = files_of(complete_package)
    outcome = verified(resealed({**files, f"{TOP}/{victim}": b"{}"}))
    assert blame in blamed(outcome)
    assert any(words in one.sentence for one in outcome.problems)


def test_a_piece_the_journal_does_not_know_is_named(complete_package: Path) -> None:
    files = files_of(complete_package)
    outcome = verified(resealed({**files, f"{TOP}/data/preuves/intrus.pdf": b"x"}))
    assert blamed(outcome) == {"data/preuves/intrus.pdf"}


def test_a_redacted_statement_swapped_and_resealed_is_missed(redacted_package: Path) -> None:
    files = files_of(redacted_package)
    name = next(one for one in files if one.endswith("R-1/declaration.json"))
    said = {**json.loads(files[name]), "original_sha512": "0" * 128}
    outcome = verified(resealed({**files, name: canonical_plain(said)}))
    assert blamed(outcome) == {"data/releves/"}


def test_a_journal_left_out_of_a_package_that_announces_it_is_missed(
    complete_package: Path,
) -> None:
    files = files_of(complete_package)
    del files[f"{TOP}/data/journal.jsonl"]
    assert blamed(verified(resealed(files))) == {"data/journal.jsonl"}


def test_a_profile_without_journal_says_what_that_costs(tmp_path: Path) -> None:
    profile = replace(sample.REDACTED, parts=("data",))
    outcome = verify(build_package(sample.sample(), profile, tmp_path))
    assert outcome.ok
    assert "Le journal n'est pas joint" in outcome.notes[0]


@pytest.mark.parametrize(
    "line",
    [
        b"pas du json\n",
        b"[]\n",
        b'{"seq":1}\n',
        b"[" * 100_000 + b"\n",
        b'{"at":"","author":"\\ud800","hash":"","id":"","kind":"","payload":{},'
        b'"previous":"' + b"0" * 64 + b'","seq":1}\n',
        b"",
        b"coupe",
    ],
)
def test_a_journal_of_anything_else_is_told_without_a_traceback(
    complete_package: Path, line: bytes
) -> None:
    files = {**files_of(complete_package), f"{TOP}/data/journal.jsonl": line}
    assert "data/journal.jsonl" in blamed(verified(resealed(files)))


def test_a_line_that_is_not_canonical_is_seen_even_when_its_hash_holds(
    complete_package: Path,
) -> None:
    files = files_of(complete_package)
    lines = files[f"{TOP}/data/journal.jsonl"].decode().splitlines()
    assert Record(**json.loads(lines[0])).digest() == json.loads(lines[0])["hash"]
    lines[0] = lines[0].replace('{"at":', '{ "at":')
    journal = ("\n".join(lines) + "\n").encode()
    outcome = verified(resealed({**files, f"{TOP}/data/journal.jsonl": journal}))
    assert "forme canonique" in outcome.problems[0].sentence


def test_a_package_that_is_not_there_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="ne peut pas être lu"):
        verify(tmp_path / "absent.zip")


def test_a_link_in_a_folder_is_refused(redacted_package: Path, tmp_path: Path) -> None:
    folder = extracted(redacted_package, tmp_path)
    (folder / "data/lien").symlink_to("/etc/hostname")
    with pytest.raises(PackageError, match="autre chose qu'un fichier"):
        verify(folder)


def test_a_pipe_in_a_folder_is_refused_and_never_waited_for(
    redacted_package: Path, tmp_path: Path
) -> None:
    folder = extracted(redacted_package, tmp_path)
    os.mkfifo(folder / "data/tube")
    with pytest.raises(PackageError, match="autre chose qu'un fichier"):
        verify(folder)


@given(st.binary(max_size=2000))
@settings(max_examples=300, deadline=None)
def test_random_bytes_never_pass_and_never_raise_anything_else(data: bytes) -> None:
    _never_passes(data)
    _never_passes(b"PK\x03\x04" + data)
    _never_passes(data + b"PK\x05\x06" + data[:18].ljust(18, b"\0"))


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_package_torn_and_patched_never_passes(data: st.DataObject) -> None:
    whole = _small()
    start = data.draw(st.integers(0, len(whole) - 1))
    end = data.draw(st.integers(start, min(len(whole), start + 3000)))
    patch = data.draw(st.binary(max_size=200))
    altered = whole[:start] + patch + whole[end:]
    if altered != whole:
        _never_passes(altered)


def _small() -> bytes:
    top = "990000010_x_20261121"
    files = {
        f"{top}/bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        f"{top}/bag-info.txt": b"Payload-Oxum: 0.0\n",
        f"{top}/data/a.txt": b"contenu" * 200,
    }
    return resealed(files)


def _never_passes(data: bytes) -> None:
    try:
        outcome = verified(data)
    except PackageError:
        return
    assert not outcome.ok


def test_the_small_package_of_the_fuzzing_does_pass() -> None:
    assert verified(_small()).ok


def test_manifest_lines_that_cannot_be_read_are_numbered(complete_package: Path) -> None:
    files = files_of(complete_package)
    name = f"{TOP}/manifest-sha512.txt"
    outcome = verified(contained({**files, name: b"n'importe quoi\n" + files[name]}))
    assert any("ligne 1" in one.sentence for one in outcome.problems)
