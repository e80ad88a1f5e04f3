"""An honest package passes; what was removed, added, forged or damaged is told by name."""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care_kit.dossier.journal.chain import GENESIS, Record
from care_kit.exporters.documents import CONTENTS
from care_kit.exporters.package import build_package
from care_kit.model.formats.codec import canonical_plain
from care_kit.model.words.errors import PackageError
from care_kit.review.codes import Code
from care_kit.review.verification import ENVELOPE, Verification
from care_kit.review.verify import verify
from tests.exporters import sample
from tests.exporters.conftest import extracted
from tests.review.rebuild import Files, contained, files_of, resealed, verified, zipped

PIECE = "data/preuves/CK-GOV-02/01_exercice.txt"


def top(files: Files) -> str:
    return min(files).partition("/")[0]


def blamed(outcome: Verification) -> set[str]:
    assert not outcome.ok
    return {one.file for one in outcome.problems}


def test_an_honest_package_passes_and_says_who_it_is(complete_package: Path) -> None:
    outcome = verify(complete_package)
    assert outcome.ok
    assert outcome.problems == ()
    told = outcome.summary
    assert (told.finess, told.profile, told.tlp) == ("990000010", "complet", "TLP:RED")
    assert (told.events, told.pieces, told.readings) == (25, 3, 3)
    assert told.sha512 == hashlib.sha512(complete_package.read_bytes()).hexdigest()
    assert outcome.notes == ()
    assert "verdict recalculé : identique" in outcome.sentence


def test_a_redacted_package_passes_and_says_what_rests_on_a_word(redacted_package: Path) -> None:
    outcome = verify(redacted_package)
    assert outcome.ok, outcome.problems
    assert outcome.summary.redacted
    assert "sur la seule parole de l'établissement" in outcome.notes[0]
    assert dict(outcome.recomputed).keys() >= {"Niveau", "Indice", "Couverture", "Constats"}


def test_the_extracted_folder_passes_too_and_so_does_its_parent(
    redacted_package: Path, tmp_path: Path
) -> None:
    folder = extracted(redacted_package, tmp_path)
    assert verify(folder).ok
    assert verify(tmp_path).ok


def test_a_file_altered_in_the_folder_is_named(redacted_package: Path, tmp_path: Path) -> None:
    folder = extracted(redacted_package, tmp_path)
    (folder / PIECE).write_bytes(b"autre")
    assert PIECE in blamed(verify(folder))


def test_a_file_missing_or_added_in_the_folder_is_named(
    redacted_package: Path, tmp_path: Path
) -> None:
    folder = extracted(redacted_package, tmp_path)
    (folder / "data/rapport.html").unlink()
    (folder / "data/ajout.txt").write_text("en trop", "utf-8")
    assert {"data/rapport.html", "data/ajout.txt"} <= blamed(verify(folder))


@pytest.mark.parametrize("shape", ["deflated", "without its folder", "two folders", "back-slashed"])
def test_a_zip_made_again_by_another_tool_is_accepted_and_said(
    redacted_package: Path, shape: str
) -> None:
    files = files_of(redacted_package)
    names: dict[str, Callable[[str], str]] = {
        "deflated": lambda name: name,
        "without its folder": lambda name: name.partition("/")[2],
        "two folders": lambda name: f"Nouveau dossier/{name}",
        "back-slashed": lambda name: name.replace("/", "\\"),
    }

    def write(archive: zipfile.ZipFile) -> None:
        for name, content in files.items():
            archive.writestr(names[shape](name), content)

    outcome = verified(zipped(write))
    assert outcome.ok, outcome.problems
    assert "un autre outil a recompressé le paquet" in outcome.notes[0]
    told = " ".join(outcome.notes)
    assert ("à la manière de Windows" in told) == (shape == "back-slashed")
    assert ("dossier de tête" in told) == (shape == "without its folder")


