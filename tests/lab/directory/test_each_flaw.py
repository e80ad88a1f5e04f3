"""Each flaw alone, on a real domain in good order: its point fails, and nothing else moves."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from care_kit.demo.samba import Seed, bindings
from care_kit.demo.samba.domain import serving
from care_kit.demo.samba.template import template
from care_kit.model.facts import directory_codec
from care_kit.model.facts.finding import Finding
from care_kit.model.words.vocabulary import Verdict
from care_kit.probes.directory import collect
from care_kit.rules.directory import evaluate
from tests.lab.directory.conftest import own_address
from tests.lab.directory.flaws import FLAWS
from tests.lab.directory.flaws.flaw import UNTESTED, Flaw
from tests.lab.directory.test_collect import target_of
from tests.rules.directory.domain import CHECKS

pytestmark = pytest.mark.lab

Judged = dict[str, tuple[Verdict, int, tuple[str, ...]]]


@pytest.fixture(scope="module")
def writer() -> Iterator["subprocess.Popen[str]"]:
    """The process that writes flaws into domains that are not running."""
    command = bindings.command("tests.lab.directory.flaws")
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """What the rules say of the domain before anything is spoilt."""
    return judged(copied(tmp_path_factory.mktemp("healthy")))


def copied(folder: Path) -> Path:
    shutil.copytree(template(Seed.SAIN), folder, symlinks=True, dirs_exist_ok=True)
    return folder


def judged(folder: Path) -> Judged:
    """Verdict, level and objects of every check, read over LDAPS by an ordinary account."""
    with serving(folder, own_address(), {}) as lab:
        data, statement = collect(target_of(lab), lab.password)
    assert statement.complete
    return {one.check: shown(one) for one in evaluate(directory_codec.decode(data), CHECKS)}


def shown(finding: Finding) -> tuple[Verdict, int, tuple[str, ...]]:
    return finding.verdict, finding.level, finding.objects


def expected(flaw: Flaw) -> Judged:
    every = {flaw.check: (flaw.level, flaw.objects), **flaw.also}
    return {
        check: (Verdict.NOT_TESTED, 0, ())
        if level == UNTESTED
        else (Verdict.FAIL, level, tuple(sorted(objects)))
        for check, (level, objects) in every.items()
    }


@pytest.mark.parametrize("name", FLAWS)
def test_a_flaw_alone_is_found_on_its_exact_objects_and_moves_nothing_else(
    name: str, writer: "subprocess.Popen[str]", healthy: Judged, tmp_path: Path
) -> None:
    spoilt = copied(tmp_path / "domain")
    assert writer.stdin is not None and writer.stdout is not None
    print(json.dumps({"flaw": name, "folder": str(spoilt)}), file=writer.stdin, flush=True)
    assert writer.stdout.readline() == "0\n", "the flaw could not be written"
    after = judged(spoilt)
    changed = {check: found for check, found in after.items() if found != healthy[check]}
    assert changed == expected(FLAWS[name])
