"""An `.asice` file: the package it holds, and the signature that covers it."""

import base64
import binascii
import hashlib
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from care_kit.exporters.sealing import keys
from care_kit.exporters.sealing.signing import MANIFEST, SIGNATURE
from care_kit.model.formats.container import LOCAL, LOCAL_SIGNATURE
from care_kit.model.words.errors import InputError
from care_kit.review.codes import Code
from care_kit.review.hostile import MAX_TOTAL, refusal, refuse_entries, refuse_names
from care_kit.review.signature.judging import RefusedError, Signed, signature
from care_kit.review.signature.trust import Trust
from care_kit.review.sources import ends_like_a_zip
from care_kit.review.verification import Problem

_CHUNK = 1 << 20
_LARGEST = 1_000_000
_FIRST = b"mimetype"
_NAMESPACE = "{http://uri.etsi.org/02918/v1.2.1#}"
_DIGEST = "{http://www.w3.org/2000/09/xmldsig#}DigestValue"


def is_container(path: Path) -> bool:
    """True for a zip that says it is an ASiC-E container."""
    with path.open("rb") as stream:
        head = stream.read(LOCAL.size + len(_FIRST))
    return head.startswith(LOCAL_SIGNATURE) and head.endswith(_FIRST)


def opened(path: Path, trust: Trust, judge: Callable[[BinaryIO, int], object]) -> Signed:
    """Give the inner package to `judge`; what the signature of the container proves."""
    with path.open("rb") as stream:
        if not ends_like_a_zip(stream, path.stat().st_size):
            raise refusal("n'est pas un conteneur entier")
    try:
        with zipfile.ZipFile(path) as archive, tempfile.TemporaryFile() as inner:
            name = _package_in(archive)
            digest = _copied(archive, name, inner)
            size = inner.tell()
            manifest, raw = archive.read(MANIFEST), archive.read(SIGNATURE)
            inner.seek(0)
            judge(inner, size)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as cause:
        raise refusal("est un conteneur abîmé") from cause
    return _judged(path, manifest, raw, _announces(manifest, name, digest), trust)


def _package_in(archive: zipfile.ZipFile) -> str:
    """The name of the only package, in a container that holds what ours do and nothing else."""
    names = archive.namelist()
    refuse_names(names)
    refuse_entries(archive.infolist())
    packages = [one for one in names if one.endswith(".zip") and "/" not in one]
    if len(packages) != 1 or sorted(names) != sorted(["mimetype", *packages, MANIFEST, SIGNATURE]):
        raise refusal("n'est pas un conteneur ASiC-E que care-kit écrit")
    if any(archive.getinfo(one).file_size > _LARGEST for one in (MANIFEST, SIGNATURE)):
        raise refusal("porte une signature démesurée")
    return packages[0]


def _judged(path: Path, manifest: bytes, raw: bytes, covers: bool, trust: Trust) -> Signed:
    try:
        keys.require()
        if not covers:
            raise RefusedError("ne couvre pas le paquet du conteneur")
        return Signed((f"{path.name} : {signature(raw, manifest, trust)}.",))
    except InputError as missing:
        return Signed((), (), (f"{missing.sentence} Rien n'est dit de {path.name}.",))
    except RefusedError as refused:
        return Signed((), (Problem(path.name, f"{path.name} {refused}.", Code.SIGNATURE),))


def _copied(archive: zipfile.ZipFile, name: str, inner: BinaryIO) -> bytes:
    digest, left = hashlib.sha512(), MAX_TOTAL
    with archive.open(name) as stream:
        while piece := stream.read(_CHUNK):
            left -= len(piece)
            if left < 0:
                raise refusal("contient un fichier démesuré")
            digest.update(piece)
            inner.write(piece)
    return digest.digest()


def _announces(manifest: bytes, name: str, digest: bytes) -> bool:
    """True when the signed manifest names this package with this very digest, and nothing else."""
    from defusedxml import ElementTree

    try:
        if len(manifest) > _LARGEST:
            return False
        found = ElementTree.fromstring(manifest).findall(f"{_NAMESPACE}DataObjectReference")
        values = [one.findtext(_DIGEST) or "" for one in found]
        return [one.get("URI") for one in found] == [name] and base64.b64decode(
            values[0], validate=True
        ) == digest
    except (ValueError, ElementTree.ParseError, binascii.Error):
        return False
