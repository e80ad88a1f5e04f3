"""A template of the hospital's own reads its folder and what it is given, and nothing else."""

import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from care_kit.exporters import typeset
from care_kit.exporters.report import report
from care_kit.model.words.errors import ContentError
from tests.exporters import sample


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "overlay" / "templates"
    folder.mkdir(parents=True)
    monkeypatch.setenv("CARE_KIT_OVERLAY", str(folder.parent))
    return folder


def printed(own: Path, text: str) -> str:
    (own / "rapport.html.j2").write_text(text, "utf-8")
    return report(sample.sample(), sample.COMPLETE).decode("utf-8")


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../secret.txt", "sous/../../secret.txt", "lien.txt"]
)
def test_a_template_reads_no_file_outside_its_folder(own: Path, name: str) -> None:
    (own.parent / "secret.txt").write_text("mot de passe", "utf-8")
    (own / "lien.txt").symlink_to(own.parent / "secret.txt")
    with pytest.raises(ContentError, match="hors de son dossier"):
        printed(own, f'{{% include "{name}" %}}')


def test_a_template_reads_its_own_folder(own: Path) -> None:
    (own / "logo.svg").write_text("<svg/>", "utf-8")
    assert printed(own, '{% include "logo.svg" %}') == "<svg/>"


@pytest.mark.parametrize(
    "asked",
    [
        "m.digest_of('svc_pacs')",
        "m.opened(m.state.readings[0].facts_sha512)",
        "m.journal | join",
        "m.own_files | join",
        "m.pseudonym_key | default('')",
    ],
)
def test_a_template_gets_no_key_no_raw_bytes_no_journal(own: Path, asked: str) -> None:
    assert printed(own, f"[{{{{ {asked} }}}}]") == "[]"


TYPST = {
    "absolute": '#read("/etc/passwd")',
    "outside": '#read("../secret.txt")',
    "beside": '#read("secret.txt")',
    "module": '#import "@preview/cetz:0.3.1": *',
    "built name": '#import ("@" + "preview/cetz:0.3.1"): *',
}


@pytest.mark.parametrize("source", TYPST.values(), ids=TYPST)
def test_typst_sees_only_what_it_is_given_and_reaches_no_network(
    own: Path, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own / "secret.txt").write_text("mot de passe", "utf-8")
    monkeypatch.chdir(own)
    (own / "financement.typ").write_text(source, "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        proxy.settimeout(0.2)
        for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.getsockname()[1]}")
        with pytest.raises(ContentError, match="est fautif"):
            typeset.pdf("financement.typ", {}, datetime(2026, 1, 1, tzinfo=UTC))
        with pytest.raises(TimeoutError):
            proxy.accept()
