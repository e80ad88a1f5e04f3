"""Checks a bag against its own manifests (RFC 8493), without any bag library."""

import re
from collections.abc import Iterable, Iterator, Mapping

from care_kit.model.words.text import printable, shown
from care_kit.review.codes import Code
from care_kit.review.verification import Contents, Problem

DECLARATION = "bagit.txt"
INFO = "bag-info.txt"
MANIFEST = "manifest-sha512.txt"
TAG_MANIFEST = "tagmanifest-sha512.txt"
REQUIRED = (DECLARATION, INFO, MANIFEST, TAG_MANIFEST)
FETCH = "fetch.txt"
_MOST_TOLD = 20
_LINE = re.compile(r"([0-9a-f]{128})  (.+)")
_SECOND = re.compile(r"(?:tag)?manifest-[^/]+\.txt")
_VERSION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def check_bag(contents: Contents) -> Iterator[Problem]:
    """Everything in which the bag does not match what its manifests announce."""
    for name in REQUIRED:
        if name not in contents.digests:
            why = f"« {name} » est absent : ce n'est pas un paquet entier."
            yield Problem(name, why, Code.BAG_INCOMPLETE)
    if DECLARATION in contents.small and contents.small[DECLARATION] != _VERSION:
        why = f"« {DECLARATION} » ne déclare pas BagIt 1.0 en UTF-8."
        yield Problem(DECLARATION, why, Code.BAG_DECLARATION)
    yield from _strangers(contents)
    tags = {name for name in contents.digests if not name.startswith("data/")} - {TAG_MANIFEST}
    payload = {name for name in contents.digests if name.startswith("data/")}
    yield from _against(contents, TAG_MANIFEST, tags)
    yield from _against(contents, MANIFEST, payload)
    yield from _oxum(contents, payload)


def bag_info(contents: Contents) -> dict[str, str]:
    """The lines of bag-info.txt, safe to show."""
    lines = contents.small.get(INFO, b"").decode("utf-8", "replace").splitlines()
    parts = (line.partition(": ") for line in lines)
    return joined((name, value) for name, colon, value in parts if colon)


def joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Values by name, safe to show; those of a name said several times follow one another."""
    found: dict[str, str] = {}
    for name, value in pairs:
        clean = shown(" ".join(printable(value).split()))
        found[name] = f"{found[name]} {clean}" if name in found else clean
    return found


def _strangers(contents: Contents) -> Iterator[Problem]:
    """Tag files that other tools take orders from, and that no package of ours holds."""
    for name in sorted(contents.digests):
        if name == FETCH:
            why = (
                f"« {FETCH} » renvoie à des fichiers à télécharger : un paquet de care-kit "
                "contient tout."
            )
            yield Problem(FETCH, why, Code.BAG_FETCH)
        elif _SECOND.fullmatch(name) and name not in REQUIRED:
            why = f"« {shown(name)} » est une seconde liste d'empreintes, que care-kit n'écrit pas."
            yield Problem(shown(name), why, Code.BAG_SECOND_MANIFEST)


def _against(contents: Contents, manifest: str, present: set[str]) -> Iterator[Problem]:
    if manifest not in contents.small:
        return
    announced, faults = _parsed(contents.small[manifest], manifest)
    yield from faults
    for name in sorted(announced.keys() | present):
        path = shown(name)
        if name not in present:
            why = f"« {path} » est absent alors que {manifest} l'annonce."
            yield Problem(path, why, Code.FILE_MISSING)
        elif name not in announced:
            why = f"« {path} » est en trop : {manifest} ne l'annonce pas."
            yield Problem(path, why, Code.FILE_EXTRA)
        elif contents.digests[name].sha512 != announced[name]:
            why = f"« {path} » ne correspond plus à son empreinte dans {manifest}."
            yield Problem(path, why, Code.FILE_ALTERED)


def _parsed(raw: bytes, manifest: str) -> tuple[Mapping[str, str], list[Problem]]:
    announced: dict[str, str] = {}
    faults: list[Problem] = []
    for rank, line in enumerate(raw.decode("utf-8", "replace").split("\n"), 1):
        if len(faults) > _MOST_TOLD:
            break
        found = _LINE.fullmatch(line)
        if found is None:
            if line:
                why = f"{manifest}, ligne {rank} : ligne illisible."
                faults.append(Problem(manifest, why, Code.BAG_MANIFEST))
            continue
        path = _unescaped(found[2])
        if path in announced:
            why = f"{manifest}, ligne {rank} : fichier cité deux fois."
            faults.append(Problem(manifest, why, Code.BAG_MANIFEST))
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
            Code.BAG_OXUM,
        )
