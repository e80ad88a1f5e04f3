"""The sealed package: one zip holding one bag, written whole or not at all."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from care_kit.exporters import documents
from care_kit.exporters.bag import README, Item, write_bag
from care_kit.exporters.judged import judged
from care_kit.exporters.material import Material
from care_kit.exporters.redaction import redact
from care_kit.model.content.export_profile import ExportProfile
from care_kit.station.writing import whole_file


def build_package(
    material: Material, profile: ExportProfile, destination: Path, *, force: bool = False
) -> Path:
    """Write the package and return its path.

    `destination` is the file to write, or an existing folder in which it takes its own name,
    numbered after an earlier package unless `force` replaces it. A package that cannot be finished
    (PackageError) leaves nothing behind. Results are computed after names were replaced, so that
    whoever receives the package finds the very same ones.
    """
    shown = judged(redact(material, profile) if profile.redacted else material)
    top = documents.top_name(shown, profile)
    target = destination / f"{top}.zip" if destination.is_dir() else destination
    with whole_file(target, force=force) as writing:
        made = dict(documents.made(shown, profile))
        readme, info = made.pop(README), documents.info(shown, profile)
        write_bag(writing.stream, top, _payload(shown, profile, made), readme, info)
    return writing.path


def _payload(shown: Material, profile: ExportProfile, made: dict[str, bytes]) -> Iterator[Item]:
    for path, content in made.items():
        yield Item.of(path, content)
    for path, content in documents.given(shown, profile):
        yield Item.of(path, content)
    for path, digest in documents.stored(shown, profile):
        with shown.opened(digest) as source:
            size = source.seek(0, os.SEEK_END)
        yield Item(path, digest, size, partial(shown.opened, digest))
