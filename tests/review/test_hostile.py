"""Hostile zips are refused before anything in them is read."""

import stat
import struct
import warnings
import zipfile

import pytest

from care_kit.model.words.errors import PackageError
from care_kit.review import hostile
from tests.review.rebuild import contained, verified, zipped


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../evasion.txt",
        "haut/../../evasion.txt",
        "C:/Windows/x.dll",
        "haut\\..\\x",
        "haut//x",
        "haut/./x",
        "haut/a\nb",
        "haut/" + "a" * 500,
    ],
)
def test_a_dangerous_path_is_refused_in_any_kind_of_zip(name: str) -> None:
    for data in (contained({name: b"x"}), zipped(lambda archive: archive.writestr(name, b"x"))):
        with pytest.raises(PackageError, match="Le paquet est refusé"):
            verified(data)


def test_two_entries_of_the_same_name_are_refused() -> None:
    def twice(archive: zipfile.ZipFile) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            archive.writestr("haut/a.txt", b"1")
            archive.writestr("haut/a.txt", b"2")

    with pytest.raises(PackageError, match="deux fois le nom"):
        verified(zipped(twice))


def test_two_names_that_differ_only_by_case_are_refused() -> None:
    with pytest.raises(PackageError, match="deux fois le nom"):
        verified(contained({"haut/A.txt": b"1", "haut/a.txt": b"2"}))


def test_a_symbolic_link_is_refused() -> None:
    def link(archive: zipfile.ZipFile) -> None:
        entry = zipfile.ZipInfo("haut/lien")
        entry.create_system = 3
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")

    with pytest.raises(PackageError, match="lien symbolique"):
        verified(zipped(link))


def test_an_encrypted_entry_is_refused() -> None:
    data = bytearray(zipped(lambda archive: archive.writestr("haut/a.txt", b"x")))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(PackageError, match="chiffré"):
        verified(bytes(data))


def test_an_unusual_compression_is_refused() -> None:
    data = zipped(lambda archive: archive.writestr("haut/a.txt", b"x" * 99), zipfile.ZIP_LZMA)
    with pytest.raises(PackageError, match="compression inconnue"):
        verified(data)


def test_a_decompression_bomb_is_refused_without_being_opened() -> None:
    data = zipped(lambda archive: archive.writestr("haut/zeros", b"\0" * 20_000_000))
    assert len(data) < 100_000
    with pytest.raises(PackageError, match="bombe"):
        verified(data)


def test_a_huge_declared_size_is_refused() -> None:
    data = bytearray(zipped(lambda archive: archive.writestr("haut/a.txt", b"x" * 99)))
    at = data.index(b"PK\x01\x02")
    data[at + 20 : at + 28] = struct.pack("<II", 0xF0000000, 0xF0000000)
    outcome = verified(bytes(data))
    assert not outcome.ok


def test_too_many_entries_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def many(archive: zipfile.ZipFile) -> None:
        for rank in range(50):
            archive.writestr(f"haut/{rank}", b"")

    monkeypatch.setattr(hostile, "MAX_ENTRIES", 49)
    with pytest.raises(PackageError, match="plus de 49 fichiers"):
        verified(zipped(many))


def test_a_directory_of_absurd_size_is_refused_before_it_is_listed() -> None:
    ending = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 9, 9, 0x7FFFFFFF, 0, 0)
    with pytest.raises(PackageError, match="répertoire démesuré"):
        verified(b"x" * 100 + ending)


def test_zip64_is_refused() -> None:
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)
    ending = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 0, 0, 0, 0, 0)
    with pytest.raises(PackageError, match="zip64"):
        verified(b"x" * 100 + locator + ending)


def test_a_refusal_never_repeats_control_characters() -> None:
    with pytest.raises(PackageError) as told:
        verified(contained({"haut/\x1b[2Jeffacé": b"x"}))
    assert "\x1b" not in told.value.sentence
