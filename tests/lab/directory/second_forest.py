"""A bare forest of another name, for what takes two of them: the lab's own have one name."""

import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from care_kit.demo.samba import certificates, settings
from care_kit.demo.samba.domain import _running
from care_kit.demo.samba.seeds import NETBIOS, REALM

OTHER_REALM, OTHER_NETBIOS = "clinique-exemple.lan", "CLINIQUE"


@dataclass(frozen=True)
class OtherForest:
    address: str
    ca_file: Path
    user_upn: str
    password: str
    folder: Path


def prepare(folder: Path, address: str) -> OtherForest:
    """Provision it and create its auditor."""
    base = folder / "base.conf"
    base.write_text("[global]\n", encoding="utf-8")
    domain = [f"--realm={OTHER_REALM.upper()}", f"--domain={OTHER_NETBIOS}", "--host-name=dc1"]
    where = [f"--configfile={base}", f"--targetdir={folder}", f"--host-ip={address}"]
    samba_tool("domain", "provision", "--quiet", "--server-role=dc", *domain, *where)
    configuration = configure(folder, address)
    password = f"aA1!{secrets.token_urlsafe(18)}"  # thrown away with the forest
    samba_tool("user", "create", "auditeur", password, f"--configfile={configuration}")
    ca_file = certificates.write(folder / "private" / "tls", address)
    return OtherForest(address, ca_file, f"auditeur@{OTHER_REALM}", password, folder)


@contextmanager
def running(forest: OtherForest) -> Iterator[None]:
    """It answers until the block ends."""
    plain = settings.write
    settings.write = configure
    try:
        with _running(forest.folder, forest.address):
            yield
    finally:
        settings.write = plain


def configure(folder: Path, address: str) -> Path:
    """The lab's own configuration under the other name."""
    file = _write(folder, address)
    text = file.read_text(encoding="utf-8")
    text = text.replace(f"realm = {REALM.upper()}", f"realm = {OTHER_REALM.upper()}")
    file.write_text(text.replace(f"= {NETBIOS}\n", f"= {OTHER_NETBIOS}\n"), encoding="utf-8")
    return file


_write = settings.write


def samba_tool(*arguments: str) -> None:
    subprocess.run(["samba-tool", *arguments], check=True, capture_output=True)
