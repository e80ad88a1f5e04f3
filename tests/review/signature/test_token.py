"""A key that never leaves its token (SoftHSM stands for a card), through PKCS#11."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Care
from tests.review.signature.authority import Authority
from tests.review.signature.test_signature import told

LIBRARY = Path("/usr/lib/softhsm/libsofthsm2.so")
pytestmark = pytest.mark.lab


@pytest.fixture
def card(authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The name of a token that holds a signer's key and certificate."""
    store = tmp_path / "jetons"
    store.mkdir()
    config = tmp_path / "softhsm2.conf"
    config.write_text(f"directories.tokendir = {store}\nobjectstore.backend = file\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(config))
    key = authority.signer("Camille Carte")
    pem, private = key.with_suffix(".pem"), key.with_suffix(".key")
    init = ("--init-token", "--free", "--label", "carte", "--so-pin", "5678", "--pin", "1234")
    _run("softhsm2-util", *init)
    given = ("--token", "carte", "--pin", "1234", "--label", "signature", "--id", "01")
    _run("softhsm2-util", "--import", str(private), *given)
    _certificate(pem)
    yield "carte"


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, env=dict(os.environ))


def _certificate(pem: Path) -> None:
    """Put the certificate beside its key: softhsm2-util only imports keys."""
    import pkcs11
    from asn1crypto import pem as armor
    from pkcs11.util.x509 import decode_x509_certificate

    raw = armor.unarmor(pem.read_bytes())[2]
    token = pkcs11.lib(str(LIBRARY)).get_token(token_label="carte")
    with token.open(user_pin="1234", rw=True) as session:
        attributes = decode_x509_certificate(raw)
        attributes[pkcs11.Attribute.TOKEN] = True
        attributes[pkcs11.Attribute.LABEL] = "signature"
        attributes[pkcs11.Attribute.ID] = b"\x01"
        session.create_object(attributes)


def signed(care: Care, package: Path, **changes: str) -> tuple[int, str]:
    given = {"--pkcs11": str(LIBRARY), "--token": "carte", "--label": "signature"} | changes
    result = care("sign", str(package), *(word for pair in given.items() for word in pair))
    return result.code, result.err


def test_a_token_signs(care: Care, package: Path, authority: Authority, card: str) -> None:
    assert shutil.which("softhsm2-util")
    code, err = signed(care, package)
    assert code == 0, err
    code, words = told(care, str(package), "--trust", str(authority.folder / "racine.pem"))
    assert code == 0, words
    assert "Camille Carte" in words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"--token": "absente"}, "n'est pas là"),
        ({"--label": "autre"}, "ne porte pas de certificat"),
        ({"--pkcs11": "/etc/hostname"}, "n'est pas là"),
    ],
)
def test_what_is_absent_is_named(
    care: Care, package: Path, card: str, changes: dict[str, str], words: str
) -> None:
    code, err = signed(care, package, **changes)
    assert code == 2, err
    assert words in err
    assert not package.with_suffix(".p7s").exists()


def test_a_wrong_pin_is_told_with_its_danger(
    care: Care, package: Path, card: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARE_SIGN_PIN", "9999")
    code, err = signed(care, package)
    assert code == 2
    assert "Le code du porteur est faux" in err
