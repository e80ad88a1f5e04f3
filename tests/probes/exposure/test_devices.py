"""A scripted HL7 engine and a scripted DICOM node keep what a whole run sends them.

The same is shown with nmap, and with a real DICOM node, in the lab.
"""

import socket
from dataclasses import replace
from datetime import date, timedelta

import pytest

from care_kit.model.facts.exposure import ExposureFacts, PortState
from care_kit.model.facts.scope import Validity
from care_kit.model.formats import codec
from care_kit.probes.exposure import collect, dicom, services
from care_kit.probes.exposure.plan import plan
from tests.probes.exposure.local import Behaviour, serving
from tests.probes.exposure.scopes import scope

ADDRESS, HL7, DICOM = "127.0.0.61", 2575, 11112
ACCEPT = bytes.fromhex("0200 00000002 0001")


def recording(kept: list[bytes], answer: bytes = b"") -> Behaviour:
    """A device that keeps every connection's bytes, and answers the first ones."""

    def device(peer: socket.socket) -> None:
        peer.settimeout(2)
        heard = b""
        try:
            while data := peer.recv(4096):
                heard += data
                if answer and heard == data:
                    peer.sendall(answer)
        except TimeoutError:
            pass
        finally:
            kept.append(heard)

    return device


@pytest.mark.parametrize("fragile", [False, True])
def test_devices_receive_what_the_plan_announced_and_nothing_else(fragile: bool) -> None:
    one = scope(
        view="interne",
        networks=(f"{ADDRESS}/32",),
        validity=Validity(date.today(), date.today() + timedelta(days=1)),
        domains=(),
        hosts=(),
        excluded_ports=tuple(services.PORTS - {HL7, DICOM}) + tuple(services.UDP_PORTS),
        resolver=f"{ADDRESS}:53",
    )
    one = replace(one, fragile_addresses=(ADDRESS,) if fragile else ())
    engine: list[bytes] = []
    node: list[bytes] = []
    with serving(recording(engine), HL7), serving(recording(node, ACCEPT), DICOM):
        data, _ = collect(one, "0" * 64, use_nmap=False)
    facts = codec.decode(ExposureFacts, codec.decompress(data))
    assert {p.port for p in facts.ports if p.state is PortState.OPEN} == {HL7, DICOM}
    assert b"".join(engine) == b""
    assert plan(one).associations == (0 if fragile else 1)
    assert b"".join(node) == (b"" if fragile else dicom.request() + dicom.RELEASE)
