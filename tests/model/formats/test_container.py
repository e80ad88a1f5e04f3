"""A container is an ordinary zip whose every byte is foreseeable."""

import io
import zipfile

import pytest

from care_kit.model.formats import container
from care_kit.model.formats.container import ContainerWriter
from care_kit.model.words.errors import PackageError


def written(**files: bytes) -> bytes:
    stream = io.BytesIO()
    writer = ContainerWriter(stream)
    for name, content in files.items():
        writer.add(name, content)
    writer.finish()
    return stream.getvalue()


def test_the_standard_library_reads_it_back() -> None:
    with zipfile.ZipFile(io.BytesIO(written(a=b"un", b=b"", é=b"deux"))) as archive:
        assert archive.testzip() is None
        assert {one: archive.read(one) for one in archive.namelist()} == {
            "a": b"un",
            "b": b"",
            "é": b"deux",
        }
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_empty_container_is_a_valid_zip() -> None:
    assert zipfile.ZipFile(io.BytesIO(written())).namelist() == []


@pytest.mark.parametrize("names", [("b", "a"), ("a", "a")])
def test_names_must_increase(names: tuple[str, str]) -> None:
    writer = ContainerWriter(io.BytesIO())
    writer.add(names[0], b"")
    with pytest.raises(ValueError, match="does not follow"):
        writer.add(names[1], b"")


def test_what_a_plain_zip_cannot_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MAX_BYTES", 100)
    with pytest.raises(PackageError, match="dépasse la taille permise"):
        written(a=b"x" * 80)
