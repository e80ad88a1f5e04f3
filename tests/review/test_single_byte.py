"""Any single altered byte is seen, and the file it belongs to is named."""

import io
from dataclasses import replace
from pathlib import Path

import pytest

from care_kit.exporters.package import build_package
from care_kit.model.formats import container
from care_kit.review import layout
from care_kit.review.verification import ENVELOPE
from tests.exporters import sample
from tests.review.rebuild import contained, files_of, verified


def owners(data: bytes) -> list[str]:
    """For every offset, the file its byte belongs to (headers included), or the envelope.

    Told by a plain reading of the container's definition, not by the code under test.
    """
    found = [ENVELOPE] * len(data)
    at = 0
    names: list[str] = []
    while data[at : at + 4] == container.LOCAL_SIGNATURE:
        fields = container.LOCAL.unpack_from(data, at)
        name = data[at + 30 : at + 30 + fields[9]].decode()
        end = at + 30 + fields[9] + fields[8]
        found[at:end] = [name.partition("/")[2]] * (end - at)
        names.append(name)
        at = end
    for name in names:
        end = at + 46 + len(name)
        found[at:end] = [name.partition("/")[2]] * (end - at)
        at = end
    assert len(data) - at == 22
    return found


def assert_seen(data: bytes, offset: int, mask: int, owner: str) -> None:
    altered = bytearray(data)
    altered[offset] ^= mask
    outcome = verified(bytes(altered))
    assert not outcome.ok, (offset, mask, owner)
    assert owner in {one.file for one in outcome.problems}, (offset, mask, owner, outcome.problems)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A real package, as small as one gets: one event, no report."""
    profile = replace(sample.REDACTED, id="essai", parts=("journal",))
    folder = tmp_path_factory.mktemp("petit")
    return build_package(sample.nearly_empty(), profile, folder).read_bytes()


def test_every_byte_of_a_small_package(small: bytes) -> None:
    assert verified(small).ok
    for offset, owner in enumerate(owners(small)):
        assert_seen(small, offset, 1 + offset % 255, owner)


@pytest.mark.parametrize("mask", [0x01, 0x20, 0x2F, 0x80, 0xFF])
def test_every_header_byte_of_a_small_package_whatever_the_change(small: bytes, mask: int) -> None:
    found = layout.read_layout(io.BytesIO(small), len(small))
    assert found is not None
    inside = {at for slot in found.slots for at in range(slot.content_at, slot.end)}
    for offset, owner in enumerate(owners(small)):
        if offset not in inside:
            assert_seen(small, offset, mask, owner)


def test_a_dense_sample_of_a_full_package(complete_package: Path) -> None:
    data = complete_package.read_bytes()
    for offset, owner in enumerate(owners(data)):
        if offset % 2039 == 0 or offset > len(data) - 2000:
            assert_seen(data, offset, 1 + offset % 255, owner)


def test_every_file_of_a_full_package_altered_once(redacted_package: Path) -> None:
    files = files_of(redacted_package)
    for name, content in files.items():
        path = name.partition("/")[2]
        outcome = verified(contained({**files, name: content + b"x"}))
        assert path in {one.file for one in outcome.problems}
