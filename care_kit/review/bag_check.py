"""Checks a bag against its own manifests (RFC 8493), without any bag library."""

import re
from collections.abc import Iterator, Mapping

from care_kit.model.words.text import shown
from care_kit.review.verification import Contents, Problem

DECLARATION = "bagit.txt"
INFO = "bag-info.txt"
MANIFEST = "manifest-sha512.txt"
TAG_MANIFEST = "tagmanifest-sha512.txt"
REQUIRED = (DECLARATION, INFO, MANIFEST, TAG_MANIFEST)
_LINE = re.compile(r"([0-9a-f]{128})  (.+)")
_VERSION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def check_bag(contents: Contents) -> Iterator[Problem]:
    """Everything in which the bag does not match what its manifests announce."""
    for name in REQUIRED:
        if name not in contents.digests:
            yield Problem(name, f"« {name} » est absent : ce n'est pas un paquet entier.")
    if DECLARATION in contents.small and contents.small[DECLARATION] != _VERSION:
        yield Problem(DECLARATION, f"« {DECLARATION} » ne déclare pas BagIt 1.0 en UTF-8.")
    tags = {name for name in contents.digests if not name.startswith("data/")} - {TAG_MANIFEST}
    payload = {name for name in contents.digests if name.startswith("data/")}
    yield from _against(contents, TAG_MANIFEST, tags)
    yield from _against(contents, MANIFEST, payload)
    yield from _oxum(contents, payload)


def bag_info(contents: Contents) -> dict[str, str]:
    """The lines of bag-info.txt, safe to show; the first of each name stands."""
    found: dict[str, str] = {}
    for line in contents.small.get(INFO, b"").decode("utf-8", "replace").splitlines():
        name, colon, value = line.partition(": ")
        if colon:
            found.setdefault(name, shown(value))
    return found


def _against(contents: Contents, manifest: str, present: set[str]) -> Iterator[Problem]:
    if manifest not in contents.small:
        return
    announced, faults = _parsed(contents.small[manifest], manifest)
    yield from faults
    for name in sorted(announced.keys() | present):
        path = shown(name)
        if name not in present:
            yield Problem(path, f"« {path} » est absent alors que {manifest} l'annonce.")
        elif name not in announced:
            yield Problem(path, f"« {path} » est en trop : {manifest} ne l'annonce pas.")
        elif contents.digests[name].sha512 != announced[name]:
            yield Problem(path, f"« {path} » ne correspond plus à son empreinte dans {manifest}.")


def _parsed(raw: bytes, manifest: str) -> tuple[Mapping[str, str], list[Problem]]:
    announced: dict[str, str] = {}
    faults: list[Problem] = []
    for rank, line in enumerate(raw.decode("utf-8", "replace").split("\n"), 1):
        found = _LINE.fullmatch(line)
        if found is None:
            if line:
                faults.append(Problem(manifest, f"{manifest}, ligne {rank} : ligne illisible."))
            continue
        path = _unescaped(found[2])
        if path in announced:
            faults.append(Problem(manifest, f"{manifest}, ligne {rank} : fichier cité deux fois."))
        announced[path] = found[1]
    return announced, faults


def _unescaped(path: str) -> str:
    """RFC 8493 §2.1.3: only CR, LF and the percent sign are percent-encoded."""
    path = re.sub("%0[Dd]", "\r", path)
    return re.sub("%0[Aa]", "\n", path).replace("%25", "%")


def _oxum(contents: Contents, payload: set[str]) -> Iterator[Problem]:
    announced = bag_info(contents).get("Payload-Oxum")
    found = f"{sum(contents.digests[name].size for name in payload)}.{len(payload)}"
    if INFO in contents.small and announced != found:
        yield Problem(
            INFO,
            f"Payload-Oxum annonce {announced or 'rien'} (octets, fichiers) et le paquet "
            f"contient {found}.",
        )
