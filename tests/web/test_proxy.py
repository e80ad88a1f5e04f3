"""The proxy of the documentation, run as it is written there."""

import re
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from care_kit.dossier.dossier import Dossier
from tests.lab.exposure import certificates
from tests.web.browser import chromium
from tests.web.command import in_terminal

pytestmark = pytest.mark.lab

NAME = "care.hopital.example"
PAGE = Path(__file__).parents[2] / "docs/fr/navigateur.md"
TRUSTING = ("--ignore-certificate-errors", f"--host-resolver-rules=MAP {NAME} 127.0.0.1")
AROUND = """daemon off; pid {folder}/nginx.pid; error_log stderr;
events {{}}
http {{
  proxy_temp_path {folder}/t1; client_body_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  {server}
}}
"""


async def test_the_documented_proxy_carries_it_over_tls(dossier: Dossier, tmp_path: Path) -> None:
    dossier.close()
    here, tls = free_port(), free_port()
    public = f"https://{NAME}:{tls}"
    with (
        in_terminal(dossier.path, "--port", str(here), "--public-url", public) as command,
        nginx(tmp_path, here, tls),
    ):
        assert command.link.startswith(f"{public}/entree/")
        async with chromium(tmp_path / "profil", *TRUSTING) as new_tab:
            tab = await new_tab()
            await tab.open(command.link)
            await tab.until(lambda screen: "À faire maintenant" in screen)
            assert {one.split("/")[2] for one in tab.requested} == {f"{NAME}:{tls}"}
            assert any(one.startswith("wss://") for one in tab.requested)


@contextmanager
def nginx(folder: Path, here: int, tls: int) -> Iterator[None]:
    """nginx with the server of the page; only its ports and files are ours."""
    found = re.search(r"```nginx\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    key = ec.generate_private_key(ec.SECP256R1())
    pair = certificates.write(folder, "proxy", NAME, certificates.authority(), key=key)
    server = found[1]
    for shown, ours in (
        ("listen 443", f"listen 127.0.0.1:{tls}"),
        ("/etc/ssl/care.pem", str(pair[0])),
        ("/etc/ssl/care.key", str(pair[1])),
        ("127.0.0.1:8123", f"127.0.0.1:{here}"),
    ):
        assert server.count(shown) == 1
        server = server.replace(shown, ours)
    file = folder / "nginx.conf"
    file.write_text(AROUND.format(folder=folder, server=server))
    process = subprocess.Popen(["/usr/sbin/nginx", "-c", str(file), "-e", "stderr"])
    try:
        yield
    finally:
        process.terminate()
        process.wait(10)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
