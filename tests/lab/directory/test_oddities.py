"""Huge values and names that go right to left, on a real Samba: read whole, shown harmlessly."""

import shutil
from collections.abc import Iterator

import pytest

from care_kit.cli import app
from care_kit.demo.samba import LabDomain, Seed, bindings
from care_kit.demo.samba.domain import serving
from care_kit.demo.samba.template import template
from care_kit.dossier.dossier import Dossier
from care_kit.model.facts import directory_codec
from care_kit.model.words.vocabulary import Verdict
from care_kit.probes.directory import collect
from care_kit.rules.directory import evaluate
from tests.lab.directory.conftest import own_address
from tests.lab.directory.oddities import BACKWARDS, BACKWARDS_LOGIN, COMMAND
from tests.lab.directory.test_collect import target_of
from tests.rules.directory.domain import CHECKS

pytestmark = pytest.mark.lab

MARKS = "\u202e\u2066"


@pytest.fixture(scope="module")
def domain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabDomain]:
    folder = tmp_path_factory.mktemp("odd")
    shutil.copytree(template(Seed.SAIN), folder, symlinks=True, dirs_exist_ok=True)
    bindings.run("tests.lab.directory.oddities", [str(folder)])
    with serving(folder, own_address(), {}) as lab:
        yield lab


def test_a_value_of_a_megabyte_is_read_whole_and_judged(domain: LabDomain) -> None:
    data, statement = collect(target_of(domain), domain.password)
    facts = directory_codec.decode(data)
    assert statement.complete
    menus = [one for one in facts.entries if COMMAND in one.texts("adminContextMenu")]
    assert len(menus) == 1 and len(COMMAND.encode()) > 1_000_000
    (finding,) = evaluate(facts, {"vuln_display_specifier": CHECKS["vuln_display_specifier"]})
    assert (finding.verdict, finding.objects) == (Verdict.FAIL, (menus[0].dn,))


def test_a_name_that_goes_right_to_left_is_kept_and_shown_without_its_marks(
    domain: LabDomain,
    dossier: Dossier,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    dossier.close()
    monkeypatch.setenv("CARE_LDAP_PASSWORD", domain.password)
    place = ["--dossier", str(dossier.path)]
    given = ["--user", domain.user_upn, "--ca-file", str(domain.ca_file)]
    assert app.run(["probe", "directory", domain.address, *given, *place]) == 0
    assert app.run(["findings", *place]) == 0
    shown = capsys.readouterr().out
    assert "nimda سارة" in shown
    assert not any(mark in shown for mark in MARKS)
    data, _ = collect(target_of(domain), domain.password)
    entries = directory_codec.decode(data).entries
    (account,) = (one for one in entries if one.text("sAMAccountName") == BACKWARDS_LOGIN)
    assert account.dn.startswith(f"CN={BACKWARDS},")
