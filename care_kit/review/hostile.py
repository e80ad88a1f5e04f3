"""Refuses what no honest package holds: names that escape, links, encryption, bombs."""

import re
import zipfile
from collections.abc import Iterable

from care_kit.model.formats.archive import entry_fault
from care_kit.model.words.errors import PackageError
from care_kit.model.words.text import shown

MAX_ENTRIES = 20_000
MAX_TOTAL = 8 * 1024**3
MAX_RATIO = 200
_RATIO_MATTERS_FROM = 1_000_000
_LONGEST_PATH = 400
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def refuse_names(names: Iterable[str]) -> None:
    """PackageError for the first name that could write outside its folder or over another."""
    seen: set[str] = set()
    for count, name in enumerate(names, 1):
        if count > MAX_ENTRIES:
            raise refusal(f"contient plus de {MAX_ENTRIES} fichiers")
        _refuse_name(name)
        folded = name.rstrip("/").casefold()
        if folded in seen:
            raise refusal(f"contient deux fois le nom « {shown(name)} »")
        seen.add(folded)


def slashed(names: Iterable[str]) -> tuple[list[str], tuple[str, ...]]:
    """Names with slashes, and what to say when an old Windows tool wrote them back to front."""
    kept = list(names)
    if "/" in "".join(kept) or not any("\\" in one for one in kept):
        return kept, ()
    told = "Ses chemins sont écrits à la manière de Windows, par un ancien outil : sans effet."
    return [one.replace("\\", "/") for one in kept], (told,)


def refuse_entries(entries: Iterable[zipfile.ZipInfo]) -> None:
    """PackageError for links, encryption, unknown compression and bombs."""
    total = 0
    for one in entries:
        if why := entry_fault(one, MAX_RATIO, _RATIO_MATTERS_FROM):
            raise refusal(f"{why} (« {shown(one.filename)} »)")
        total += one.file_size
        if total > MAX_TOTAL:
            raise refusal(f"annonce plus de {MAX_TOTAL // 1024**3} Gio une fois extrait")


def refusal(why: str) -> PackageError:
    """The error that says why a package is not even read."""
    return PackageError(
        f"Le paquet est refusé : il {why}.",
        "Ne l'ouvrez pas ; demandez-en un autre à son expéditeur par un canal connu.",
    )


def _refuse_name(name: str) -> None:
    parts = name.rstrip("/").split("/")
    outside = name.startswith("/") or any(part in ("", ".", "..") for part in parts)
    if outside or "\\" in name or ":" in name:
        raise refusal(f"contient un chemin dangereux (« {shown(name)} »)")
    if _CONTROL.search(name) or len(name) > _LONGEST_PATH:
        raise refusal(f"contient un nom de fichier anormal (« {shown(name)} »)")
