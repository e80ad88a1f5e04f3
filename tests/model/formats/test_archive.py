"""An entry of a zip that nobody should open says why."""

import stat
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipInfo

import pytest

from care_kit.model.formats.archive import entry_fault


def entry(size: int = 10, packed: int = 10, compression: int = ZIP_DEFLATED) -> ZipInfo:
    made = ZipInfo("a.txt")
    made.file_size, made.compress_size, made.compress_type = size, packed, compression
    return made


def fault(one: ZipInfo) -> str:
    return entry_fault(one, most_ratio=100, harmless=5_000)


def test_an_ordinary_entry_is_sound() -> None:
    assert fault(entry()) == ""


def test_a_link_and_a_secret_are_told() -> None:
    link, secret = entry(), entry()
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    secret.flag_bits = 1
    assert "lien symbolique" in fault(link)
    assert "chiffré" in fault(secret)
    assert "compression inconnue" in fault(entry(compression=ZIP_LZMA))


@pytest.mark.parametrize(
    ("size", "packed", "bomb"),
    [(5_000, 1, False), (5_001, 1, True), (5_001, 0, True), (10_000, 100, False)],
)
def test_a_bomb_is_large_and_far_larger_than_its_packing(
    size: int, packed: int, bomb: bool
) -> None:
    assert ("bombe" in fault(entry(size, packed))) is bomb
