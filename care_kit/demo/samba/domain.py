"""Starts a copy of a filled domain, and stops it."""

import json
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from care_kit.demo.samba import certificates, settings
from care_kit.demo.samba.availability import unavailable
from care_kit.demo.samba.seed.manifest import expected_failures
from care_kit.demo.samba.seeds import (
    ADDRESS,
    AUDITOR,
    CONFIGURATION_DN,
    DOMAIN_DN,
    HOST_NAME,
    REALM,
    Seed,
)
from care_kit.demo.samba.template import SECRET, template
from care_kit.model.words.errors import ProbeError

_PORTS = (389, 636, 88)
_START_SECONDS = 30.0
_STOP_SECONDS = 10.0


@dataclass(frozen=True)
class LabDomain:
    """A running domain: how to reach it, an ordinary account, and the flaws it holds.

    `expected` maps each check id that must fail to the exact objects it must name.
    """

    address: str
    host_name: str
    forest_dns: str
    domain_dn: str
    configuration_dn: str
    ca_file: Path
    user_upn: str
    password: str
    pid: int
    expected: Mapping[str, tuple[str, ...]]

    def __repr__(self) -> str:
        return f"LabDomain({self.address}, {self.host_name})"


@contextmanager
def running_domain(seed: Seed = Seed.HOPITAL, address: str = ADDRESS) -> Iterator[LabDomain]:
    """A domain controller answering on `address` (127.x.y.z) until the block ends.

    ProbeError when Samba cannot be started here or when the address is already taken.
    """
    reason = unavailable()
    if reason is not None:
        raise ProbeError(reason, "Lancez la démonstration sur une machine Debian ou Ubuntu.")
    if _answers(address, 389):
        raise ProbeError(
            f"Un serveur répond déjà sur {address}, port 389.",
            "Choisissez une autre adresse de bouclage (127.x.y.z).",
        )
    with tempfile.TemporaryDirectory(prefix="care-kit-samba-") as name:
        folder = Path(name)
        shutil.copytree(template(seed), folder, symlinks=True, dirs_exist_ok=True)
        with serving(folder, address, expected_failures(seed)) as domain:
            yield domain


@contextmanager
def serving(
    folder: Path, address: str, expected: Mapping[str, tuple[str, ...]]
) -> Iterator[LabDomain]:
    """The domain kept in `folder` (a copy of a template), answering until the block ends."""
    secret = json.loads((folder / SECRET).read_text(encoding="utf-8"))
    ca_file = certificates.write(folder / "private" / "tls", address)
    with _running(folder, address) as pid:
        yield LabDomain(
            address=address,
            host_name=HOST_NAME,
            forest_dns=REALM,
            domain_dn=DOMAIN_DN,
            configuration_dn=CONFIGURATION_DN,
            ca_file=ca_file,
            user_upn=f"{AUDITOR}@{REALM}",
            password=secret["password"],
            pid=pid,
            expected=expected,
        )


@contextmanager
def _running(folder: Path, address: str) -> Iterator[int]:
    """Samba's process id, once its ports answer."""
    conf = settings.write(folder, address)
    command = ["samba", "-s", str(conf), "-i", "-M", "single"]
    log = folder / "log" / "output"
    with log.open("wb") as output:
        # Samba leaves by itself when its standard input closes: it cannot outlive this process.
        process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_for_ports(process, address, log)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.communicate(timeout=_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def _wait_for_ports(process: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while not all(_answers(address, port) for port in _PORTS):
        if process.poll() is not None or time.monotonic() > end:
            last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
            raise ProbeError(
                f"Samba n'a pas démarré sur {address} ({''.join(last)}).",
                "Vérifiez que les ports 88, 389 et 636 de cette adresse sont libres.",
            )
        time.sleep(0.03)


def _answers(address: str, port: int) -> bool:
    try:
        socket.create_connection((address, port), timeout=1).close()
    except OSError:
        return False
    return True
