"""The file that the real nmap writes is the one we read."""

import socket
import subprocess
from pathlib import Path

import pytest

from care_kit.model.facts.exposure import ExposureFacts, PortState
from care_kit.model.formats import codec
from care_kit.probes.imports.nmap_xml import import_nmap
from tests.probes.exposure.scopes import scope


@pytest.mark.lab
def test_what_the_real_nmap_wrote_is_imported(tmp_path: Path) -> None:
    written = tmp_path / "balayage.xml"
    with socket.create_server(("127.0.0.1", 0)) as server:
        number = server.getsockname()[1]
        subprocess.run(
            ["nmap", "-n", "-Pn", "-sT", "-p", f"{number}", "-oX", str(written), "127.0.0.1"],
            check=True,
            capture_output=True,
            timeout=60,
        )
    loopback = scope(view="interne", networks=("127.0.0.1/32",), hosts=())
    raw, statement = import_nmap(written, loopback, "")
    facts = codec.decode(ExposureFacts, codec.decompress(raw))
    states = {one.port: one.state for one in facts.ports}
    assert states[number] is PortState.OPEN
    assert f"-p {number}" in statement.commands[0]
