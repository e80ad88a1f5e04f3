"""What the rest of the house asks of a dossier to judge it: its state and the bytes it names."""

from typing import Protocol

from care_kit.model.dossier.state import DossierState


class Kept(Protocol):
    """An open dossier, or the package made of one."""

    @property
    def state(self) -> DossierState:
        """The fold of its events."""
        ...

    def blob(self, digest: str) -> bytes:
        """Bytes by their SHA-512; DossierError when they are not there."""
        ...
