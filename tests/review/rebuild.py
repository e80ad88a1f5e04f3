"""Packages altered by someone who knows the format: content changed, container rebuilt."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from care_kit.model.formats.container import ContainerWriter
from care_kit.review.verification import Verification
from care_kit.review.verify import verify_stream

Files = dict[str, bytes]


def files_of(package: Path) -> Files:
    with zipfile.ZipFile(package) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def contained(files: Mapping[str, bytes]) -> bytes:
    """These files in a container that is right in every byte."""
    stream = io.BytesIO()
    writer = ContainerWriter(stream)
    for name in sorted(files):
        writer.add(name, files[name])
    writer.finish()
    return stream.getvalue()


def resealed(files: Files) -> bytes:
    """The same, with manifests and Payload-Oxum recomputed: only the content can betray it."""
    top = min(files).partition("/")[0]
    payload = {k: v for k, v in files.items() if k.startswith(f"{top}/data/")}
    info = files[f"{top}/bag-info.txt"].decode().splitlines()
    oxum = f"Payload-Oxum: {sum(map(len, payload.values()))}.{len(payload)}"
    kept = [oxum if line.startswith("Payload-Oxum") else line for line in info]
    files = {**files, f"{top}/bag-info.txt": ("\n".join(kept) + "\n").encode()}
    files[f"{top}/manifest-sha512.txt"] = sums(payload, top)
    tags = {
        k: v for k, v in files.items() if "/data/" not in k and not k.endswith("/" + TAG_MANIFEST)
    }
    files[f"{top}/{TAG_MANIFEST}"] = sums(tags, top)
    return contained(files)


TAG_MANIFEST = "tagmanifest-sha512.txt"


def sums(files: Mapping[str, bytes], top: str) -> bytes:
    lines = (
        f"{hashlib.sha512(content).hexdigest()}  {name.removeprefix(top + '/')}\n"
        for name, content in sorted(files.items())
    )
    return "".join(lines).encode()


def verified(data: bytes) -> Verification:
    return verify_stream(io.BytesIO(data), len(data))


def zipped(write: Callable[[zipfile.ZipFile], None], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        write(archive)
    return stream.getvalue()
