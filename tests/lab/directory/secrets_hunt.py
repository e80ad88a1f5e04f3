"""Looks for a secret in every form it could be written in, in files, archives and processes."""

import base64
import io
import subprocess
import threading
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from care_kit.demo.samba.availability import SYSTEM_PYTHON

# Version 5 then the next field: every Kerberos message that holds a ticket begins so (RFC 4120).
TICKET = b"\xa0\x03\x02\x01\x05\xa1"
_GZIP, _ZIP = b"\x1f\x8b\x08", b"PK\x03\x04"
_NT_HASH = (
    "import sys; from samba.credentials import Credentials; one = Credentials(); "
    "one.set_password(sys.stdin.read()); sys.stdout.write(one.get_nt_hash().hex())"
)


def needles(password: str) -> Mapping[str, bytes]:
    """Every form of a password and of its NT hash, by a name that says which."""
    command = [SYSTEM_PYTHON, "-I", "-c", _NT_HASH]
    done = subprocess.run(command, input=password, capture_output=True, text=True, check=True)
    raw = {
        "password": password.encode(),
        "password UTF-16": password.encode("utf-16-le"),
        "NT hash": bytes.fromhex(done.stdout),
    }
    return {form: one for name, secret in raw.items() for form, one in _forms(name, secret)} | {
        "Kerberos ticket": TICKET
    }


def _forms(name: str, secret: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, secret
    yield f"{name}, hexadecimal", secret.hex().encode()
    yield f"{name}, HEXADECIMAL", secret.hex().upper().encode()
    for shift in range(3):
        # The first and last characters depend on the neighbours: only the middle is certain.
        encoded = base64.b64encode(bytes(shift) + secret)
        yield f"{name}, base64 at {shift}", encoded[4 if shift else 0 : len(encoded) // 4 * 4 - 4]


def found(content: bytes, wanted: Mapping[str, bytes], where: str) -> list[str]:
    """`where: form` for each secret found in these bytes or in the archives inside them."""
    hits = [f"{where}: {name}" for name, one in wanted.items() if one in content]
    for inside, part in _unpacked(content):
        hits += found(part, wanted, f"{where} > {inside}")
    return hits


def in_files(folder: Path, wanted: Mapping[str, bytes]) -> list[str]:
    """The same, over every file under a folder."""
    files = (one for one in sorted(folder.rglob("*")) if one.is_file())
    return [hit for one in files for hit in found(one.read_bytes(), wanted, one.name)]


def _unpacked(content: bytes) -> Iterator[tuple[str, bytes]]:
    if content.startswith(_ZIP):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name, archive.read(name)
        return
    place = content.find(_GZIP)
    while place >= 0:  # a reading inside a database is a gzip stream among other bytes
        with suppress(zlib.error):  # three bytes that look like one
            yield f"gzip at {place}", zlib.decompressobj(wbits=31).decompress(content[place:])
        place = content.find(_GZIP, place + 1)


@contextmanager
def watching_processes(wanted: Mapping[str, bytes]) -> Iterator[list[str]]:
    """Samples the arguments and the environment of every process until the block ends."""
    hits: list[str] = []
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.02):
            hits.extend(hit for hit in _processes(wanted) if hit not in hits)

    work = threading.Thread(target=watch, daemon=True)
    work.start()
    try:
        yield hits
    finally:
        over.set()
        work.join(10)


def _processes(wanted: Mapping[str, bytes]) -> Iterable[str]:
    for process in Path("/proc").glob("[0-9]*"):
        for name in ("cmdline", "environ"):
            try:
                content = (process / name).read_bytes()
            except OSError:
                continue  # the process ended meanwhile
            yield from found(content, wanted, name)
