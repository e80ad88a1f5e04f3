"""The order of suites and the heartbeat extension, as real servers answer."""

import ssl
import struct
from ipaddress import ip_address
from pathlib import Path

import pytest

from care_kit.demo.surface.certificate import write_expired
from care_kit.demo.surface.servers import weak_context
from care_kit.model.facts.exposure import PreferenceFact
from care_kit.probes.exposure import hello, tls
from care_kit.probes.exposure.pace import unpaced
from care_kit.rules.exposure.preference import STRONG
from tests.probes.exposure.local import serving
from tests.probes.exposure.test_suites import shaking

ADDRESS, HOST = ip_address("127.0.0.61"), "www.chu-exemple.test"
SUITES = "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-SHA:AES128-SHA"
GCM, RSA_CBC = 0xC02F, 0x002F


def asked(folder: Path, *, servers_order: bool, newest_only: bool = False) -> PreferenceFact | None:
    context = weak_context(write_expired(HOST, folder))
    if newest_only:
        context.minimum_version = ssl.TLSVersion.TLSv1_3
    else:
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        context.set_ciphers(f"{SUITES}:@SECLEVEL=0")
    if servers_order:
        context.options |= ssl.OP_CIPHER_SERVER_PREFERENCE
    else:
        context.options &= ~ssl.OP_CIPHER_SERVER_PREFERENCE
    with serving(shaking(context)) as port:
        return tls.look(HOST, ADDRESS, port, unpaced()).preference


def test_a_server_with_an_order_of_its_own_chooses_twice_the_same(tmp_path: Path) -> None:
    assert asked(tmp_path, servers_order=True) == PreferenceFact(GCM, GCM, False)


def test_a_server_that_follows_the_client_goes_down_to_its_weakest(tmp_path: Path) -> None:
    assert asked(tmp_path, servers_order=False) == PreferenceFact(GCM, RSA_CBC, False)


def test_tls_13_alone_is_not_asked(tmp_path: Path) -> None:
    assert asked(tmp_path, servers_order=True, newest_only=True) is None


@pytest.mark.parametrize("announced", [True, False])
def test_the_heartbeat_extension_is_read_in_the_answer(announced: bool) -> None:
    """No current OpenSSL announces it: the answer is written here, byte by byte."""
    extensions = struct.pack(">HHB", 0xFF01, 1, 0)
    extensions += struct.pack(">HHB", 15, 1, 1) if announced else b""
    body = b"\x03\x03" + bytes(32) + b"\x00" + struct.pack(">H", GCM) + b"\x00"
    body += struct.pack(">H", len(extensions)) + extensions
    message = b"\x02" + len(body).to_bytes(3) + body
    reply = hello.Reply()
    reply.feed(struct.pack(">BHH", hello.HANDSHAKE, 0x0303, len(message)) + message)
    assert (reply.suite, reply.heartbeat) == (GCM, announced)


def test_the_hello_asks_about_heartbeats_and_sends_none() -> None:
    sent = hello.backwards_hello(HOST)
    assert sent.count(struct.pack(">HHB", 15, 1, 1)) == 1
    assert sent[0] == hello.HANDSHAKE, "a heartbeat would be a record of type 24"
    assert struct.pack(">HHB", 15, 1, 1) not in hello.client_hello("TLSv1.2", HOST)


def test_the_strong_suites_of_the_rule_are_among_those_offered() -> None:
    assert all(hello.offered("TLSv1.2", one) for one in STRONG)