def test_what_a_system_drops_beside_the_files_is_named_for_what_it_is(
    redacted_package: Path, tmp_path: Path
) -> None:
    folder = extracted(redacted_package, tmp_path)
    for dropped in ("data/.DS_Store", "data/preuves/Thumbs.db", "._bagit.txt", "desktop.ini"):
        (folder / dropped).write_bytes(b"x")
    outcome = verify(folder)
    assert outcome.ok, outcome.problems
    assert "4\u00a0fichiers du système de ce poste" in outcome.notes[0]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("fetch.txt", Code.BAG_FETCH),
        ("manifest-md5.txt", Code.BAG_SECOND_MANIFEST),
        ("tagmanifest-sha256.txt", Code.BAG_SECOND_MANIFEST),
        ("notes.html", Code.FILE_UNKNOWN),
        ("data/outil.exe", Code.FILE_UNKNOWN),
        ("data/preuves/page.html", Code.FILE_UNKNOWN),
        ("data/releves/ailleurs/constats.json", Code.FILE_UNKNOWN),
    ],
)
def test_a_file_that_care_kit_does_not_write_is_refused_even_listed(
    redacted_package: Path, name: str, code: Code
) -> None:
    files = files_of(redacted_package)
    outcome = verified(resealed({**files, f"{top(files)}/{name}": b"http://x 1 data/x\n"}))
    assert (name, code) in {(one.file, one.code) for one in outcome.problems}


def test_bytes_added_after_the_end_are_seen(redacted_package: Path) -> None:
    assert ENVELOPE in blamed(verified(redacted_package.read_bytes() + b"\0"))


@pytest.mark.parametrize("kept", [0, 1, 21, 1000, -1, -23])
def test_a_truncated_package_is_told_as_such(redacted_package: Path, kept: int) -> None:
    outcome = verified(redacted_package.read_bytes()[:kept])
    assert blamed(outcome) == {ENVELOPE}


def rewritten(package: Path, change: Callable[[list[bytes]], list[bytes]]) -> Verification:
    """The verdict on the package once the lines of its journal changed and all was sealed again."""
    files = files_of(package)
    name = f"{top(files)}/data/journal.jsonl"
    lines = change(files[name].splitlines(keepends=True))
    return verified(resealed({**files, name: b"".join(lines)}))


def chained(lines: list[bytes], **changes: Any) -> list[bytes]:
    """The journal written again from its first line, every hash honest; `changes` of event 5."""
    told, previous = [], GENESIS
    for seq, line in enumerate(lines, 1):
        known = json.loads(line)
        known |= changes if seq == 5 else {}
        record = Record(**{**known, "seq": seq, "previous": previous}).sealed()
        told.append(f"{record.line()}\n".encode())
        previous = record.hash
    return told


def test_an_event_rewritten_and_resealed_names_its_number(complete_package: Path) -> None:
    outcome = rewritten(
        complete_package,
        lambda lines: [one.replace(b'"level":2', b'"level":4') for one in lines],
    )
    assert blamed(outcome) == {"data/journal.jsonl"}
    assert "l'événement n° 4 : son contenu a changé" in outcome.problems[0].sentence


def test_an_event_removed_and_resealed_names_its_number(complete_package: Path) -> None:
    outcome = rewritten(complete_package, lambda lines: lines[:5] + lines[6:])
    assert "n° 6" in outcome.problems[0].sentence


def test_events_in_another_order_or_twice_are_seen(complete_package: Path) -> None:
    swapped = rewritten(complete_package, lambda one: [*one[:4], one[5], one[4], *one[6:]])
    assert "n° 5" in swapped.problems[0].sentence
    twice = rewritten(complete_package, lambda one: [*one[:5], one[4], *one[5:]])
    assert "n° 6" in twice.problems[0].sentence


def test_the_last_events_removed_and_resealed_no_longer_give_what_is_printed(
    complete_package: Path,
) -> None:
    outcome = rewritten(complete_package, lambda lines: lines[:-1])
    assert {"bag-info.txt", "data/dossier.json", "data/bordereau.html"} <= blamed(outcome)


def test_a_whole_journal_rewritten_no_longer_gives_the_head_that_is_printed(
    complete_package: Path,
) -> None:
    outcome = rewritten(complete_package, lambda lines: chained(lines, author="Quelqu'un d'autre"))
    assert {"bag-info.txt", "data/dossier.json", "data/bordereau.html"} <= blamed(outcome)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "FundsGranted", "salts": {}}, "« FundsGranted » n'est pas un événement"),
        ({"payload": {"indicator": 3}, "salts": {}}, "son contenu n'est pas celui"),
        ({"payload": {}, "salts": {}}, "son contenu n'est pas celui"),
        ({"at": "hier"}, "« hier » n'est pas un moment"),
        ({"at": "2026-11-21T10:00:00"}, "n'est pas un moment"),
        ({"author": " "}, "n'a pas d'auteur"),
    ],
)
def test_an_event_care_kit_does_not_write_is_refused_though_well_chained(
    complete_package: Path, changes: dict[str, Any], words: str
) -> None:
    outcome = rewritten(complete_package, lambda lines: chained(lines, **changes))
    assert words in outcome.problems[0].sentence


