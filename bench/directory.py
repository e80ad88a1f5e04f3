"""The whole directory audit against OpenLDAP's client reading the same things.

`python bench/directory.py [--users 5000] [--computers 500] [--groups 200] [--runs 5]`, as root on
Debian with Samba. Every run is a process of its own; passwords travel by standard input or by a
file of mode 600. Prints medians, spread, ratio and peak memory.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from care_kit.demo.samba import LabDomain, Seed
from care_kit.demo.samba.availability import SYSTEM_PYTHON
from care_kit.demo.samba.domain import serving
from care_kit.demo.samba.seeds import AUDITOR, NETBIOS
from care_kit.demo.samba.template import template
from care_kit.probes.directory.searches import SUBTREE, Search, searches

ADDRESS = "127.0.61.7"
SCOPES = {"BASE": "base", "LEVEL": "one", "SUBTREE": "sub"}
DESCRIPTORS = "!1.2.840.113556.1.4.801=::MAMCAQc="
ROOT = Path(__file__).parent.parent


def main() -> None:
    """Build the domain, measure both sides in turn, print."""
    choices = _choices()
    if choices.audit:
        _audit(json.load(sys.stdin))
        return
    with tempfile.TemporaryDirectory(prefix="care-kit-bench-") as name:
        folder = Path(name) / "domain"
        shutil.copytree(template(Seed.SAIN), folder, symlinks=True)
        sizes = [str(choices.users), str(choices.computers), str(choices.groups)]
        began = time.monotonic()
        bulk = [SYSTEM_PYTHON, "-I", str(ROOT / "bench" / "bulk.py"), str(folder), *sizes]
        subprocess.run(bulk, check=True)
        print(f"domain filled in {time.monotonic() - began:.1f} s ({', '.join(sizes)})")
        with serving(folder, ADDRESS, {}) as lab:
            _measure(lab, Path(name), choices.runs, choices.ldapdomaindump)


def _choices() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    for option, size in (("--users", 5000), ("--computers", 500), ("--groups", 200)):
        parser.add_argument(option, type=int, default=size)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--ldapdomaindump", help="a Python that has ldapdomaindump")
    parser.add_argument("--audit", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _measure(lab: LabDomain, folder: Path, runs: int, dumper: str | None) -> None:
    secret = folder / "password"
    secret.touch(mode=0o600)
    secret.write_text(lab.password)
    asked = list(searches(lab.domain_dn, lab.configuration_dn))
    whole = [one for one in asked if one.base == lab.domain_dn and one.scope == SUBTREE][-1:]
    sides: dict[str, Callable[[], dict[str, float]]] = {
        "care-kit": lambda: _ours(lab),
        "ldapsearch": lambda: _theirs(lab, secret, asked),
        "ldapsearch, accounts only": lambda: _theirs(lab, secret, whole),
    }
    if dumper:
        sides["ldapdomaindump"] = lambda: _dump(lab, folder, dumper)
    found: dict[str, list[dict[str, float]]] = {name: [] for name in sides}
    _theirs(lab, secret, whole)  # the server reads its database once before anybody is timed
    for _ in range(runs):  # in turn: noise of the machine falls on everybody
        for name, run in sides.items():
            found[name].append(run())
    _print(found)


def _ours(lab: LabDomain) -> dict[str, float]:
    given = {
        "server": lab.address,
        "user": lab.user_upn,
        "ca_file": str(lab.ca_file),
        "password": lab.password,
    }
    command = [sys.executable, str(Path(__file__)), "--audit"]
    began = time.monotonic()
    done = subprocess.run(
        command, input=json.dumps(given), capture_output=True, text=True, check=True, cwd=ROOT
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures | {"wall": time.monotonic() - began}


def _audit(given: dict[str, str]) -> None:
    """The child: collection and encoding, then what `care assess` does with the reading."""
    from care_kit.catalog.content import load
    from care_kit.model.facts import directory_codec
    from care_kit.probes.directory import Target, collect
    from care_kit.rules.directory import evaluate

    target = Target(given["server"], given["user"], ca_file=Path(given["ca_file"]))
    began = time.monotonic()
    data, _ = collect(target, given["password"])
    collected = time.monotonic()
    checks = load().checks
    loaded = time.monotonic()
    facts = directory_codec.decode(data)
    decoded = time.monotonic()
    evaluate(facts, checks)
    figures = {
        "collect": collected - began,
        "checks": loaded - collected,
        "decode": decoded - loaded,
        "rules": time.monotonic() - decoded,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "cpu": time.process_time(),
        "objects": len(facts.entries),
        "kilobytes": len(data) / 1024,
    }
    print(json.dumps(figures))


def _theirs(lab: LabDomain, secret: Path, asked: list[Search]) -> dict[str, float]:
    began = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for search in asked:
        command = [
            "ldapsearch", "-x", "-LLL", "-H", f"ldaps://{lab.address}", "-D", lab.user_upn,
            "-y", str(secret), "-b", search.base, "-s", SCOPES[search.scope],
            "-E", "pr=1000/noprompt", *(("-E", DESCRIPTORS) if search.descriptors else ()),
            search.filter, *search.attributes,
        ]  # fmt: skip
        environment = {"LDAPTLS_CACERT": str(lab.ca_file), "PATH": os.environ["PATH"]}
        with (secret.parent / "out.ldif").open("wb") as out:
            done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, env=environment)
        if done.returncode not in (0, 32):  # 32: an optional base that does not exist
            sys.exit(done.stderr.decode())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": time.monotonic() - began, "cpu": cpu}


def _dump(lab: LabDomain, folder: Path, python: str) -> dict[str, float]:
    """ldapdomaindump takes the password as an argument only: it is given to this lab alone."""
    command = [
        python, "-m", "ldapdomaindump", "-u", f"{NETBIOS}\\{AUDITOR}", "-p", lab.password,
        "-at", "SIMPLE", "-o", str(folder / "dump"), f"ldaps://{lab.address}",
    ]  # fmt: skip
    began = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:  # the command holds a password: only its last words are shown
        sys.exit(done.stderr.strip().splitlines()[-1])
    return {"wall": time.monotonic() - began}


def _print(found: dict[str, list[dict[str, float]]]) -> None:
    for name, runs in found.items():
        figures = {key: [one[key] for one in runs] for key in runs[0]}
        medians = ", ".join(f"{key} {statistics.median(all_):.2f}" for key, all_ in figures.items())
        walls = figures["wall"]
        print(f"{name}: {medians} (wall from {min(walls):.2f} to {max(walls):.2f} s)")
    ours, theirs = (
        statistics.median(one["wall"] for one in found[name]) for name in ("care-kit", "ldapsearch")
    )
    print(f"ratio {ours / theirs:.2f}; load of the machine {os.getloadavg()[0]:.1f}")
    for parts in (("decode", "rules"), ("checks", "decode", "rules")):
        shares = [
            100 * sum(one[part] for part in parts) / one["collect"] for one in found["care-kit"]
        ]
        print(f"{' + '.join(parts)}: {statistics.median(shares):.1f} % of the collection")


if __name__ == "__main__":
    main()
