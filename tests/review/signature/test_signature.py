"""A package signed, dated, wrapped: what is told, and what others say of the same files."""

import hashlib
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Care
from tests.review.rebuild import files_of, resealed
from tests.review.signature.authority import Authority

pytestmark = pytest.mark.lab


def told(care: Care, *arguments: str) -> tuple[int, str]:
    result = care("verify", *arguments)
    return result.code, " ".join((result.out + result.err).replace("\u00a0", " ").split())


def signed(care: Care, package: Path, key: Path, *more: str) -> None:
    result = care("sign", str(package), "--key", str(key), *more)
    assert result.code == 0, result.err


def manifest_of(package: Path, folder: Path) -> Path:
    path = folder / "tagmanifest-sha512.txt"
    with zipfile.ZipFile(package) as archive:
        name = next(one for one in archive.namelist() if one.endswith(path.name))
        path.write_bytes(archive.read(name))
    return path


def referee(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_absence_is_said_and_is_no_fault(care: Care, package: Path) -> None:
    code, words = told(care, str(package))
    assert code == 0
    assert "Signature : absente." in words


@pytest.mark.parametrize("curve", [False, True], ids=["RSA", "P-256"])
def test_a_signature_is_told_in_words_and_accepted_by_openssl(
    care: Care, package: Path, authority: Authority, tmp_path: Path, curve: bool
) -> None:
    signed(care, package, authority.signer(curve=curve))
    code, words = told(care, str(package))
    assert code == 0, words
    assert "valide, par « Camille Signataire (CH fictif) »" in words
    assert "chaîne non vérifiée (aucune racine donnée, --trust)" in words
    assert "certificat qui ne se déclare pas qualifié" in words
    assert "révocation non contrôlée" in words
    assert "date du poste du signataire" in words
    root = authority.folder / "racine.pem"
    code, words = told(care, str(package), "--trust", str(root))
    assert code == 0, words
    assert words.count("chaîne vérifiée jusqu'à une racine donnée") == 2
    referee(
        "openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER",
        "-in", str(package.with_suffix(".p7s")), "-content", str(manifest_of(package, tmp_path)),
        "-CAfile", str(root), "-purpose", "any", "-out", "/dev/null",
    )  # fmt: skip


def test_the_slip_prints_what_the_package_is_and_pdfsig_accepts_it(
    care: Care, package: Path, authority: Authority
) -> None:
    signed(care, package, authority.signer())
    slip = package.with_suffix(".bordereau.pdf")
    assert "Signature Validation: Signature is Valid." in referee("pdfsig", "-nocert", str(slip))
    text = "".join(referee("pdftotext", "-layout", str(slip), "-").replace("\u200b", "").split())
    digest = hashlib.sha512(package.read_bytes()).hexdigest()
    for value in ("990000010", digest, str(package.stat().st_size), package.name.replace("_", "_")):
        assert value in text, value


def test_revocation_is_judged_with_the_list_given(
    care: Care, package: Path, authority: Authority
) -> None:
    key = authority.signer("Camille Revoquee")
    signed(care, package, key)
    root = ("--trust", str(authority.folder / "racine.pem"))
    code, words = told(care, str(package), *root, "--crl", str(authority.nothing_revoked()))
    assert code == 0, words
    assert "révocation contrôlée (liste du" in words
    code, words = told(care, str(package), *root, "--crl", str(authority.revoked(key)))
    assert code == 1
    assert "certificat révoqué" in words


def test_a_qualified_certificate_is_only_its_own_word(
    care: Care, package: Path, authority: Authority
) -> None:
    signed(care, package, authority.signer("Camille Qualifiee", qualified=True))
    assert "se déclare qualifié : c'est sa propre parole" in told(care, str(package))[1]


def test_another_root_does_not_vouch(
    care: Care, package: Path, authority: Authority, tmp_path: Path
) -> None:
    signed(care, package, authority.signer())
    other = Authority.made(tmp_path)
    code, words = told(care, str(package), "--trust", str(other.folder / "racine.pem"))
    assert code == 1
    assert "qu'aucune des racines données ne garantit" in words


def test_a_signature_or_a_slip_of_another_package_is_refused(
    care: Care, package: Path, authority: Authority
) -> None:
    signed(care, package, authority.signer())
    files = files_of(package)
    info = next(one for one in files if one.endswith("bag-info.txt"))
    other = package.with_name("autre.zip")
    other.write_bytes(resealed({**files, info: files[info]})[:-1] + b"\0")
    files[info] += b"Contact-Name: x\n"
    other.write_bytes(resealed(files))
    for suffix in (".p7s", ".bordereau.pdf"):
        shutil.copy(package.with_suffix(suffix), other.with_suffix(suffix))
    code, words = told(care, str(other))
    assert code == 1
    assert "autre.p7s est la signature d'un autre fichier" in words
    assert "n'est pas le bordereau de ce paquet" in words


@pytest.mark.parametrize("suffix", [".p7s", ".bordereau.pdf", ".tsr"])
@pytest.mark.parametrize("damage", ["cut", "empty", "rubbish", "one byte"])
def test_a_damaged_companion_is_one_sentence(
    care: Care, package: Path, authority: Authority, suffix: str, damage: str
) -> None:
    signed(care, package, authority.signer())
    if suffix == ".tsr":
        package.with_suffix(".p7s").unlink()
        assert care("timestamp", str(package), "--request").code == 0
        answer = authority.stamped(package.with_suffix(".tsq"))
        assert care("timestamp", str(package), "--answer", str(answer)).code == 0
    path = package.with_suffix(suffix)
    whole = bytearray(path.read_bytes())
    whole[-9 if suffix == ".p7s" else len(whole) // 2] ^= 0xFF
    path.write_bytes(
        {
            "cut": path.read_bytes()[:-200],
            "empty": b"",
            "rubbish": b"\x30\x82" + b"x" * 500,
            "one byte": bytes(whole),
        }[damage]
    )
    code, words = told(care, str(package))
    assert code == 1, words
    assert f"[X] {path.name} : {path.name} " in words
    assert "Traceback" not in words


def test_a_request_travels_and_the_answer_comes_back_into_the_signature(
    care: Care, package: Path, authority: Authority
) -> None:
    signed(care, package, authority.signer())
    assert care("timestamp", str(package), "--request").code == 0
    query = package.with_suffix(".tsq")
    assert "sha512" in referee("openssl", "ts", "-query", "-in", str(query), "-text").lower()
    answer = authority.stamped(query)
    before = package.with_suffix(".p7s").read_bytes()
    assert care("timestamp", str(package), "--answer", str(answer)).code == 0
    assert len(package.with_suffix(".p7s").read_bytes()) > len(before)
    code, words = told(care, str(package), "--trust", str(authority.folder / "racine.pem"))
    assert code == 0, words
    assert "date donnée par un tiers" in words
    assert "Horodateur d'essai" in words
    assert "dont la chaîne est vérifiée" in words


def test_without_a_certificate_a_token_alone_dates_the_package(
    care: Care, package: Path, authority: Authority, tmp_path: Path
) -> None:
    assert care("timestamp", str(package), "--request").code == 0
    answer = authority.stamped(package.with_suffix(".tsq"))
    assert care("timestamp", str(package), "--answer", str(answer)).code == 0
    code, words = told(care, str(package))
    assert code == 0, words
    assert "Signature : absente." in words
    assert "date donnée par un tiers" in words
    data = manifest_of(package, tmp_path)
    root = str(authority.folder / "racine.pem")
    out = referee(
        "openssl", "ts", "-verify", "-in", str(package.with_suffix(".tsr")), "-data", str(data),
        "-CAfile", root, "-untrusted", str(authority.folder / "unite.pem"),
    )  # fmt: skip
    assert "Verification: OK" in out


def test_an_answer_about_something_else_is_refused_and_nothing_is_written(
    care: Care, package: Path, authority: Authority, tmp_path: Path
) -> None:
    query = tmp_path / "autre.tsq"
    (tmp_path / "autre").write_bytes(b"autre")
    referee("openssl", "ts", "-query", "-data", str(tmp_path / "autre"), "-sha512", "-cert",
            "-out", str(query))  # fmt: skip
    answer = authority.stamped(query)
    result = care("timestamp", str(package), "--answer", str(answer))
    assert result.refused_clearly
    assert "date autre chose" in result.err
    assert not package.with_suffix(".tsr").exists()


def test_all_in_one_file_is_read_by_our_verifier_and_openssl(
    care: Care, package: Path, authority: Authority, tmp_path: Path
) -> None:
    signed(care, package, authority.signer(), "--asic")
    container = package.with_suffix(".asice")
    code, words = told(care, str(container), "--trust", str(authority.folder / "racine.pem"))
    assert code == 0, words
    assert "Paquet intègre" in words
    assert "chaîne vérifiée jusqu'à une racine donnée" in words
    with zipfile.ZipFile(container) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        archive.extractall(tmp_path / "x")
    meta = tmp_path / "x" / "META-INF"
    referee(
        "openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER",
        "-in", str(meta / "signature001.p7s"), "-content", str(meta / "ASiCManifest001.xml"),
        "-CAfile", str(authority.folder / "racine.pem"), "-purpose", "any", "-out", "/dev/null",
    )  # fmt: skip


def test_a_package_swapped_inside_a_container_is_seen(
    care: Care, package: Path, authority: Authority, tmp_path: Path
) -> None:
    signed(care, package, authority.signer(), "--asic")
    container = package.with_suffix(".asice")
    forged = tmp_path / "forge.asice"
    with zipfile.ZipFile(container) as source, zipfile.ZipFile(forged, "w") as target:
        for one in source.infolist():
            content = source.read(one)
            if one.filename.endswith(".zip"):
                files = files_of(package)
                readme = next(name for name in files if name.endswith("LISEZ-MOI.html"))
                content = resealed({**files, readme: files[readme] + b"<!-- -->"})
            target.writestr(one, content)
    code, words = told(care, str(forged))
    assert code == 1
    assert "ne couvre pas le paquet du conteneur" in words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("wrong passphrase", "phrase de passe fausse"),
        ("not a certificate", "phrase de passe fausse, ou ce n'est pas un PKCS#12"),
        ("absent", "n'existe pas"),
        ("expired", "a expiré le"),
        ("no key", "Dites avec quoi signer"),
        ("no library", "n'existe pas"),
    ],
)
def test_what_cannot_sign_is_one_sentence_and_nothing_is_written(
    care: Care,
    package: Path,
    authority: Authority,
    monkeypatch: pytest.MonkeyPatch,
    change: str,
    words: str,
) -> None:
    arguments = ["--key", str(authority.signer())]
    if change == "wrong passphrase":
        monkeypatch.setenv("CARE_SIGN_PASSPHRASE", "autre")
    elif change == "not a certificate":
        arguments = ["--key", str(package)]
    elif change == "absent":
        arguments = ["--key", "rien.p12"]
    elif change == "expired":
        arguments = ["--key", str(authority.signer("Camille Expiree", days=-1))]
    elif change == "no key":
        arguments = []
    elif change == "no library":
        arguments = ["--pkcs11", "/rien.so", "--token", "x", "--label", "y"]
    result = care("sign", str(package), *arguments)
    assert result.refused_clearly, result.err
    assert words in result.err
    assert sorted(one.name for one in package.parent.iterdir()) == [package.name]


def test_a_lie_is_not_signed(care: Care, package: Path, authority: Authority) -> None:
    files = files_of(package)
    report = next(one for one in files if one.endswith("rapport.html"))
    package.write_bytes(resealed({**files, report: files[report] + b" "}))
    result = care("sign", str(package), "--key", str(authority.signer()))
    assert result.refused_clearly
    assert "n'est pas signé" in result.err


def test_a_container_that_was_cut_or_altered_is_one_sentence(
    care: Care, package: Path, authority: Authority
) -> None:
    signed(care, package, authority.signer(), "--asic")
    container = package.with_suffix(".asice")
    whole = container.read_bytes()
    for damaged in (whole[:-30], whole[: len(whole) // 2], whole[:5000] + b"x" + whole[5001:]):
        container.write_bytes(damaged)
        assert care("verify", str(container)).refused_clearly
