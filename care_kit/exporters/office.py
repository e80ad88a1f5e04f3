"""Word and Excel files made reproducible: their parts repacked as a plain container."""

import io
import zipfile

from care_kit.model.formats.container import ContainerWriter


def repacked(document: bytes) -> bytes:
    """The same parts, stored in order and undated: same parts, same bytes."""
    final = io.BytesIO()
    writer = ContainerWriter(final)
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        for name in sorted(archive.namelist(), key=lambda one: one.encode("utf-8")):
            writer.add(name, archive.read(name))
    writer.finish()
    return final.getvalue()
