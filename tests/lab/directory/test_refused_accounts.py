"""Accounts that a real controller refuses: the command says why in one sentence, and fails."""

import json
import secrets
import shutil
from collections.abc import Callable, Iterator

import pytest

from care_kit.cli import app
from care_kit.demo.samba import LabDomain, Seed, bindings
from care_kit.demo.samba.domain import serving
from care_kit.demo.samba.template import template
from care_kit.dossier.dossier import Dossier
from tests.lab.directory.conftest import own_address
from tests.lab.directory.refused_accounts import REFUSED

pytestmark = pytest.mark.lab

PASSWORD = f"{secrets.token_urlsafe(18)}-aA1!"
SENTENCES = {
    "expire": "Le mot de passe du compte « expire@chu-exemple.lan » a expiré.",
    "verrouille": "Le compte « verrouille@chu-exemple.lan » est verrouillé.",
    "desactive": "Le compte « desactive@chu-exemple.lan » est désactivé.",
    "perime": "Le compte « perime@chu-exemple.lan » a expiré.",
    "initial": (
        "Le compte « initial@chu-exemple.lan » doit changer son mot de passe avant de se connecter."
    ),
    "absent": "L'annuaire refuse le mot de passe ou le compte « absent@chu-exemple.lan ».",
}


@pytest.fixture(scope="module")
def domain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabDomain]:
    folder = tmp_path_factory.mktemp("refused")
    shutil.copytree(template(Seed.SAIN), folder, symlinks=True, dirs_exist_ok=True)
    given = json.dumps({"password": PASSWORD})
    bindings.run("tests.lab.directory.refused_accounts", [str(folder)], given)
    with serving(folder, own_address(), {}) as lab:
        yield lab


Answer = tuple[int, str]


@pytest.fixture
def probed(
    domain: LabDomain,
    dossier: Dossier,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[[str, str], Answer]:
    """The command as a script runs it: its exit code, and all it said."""
    dossier.close()

    def run(user: str, password: str) -> Answer:
        monkeypatch.setenv("CARE_LDAP_PASSWORD", password)
        code = app.run([
            "probe", "directory", domain.address, "--user", user,
            "--ca-file", str(domain.ca_file), "--dossier", str(dossier.path),
        ])  # fmt: skip
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def test_every_refused_account_has_its_sentence() -> None:
    assert set(SENTENCES) == {*REFUSED, "absent"}


@pytest.mark.parametrize("login", SENTENCES)
def test_a_refused_account_is_told_in_one_sentence(
    login: str, probed: Callable[[str, str], Answer]
) -> None:
    code, said = probed(f"{login}@chu-exemple.lan", PASSWORD)
    assert code == 5
    told, step = said.strip().splitlines()
    assert told == f"Erreur : {SENTENCES[login]}"
    assert step.startswith("À faire : ")
    assert PASSWORD not in said


def test_a_wrong_password_is_told_and_written_nowhere(
    domain: LabDomain, dossier: Dossier, probed: Callable[[str, str], Answer]
) -> None:
    wrong = f"faux-{secrets.token_urlsafe(12)}"
    code, said = probed(domain.user_upn, wrong)
    assert code == 5
    assert "refuse le mot de passe ou le compte" in said
    assert wrong not in said
    assert wrong.encode() not in dossier.path.read_bytes()
