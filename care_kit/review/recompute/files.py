"""A package seen as a dossier: its folded state, and the bytes its journal names."""

from care_kit.assessment.examiner.documents import LOOKED_INTO
from care_kit.model.dossier.state import DossierState
from care_kit.model.words.errors import DossierError
from care_kit.review.verification import Contents

LARGEST_BLOB = LOOKED_INTO


class PackagedDossier:
    """What the rules and the scores ask of a dossier, out of the files of a package."""

    def __init__(self, contents: Contents, state: DossierState) -> None:
        self.state = state
        self._contents = contents
        self._paths = {one.sha512: path for path, one in contents.digests.items()}

    def present(self, digest: str) -> bool:
        """True when these bytes are in the package."""
        return digest in self._paths

    def holds(self, digest: str) -> bool:
        """True when these bytes are in the package and small enough to be looked into."""
        path = self._paths.get(digest)
        return path is not None and self._contents.digests[path].size <= LARGEST_BLOB

    def blob(self, digest: str) -> bytes:
        """Bytes by their SHA-512; DossierError when they are not there."""
        if not self.holds(digest):
            raise DossierError("Ces octets ne sont pas dans le paquet.", "Demandez-les.")
        return self._contents.load(self._paths[digest], LARGEST_BLOB)
