"""Every file of a package against the one made again from its journal."""

import json
from collections.abc import Iterator
from typing import Any

from care_kit.exporters import documents
from care_kit.exporters.material import Material
from care_kit.model.content.export_profile import ExportProfile
from care_kit.model.formats.codec import sha512
from care_kit.model.words.text import shown
from care_kit.review.bag_check import REQUIRED, bag_info, joined
from care_kit.review.codes import Code
from care_kit.review.recompute import books, figures, pages
from care_kit.review.recompute.printed import DATA
from care_kit.review.verification import Contents, Problem

_ROOM = 1_000_000


class Comparison:
    """Compares the files of one package. `exact`: the same version made it, bytes must agree.

    `pages_made_here` is false when the hospital's own templates printed the pages.
    """

    def __init__(
        self,
        contents: Contents,
        whole: dict[str, Any],
        *,
        exact: bool,
        pages_made_here: bool,
    ) -> None:
        self._contents = contents
        self._whole = whole
        self._exact = exact
        self._pages_made_here = pages_made_here

    def problems(self, material: Material, profile: ExportProfile) -> Iterator[Problem]:
        """Each file or figure that is not the one made again."""
        yield from self._identity(material, profile)
        expected = dict(documents.stored(material, profile))
        expected |= {path: sha512(raw) for path, raw in documents.given(material, profile)}
        for path, digest in expected.items():
            yield from self._stored(path, digest)
        known = {*REQUIRED, *expected}
        for path, again in documents.made(material, profile):
            known.add(path)
            yield from self._made(path, again)
        for path in sorted(self._contents.digests.keys() - known):
            why = f"« {shown(path)} » n'est pas un fichier que care-kit écrit."
            yield Problem(shown(path), why, Code.FILE_UNKNOWN)

    def _identity(self, material: Material, profile: ExportProfile) -> Iterator[Problem]:
        """Every line of bag-info.txt is what the journal and the profile give."""
        printed = bag_info(self._contents)
        printed.pop("Payload-Oxum", None)
        again = joined(documents.info(material, profile))
        for name in [*again, *sorted(printed.keys() - again.keys())]:
            says, finds = printed.get(name, "absent"), again.get(name, "absent")
            if says != finds:
                sentence = f"{shown(name)} : imprimé « {says} », recalculé « {finds} »."
                yield Problem("bag-info.txt", sentence, Code.IDENTITY, shown(name), says, finds)

    def _stored(self, path: str, digest: str) -> Iterator[Problem]:
        found = self._contents.digests.get(path)
        if found is None:
            why = f"« {path} » manque : le journal ou le profil l'annonce."
            yield Problem(path, why, Code.FILE_MISSING)
        elif found.sha512 != digest:
            why = f"« {path} » n'est pas celui dont le journal porte l'empreinte."
            yield Problem(path, why, Code.READING if "/releves/" in path else Code.PIECE)

    def _made(self, path: str, again: bytes) -> Iterator[Problem]:
        found = self._contents.digests.get(path)
        if found is None:
            why = f"« {path} » manque : le profil l'annonce."
            yield Problem(path, why, Code.FILE_MISSING)
        elif found.sha512 == sha512(again):
            return
        elif path == DATA:
            yield from self._figures(path, self._whole, again)
        elif found.size > 2 * len(again) + _ROOM:
            why = f"« {path} » est bien plus gros que ce que care-kit écrit."
            yield Problem(path, why, Code.DOCUMENT)
        else:
            yield from self._differences(path, self._contents.load(path, found.size), again)

    def _differences(self, path: str, printed: bytes, again: bytes) -> Iterator[Problem]:
        if path.endswith(".json"):
            try:
                yield from self._figures(path, json.loads(printed), again)
            except (ValueError, RecursionError):
                yield Problem(path, f"« {path} » n'est pas du JSON lisible.", Code.DATA_UNREADABLE)
        elif path.endswith(".xlsx"):
            compare = books.differences if self._exact else books.foreign_figures
            yield from compare(path, printed, again)
        elif self._pages_made_here:
            compare = pages.differences if self._exact else pages.foreign_figures
            yield from compare(path, printed, again)

    def _figures(self, path: str, printed: Any, again: bytes) -> Iterator[Problem]:
        found = False
        common_only = not self._exact
        for one in figures.differences(path, printed, json.loads(again), common_only=common_only):
            found = True
            yield one
        if self._exact and not found:
            why = f"« {path} » n'est pas écrit sous sa forme canonique."
            yield Problem(path, why, Code.DOCUMENT)
