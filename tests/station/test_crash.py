"""A failure of the program leaves a report without personal data."""

from pathlib import Path

from care_kit.station import crash

SECRET = "jean.dupont@ch-exemple.fr"


def broken(text: str) -> BaseException:
    from care_kit.model.formats import codec

    try:
        codec.decode(int, text)
    except ValueError as error:
        return error
    raise AssertionError("it should have failed")


def test_the_report_tells_where_and_not_what(tmp_path: Path) -> None:
    file = crash.write(broken(SECRET), tmp_path)
    assert file is not None
    text = file.read_text(encoding="utf-8")
    assert SECRET not in text
    assert "care_kit/model/formats/codec.py:" in text
    assert "ValidationError" in text
    assert "care-kit 0" in text
    assert str(Path.home()) not in text
