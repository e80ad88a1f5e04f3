"""Shared fixtures, and the rule about lab tests: never skipped in silence, never in CI."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from care_kit.dossier.dossier import Dossier
from care_kit.model.dossier.establishment import Establishment, LegalEntity, Nis2, Site

IN_CI = os.environ.get("CI") == "true"


def lab_missing() -> str | None:
    """Why the real servers cannot be started here, None when they can."""
    import shutil
    import sys

    if not sys.platform.startswith("linux"):
        return "the lab needs Linux"
    if os.geteuid() != 0:
        return "the lab needs root (ports below 1024, network namespaces)"
    # What scripts/system-packages.sh installs for the tests, by the commands they start.
    wanted = (
        *("samba", "samba-tool", "ldapsearch", "kinit", "named", "nginx", "redis-server", "vsftpd"),
        *("nmap", "openssl", "snmpd", "storescp", "ip", "ss", "sysctl"),
        *("pdftotext", "pdfsig", "chromium", "tmux", "age", "softhsm2-util"),
    )
    absent = [
        name for name in wanted if shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin") is None
    ]
    return f"not installed: {', '.join(absent)}" if absent else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Outside CI only, a machine that cannot run the lab skips it and prints why."""
    reason = lab_missing()
    if reason is None or IN_CI:
        return
    for item in items:
        if item.get_closest_marker("lab"):
            item.add_marker(pytest.mark.skip(reason=reason))


def pytest_configure() -> None:
    """Run in the background, tests and what they start would inherit deafness to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """In CI a skipped lab test is a failure."""
    report: pytest.TestReport = yield  # type: ignore[assignment]
    if IN_CI and report.skipped and item.get_closest_marker("lab"):
        report.outcome = "failed"
        report.longrepr = f"lab test skipped in CI: {report.longrepr}"
    return report  # type: ignore[return-value]


@pytest.fixture(autouse=True)
def wide_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same width of output everywhere: test workers would otherwise have another one."""
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def hospital() -> Establishment:
    """A fictitious GHT of two legal entities (department 99 does not exist)."""
    return Establishment(
        name="GHT de démonstration",
        category="groupement hospitalier de territoire",
        region="Région fictive",
        entities=(
            LegalEntity(
                "Centre hospitalier des Trois-Rivières",
                "990000010",
                (Site("Site principal", "990000028"),),
            ),
            LegalEntity("Centre hospitalier du Val-Fictif", "990000036"),
        ),
        nis2=Nis2.ESSENTIAL,
        ose=True,
        ght=True,
    )


@pytest.fixture
def dossier(tmp_path: Path, hospital: Establishment) -> Iterator[Dossier]:
    """An open, new dossier."""
    with Dossier.create(tmp_path / "test.care", hospital, "Camille Testeur") as opened:
        yield opened
