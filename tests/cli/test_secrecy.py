"""Encryption to the examiner and to oneself; what was cut or altered leaves nothing behind."""

import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Care, Result

PASSPHRASE = "une longue phrase d'essai"


@pytest.fixture(autouse=True)
def passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARE_REVIEW_PASSPHRASE", PASSPHRASE)


def key(care: Care, name: str) -> str:
    result = care("review", "key", "new", "--to", f"{name}.age")
    assert result.code == 0, result.err
    return result.out.split("à publier : ")[1].split()[0]


def listed(*people: tuple[str, str, str], until: date | None = None) -> None:
    text = "".join(
        f'[[recipients]]\nid = "{one}"\nname = "{one.upper()}"\nrole = "{role}"\nkey = "{public}"\n'
        f"valid_from = 2026-01-01\nvalid_until = {until or date.today() + timedelta(days=30)}\n"
        'provenance = "proposed"\nsource = "Essai"\n'
        for one, role, public in people
    )
    Path("destinataires.toml").write_text(text, "utf-8")


@pytest.fixture
def sent(care: Care, tmp_path: Path) -> Path:
    """A file of five megabytes, encrypted to an agency and to the hospital."""
    listed(("ars", "examiner", key(care, "ars")), ("ch", "hospital", key(care, "ch")))
    clear = tmp_path / "paquet.zip"
    clear.write_bytes(bytes(range(256)) * 20_000)
    assert care("encrypt", "paquet.zip", "--to", "destinataires.toml").code == 0
    clear.rename(tmp_path / "original")
    return tmp_path / "paquet.zip.age"


def opened(care: Care, sent: Path, name: str) -> Result:
    return care("decrypt", str(sent), "--key", f"{name}.age", "--to", "recu")


@pytest.mark.parametrize("name", ["ars", "ch"])
def test_the_examiner_and_the_hospital_both_open_it(care: Care, sent: Path, name: str) -> None:
    assert opened(care, sent, name).code == 0
    assert Path("recu/paquet.zip").read_bytes() == Path("original").read_bytes()


def test_the_private_part_is_never_in_clear(care: Care, tmp_path: Path) -> None:
    key(care, "ars")
    raw = (tmp_path / "ars.age").read_bytes()
    assert raw.startswith(b"age-encryption.org")
    assert b"AGE-SECRET-KEY" not in raw
    assert (tmp_path / "ars.age").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", ["cut", "start", "middle", "end", "empty"])
def test_what_was_cut_or_altered_leaves_no_clear_file(care: Care, sent: Path, damage: str) -> None:
    raw = bytearray(sent.read_bytes())
    at = {"start": 20, "middle": len(raw) // 2, "end": -3}.get(damage)
    if at is not None:
        raw[at] ^= 1
    sent.write_bytes({"cut": bytes(raw[: len(raw) // 2]), "empty": b""}.get(damage, bytes(raw)))
    result = opened(care, sent, "ars")
    assert result.refused_clearly, result.err
    assert list(Path("recu").iterdir()) == []


def test_another_key_or_a_wrong_passphrase_opens_nothing(
    care: Care, sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key(care, "autre")
    assert opened(care, sent, "autre").refused_clearly
    monkeypatch.setenv("CARE_REVIEW_PASSPHRASE", "une autre phrase de passe")
    wrong = opened(care, sent, "ars")
    assert wrong.refused_clearly
    assert "phrase de passe fausse" in wrong.err
    assert list(Path("recu").iterdir()) == []


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("alone", "une clé de l'établissement"),
        ("expired", "vaut du 01/01/2026"),
        ("not a key", "n'est pas une clé age"),
        ("stranger", "n'est pas dans ce fichier"),
    ],
)
def test_recipients_that_do_not_hold_are_refused(care: Care, case: str, words: str) -> None:
    Path("paquet.zip").write_bytes(b"x")
    ars, own = key(care, "ars"), key(care, "ch")
    both = (("ars", "examiner", ars), ("ch", "hospital", own))
    if case == "alone":
        listed(both[0])
    elif case == "expired":
        listed(*both, until=date(2026, 2, 1))
    elif case == "not a key":
        listed(("ars", "examiner", "age1faux"), both[1])
    else:
        listed(*both)
    more = ("--recipient", "ailleurs") if case == "stranger" else ()
    result = care("encrypt", "paquet.zip", "--to", "destinataires.toml", *more)
    assert result.refused_clearly
    assert words in result.err
    assert not Path("paquet.zip.age").exists()


def test_the_fingerprint_is_the_same_where_the_key_is_made_and_listed(care: Care) -> None:
    made = care("review", "key", "new", "--to", "ars.age").out
    public = made.split("à publier : ")[1].split()[0]
    listed(("ars", "examiner", public))
    assert (
        made.strip().rpartition(" : ")[2] in care("review", "recipients", "destinataires.toml").out
    )


def test_a_key_never_goes_into_a_dossier_nor_over_a_file(care: Care) -> None:
    assert care("review", "key", "new", "--to", "ch.care").refused_clearly
    key(care, "ars")
    assert care("review", "key", "new", "--to", "ars.age").refused_clearly


@pytest.mark.lab
def test_the_age_program_opens_what_we_encrypt(care: Care, tmp_path: Path) -> None:
    assert shutil.which("age")
    made = subprocess.run(["age-keygen"], capture_output=True, text=True, check=True).stdout
    (tmp_path / "cle.txt").write_text(made)
    public = made.split("public key: ")[1].split()[0]
    listed(("ars", "examiner", public), ("ch", "hospital", key(care, "ch")))
    Path("paquet.zip").write_bytes(b"contenu" * 100_000)
    assert care("encrypt", "paquet.zip", "--to", "destinataires.toml").code == 0
    subprocess.run(
        ["age", "-d", "-i", "cle.txt", "-o", "clair", "paquet.zip.age"], check=True, cwd=tmp_path
    )
    assert Path("clair").read_bytes() == Path("paquet.zip").read_bytes()