def test_a_second_beginning_or_an_event_of_the_future_is_refused(complete_package: Path) -> None:
    first = rewritten(complete_package, lambda lines: chained([*lines, lines[0]]))
    assert "commence par sa création, une seule fois" in first.problems[0].sentence
    later = rewritten(
        complete_package, lambda lines: chained(lines, at="2099-01-01T00:00:00+00:00")
    )
    assert any(one.code is Code.JOURNAL_MOMENT for one in later.problems)


@pytest.mark.parametrize("victim", [PIECE, "declaration.json", "faits.gz"])
def test_a_piece_or_a_reading_replaced_and_resealed_is_not_the_journal_s(
    complete_package: Path, victim: str
) -> None:
    files = files_of(complete_package)
    name = next(one for one in files if one.endswith(victim))
    outcome = verified(resealed({**files, name: b"{}"}))
    assert name.removeprefix(f"{top(files)}/") in blamed(outcome)


def test_a_redacted_statement_swapped_and_resealed_is_named(redacted_package: Path) -> None:
    files = files_of(redacted_package)
    name = next(one for one in files if one.endswith("declaration.json"))
    said = {**json.loads(files[name]), "original_sha512": "0" * 128}
    outcome = verified(resealed({**files, name: canonical_plain(said)}))
    assert blamed(outcome) == {name.removeprefix(f"{top(files)}/")}


@pytest.mark.parametrize("lost", ["data/journal.jsonl", "data/dossier.json", "data/rapport.html"])
def test_a_part_taken_out_is_missed_even_when_the_label_no_longer_announces_it(
    complete_package: Path, lost: str
) -> None:
    files = files_of(complete_package)
    del files[f"{top(files)}/{lost}"]
    assert not verified(resealed(files)).ok
    label = f"{top(files)}/bag-info.txt"
    part = {path: name for name, (path, _) in CONTENTS.items()}[lost]
    files[label] = files[label].replace(f" {part}".encode(), b"").replace(f"{part} ".encode(), b"")
    outcome = verified(resealed(files))
    assert any(lost in one.sentence for one in outcome.problems), outcome.problems
    assert "journal continu" not in outcome.sentence


def test_a_profile_without_journal_says_what_that_costs(tmp_path: Path) -> None:
    profile = replace(sample.REDACTED, id="essai", parts=("data",))
    outcome = verify(build_package(sample.sample(), profile, tmp_path))
    assert outcome.ok
    assert "Le journal n'est pas joint" in outcome.reserves[0]
    assert "aucun journal joint, verdict non recalculé" in outcome.sentence


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
    files = files_of(complete_package)
    files[f"{top(files)}/data/journal.jsonl"] = line
    assert "data/journal.jsonl" in blamed(verified(resealed(files)))


def test_a_line_that_is_not_canonical_is_seen_even_when_its_hash_holds(
    complete_package: Path,
) -> None:
    files = files_of(complete_package)
    lines = files[f"{top(files)}/data/journal.jsonl"].decode().splitlines()
    assert Record(**json.loads(lines[0])).digest() == json.loads(lines[0])["hash"]
    lines[0] = lines[0].replace('{"at":', '{ "at":')
    journal = ("\n".join(lines) + "\n").encode()
    outcome = verified(resealed({**files, f"{top(files)}/data/journal.jsonl": journal}))
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
        f"{top}/bag-info.txt": b"Care-Kit-Profile: essai\nPayload-Oxum: 0.0\n",
        f"{top}/data/preuves/a.txt": b"contenu" * 200,
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
    name = f"{top(files)}/manifest-sha512.txt"
    outcome = verified(contained({**files, name: b"n'importe quoi\n" + files[name]}))
    assert any("ligne 1" in one.sentence for one in outcome.problems)
