"""No password, hash or Kerberos ticket is left anywhere by a real reading."""

import base64
import gzip
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from care_kit.cli import app
from care_kit.demo.samba import LabDomain
from care_kit.dossier.dossier import Dossier
from tests.lab.directory.command import probing
from tests.lab.directory.secrets_hunt import TICKET, found, in_files, needles, watching_processes

pytestmark = pytest.mark.lab

PATIENCE = 90


def exported(dossier: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both packages, next to each other."""
    for profile in ("examinateur", "complet"):
        (folder / profile).mkdir()
        arguments = ["export", "package", "--profile", profile, "--to", str(folder / profile)]
        code = app.run([*arguments, "--dossier", str(dossier)])
        assert code == 0, capsys.readouterr().err


def test_a_reading_by_password_leaves_the_password_nowhere(
    hopital: LabDomain, dossier: Dossier, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dossier.close()
    scratch, packages = tmp_path / "scratch", tmp_path / "packages"
    scratch.mkdir()
    packages.mkdir()
    wanted = needles(hopital.password)
    with (
        watching_processes(wanted) as seen,
        probing(hopital, dossier.path, hopital.password, scratch=scratch) as started,
    ):
        assert started.process.wait(PATIENCE) == 0, started.text
    assert "Relevé complet enregistré" in started.text
    exported(dossier.path, packages, capsys)
    assert len(list(packages.rglob("*.zip"))) == 2
    assert seen == []
    assert found(bytes(started.said), wanted, "terminal") == []
    assert in_files(tmp_path, wanted) == []


def test_a_reading_by_ticket_leaves_the_ticket_in_its_cache_only(
    hopital: LabDomain, dossier: Dossier, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dossier.close()
    kept, packages = tmp_path / "kept", tmp_path / "packages"
    station = tmp_path / "station"
    for one in (kept, packages, station):
        one.mkdir()
    environment = with_ticket(hopital, station)
    wanted = {
        **needles(hopital.password),
        **pieces((station / "tickets").read_bytes()),
    }
    command = [
        sys.executable, "-m", "care_kit", "probe", "directory", hopital.address, "--kerberos",
        "--ca-file", str(hopital.ca_file), "--certificate-name", hopital.host_name,
        "--dossier", str(dossier.path),
    ]  # fmt: skip
    scratch = {"TMPDIR": str(kept), "HOME": str(kept)}
    with watching_processes(wanted) as seen:
        done = subprocess.run(
            command, capture_output=True, env=os.environ | environment | scratch, check=False
        )
    assert done.returncode == 0, done.stderr.decode()
    exported(dossier.path, packages, capsys)
    assert seen == []
    assert found(done.stdout + done.stderr, wanted, "output") == []
    assert found(dossier.path.read_bytes(), wanted, "dossier") == []
    assert in_files(packages, wanted) + in_files(kept, wanted) == []


def with_ticket(lab: LabDomain, station: Path) -> Mapping[str, str]:
    """A station that holds a ticket of the domain; the environment that tells where."""
    realm = lab.forest_dns.upper()
    (station / "krb5.conf").write_text(
        f"[libdefaults]\ndefault_realm = {realm}\ndns_lookup_kdc = false\n"
        f"dns_canonicalize_hostname = false\nrdns = false\n"
        f"[realms]\n{realm} = {{\n kdc = {lab.address}\n}}\n"
        f"[domain_realm]\n.{lab.forest_dns} = {realm}\n"
    )
    own = {
        "KRB5_CONFIG": str(station / "krb5.conf"),
        "KRB5CCNAME": f"FILE:{station / 'tickets'}",
    }
    account = f"{lab.user_upn.partition('@')[0]}@{realm}"
    subprocess.run(
        ["kinit", account],
        input=lab.password.encode() + b"\n",
        env=os.environ | own,
        capture_output=True,
        check=True,
    )
    return own


def pieces(cache: bytes) -> Mapping[str, bytes]:
    """Pieces of the encrypted part of the ticket at the end of a cache file."""
    assert len(cache) > 600
    return {f"ticket at {place}": cache[place : place + 32] for place in range(-500, -60, 100)}


def test_the_hunt_finds_each_form_where_it_was_planted(tmp_path: Path) -> None:
    wanted = needles("Planté-2026!")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("faits.gz", gzip.compress(b"x" * 90 + wanted["NT hash"]))
    planted = {
        "dossier.care": b"SQLite" + gzip.compress(b'{"a": "' + wanted["password"] + b'"}') + b"...",
        "dossier.care-wal": wanted["NT hash, HEXADECIMAL"],
        "paquet.zip": archive.getvalue(),
        "trace.log": b"..." + base64.b64encode(b"ab" + wanted["password UTF-16"] + b"cde"),
        "krb5cc_0": b"\x05\x04 a\x82\x03\x01" + TICKET,
    }
    for name, content in planted.items():
        (tmp_path / name).write_bytes(content)
    hits = in_files(tmp_path, wanted)
    assert {one.partition(":")[0].partition(" > ")[0] for one in hits} == set(planted)


def test_the_hunt_sees_a_password_given_as_an_argument_or_in_the_environment() -> None:
    wanted = needles("Argument-2026!")
    sleeping = [sys.executable, "-c", "import time; time.sleep(1)"]
    with watching_processes(wanted) as seen:
        subprocess.run([*sleeping, "Argument-2026!"], check=True)
    assert seen == ["cmdline: password"]
    with watching_processes(wanted) as seen:
        subprocess.run(sleeping, env={"SECRET": "Argument-2026!"}, check=True)
    assert seen == ["environ: password"]
