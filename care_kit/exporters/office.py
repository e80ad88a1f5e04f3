"""Word and Excel files made reproducible: their parts repacked as a plain container."""

import io
import time
import zipfile
from typing import Any

from care_kit.model.formats.container import ContainerWriter
from care_kit.model.words.errors import PackageError

_FIRST_YEAR = 1980


class Undated(zipfile.ZipFile):
    """A zip written by a library, whose entries bear no date: the station's may be before 1980."""

    def __init__(self, draft: io.BytesIO) -> None:
        super().__init__(draft, "w", strict_timestamps=False)

    def writestr(self, zinfo_or_arcname: Any, data: Any, *options: Any, **named: Any) -> None:
        """Every entry is of the first day a zip can tell."""
        given = zinfo_or_arcname
        dated = given if isinstance(given, zipfile.ZipInfo) else zipfile.ZipInfo(given)
        super().writestr(dated, data, *options, **named)


def refuse_early_clock() -> None:
    """PackageError when the station's clock is before 1980, which a library would not survive."""
    if time.localtime().tm_year < _FIRST_YEAR:
        raise PackageError(
            f"L'horloge du poste indique {time.localtime().tm_year} : un document Word ne peut pas "
            "porter cette date.",
            "Remettez le poste à l'heure, puis recommencez.",
        )


def repacked(document: bytes) -> bytes:
    """The same parts, stored in order and undated: same parts, same bytes."""
    final = io.BytesIO()
    writer = ContainerWriter(final)
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        for name in sorted(archive.namelist(), key=lambda one: one.encode("utf-8")):
            writer.add(name, archive.read(name))
    writer.finish()
    return final.getvalue()
