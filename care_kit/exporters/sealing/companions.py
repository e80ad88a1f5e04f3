"""Names of the files that stand beside a package, and what they are about."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

from care_kit.model.words.errors import PackageError

TAG_MANIFEST = "tagmanifest-sha512.txt"
_LARGEST = 1_000_000


@dataclass(frozen=True)
class Companions:
    """Files beside `X.zip`: `X.p7s`, `X.bordereau.pdf`, `X.tsr`, `X.tsq`, `X.asice`."""

    package: Path

    @property
    def signature(self) -> Path:
        """CAdES over the tag manifest of the package."""
        return self.package.with_suffix(".p7s")

    @property
    def slip(self) -> Path:
        """PDF that prints what the package is, signed too."""
        return self.package.with_suffix(".bordereau.pdf")

    @property
    def stamp(self) -> Path:
        """RFC 3161 answer over the tag manifest, when nothing else is signed."""
        return self.package.with_suffix(".tsr")

    @property
    def request(self) -> Path:
        """RFC 3161 request, to be taken to a connected station."""
        return self.package.with_suffix(".tsq")

    @property
    def container(self) -> Path:
        """All in one file, for those who want only one."""
        return self.package.with_suffix(".asice")


def tag_manifest(package: Path) -> bytes:
    """What is signed: the list that covers every other list of the package."""
    try:
        with zipfile.ZipFile(package) as archive:
            names = [one for one in archive.namelist() if one.endswith(f"/{TAG_MANIFEST}")]
            if len(names) != 1 or archive.getinfo(names[0]).file_size > _LARGEST:
                raise ValueError("not one tag manifest")
            return archive.read(names[0])
    except (OSError, ValueError, zipfile.BadZipFile) as cause:
        raise PackageError(
            f"« {package} » n'est pas un paquet de care-kit.",
            "Donnez le zip qu'écrit « care export package ».",
        ) from cause
