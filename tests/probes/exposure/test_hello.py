"""The raw ClientHello and what is read of the answer, byte by byte."""

import struct

import pytest

from care_kit.probes.exposure import hello


def server_hello(version: int, suite: int, extensions: bytes = b"") -> bytes:
    body = struct.pack(">H", min(version, 0x0303)) + bytes(32) + b"\x00"
    body += struct.pack(">HB", suite, 0)
    if extensions:
        body += struct.pack(">H", len(extensions)) + extensions
    return b"\x02" + len(body).to_bytes(3) + body


def record(payload: bytes, kind: int = 22) -> bytes:
    return struct.pack(">BHH", kind, 0x0301, len(payload)) + payload


def fed(*chunks: bytes) -> hello.Reply:
    reply = hello.Reply()
    for one in chunks:
        reply.feed(one)
    return reply


@pytest.mark.parametrize(("version", "number"), list(hello.VERSIONS.items())[:4])
def test_a_hello_names_its_own_version(version: str, number: int) -> None:
    sent = hello.client_hello(version, "www.chu-exemple.test")
    assert sent[0] == hello.HANDSHAKE
    assert int.from_bytes(sent[9:11]) == number
    assert int.from_bytes(sent[3:5]) == len(sent) - 5


def test_tls_1_3_is_offered_alone_in_its_extension() -> None:
    sent = hello.client_hello("TLSv1.3", "www.chu-exemple.test")
    assert b"\x00\x2b\x00\x03\x02\x03\x04" in sent


def test_the_name_is_sent_but_never_an_address() -> None:
    assert b"www.chu-exemple.test" in hello.client_hello("TLSv1.2", "www.chu-exemple.test")
    assert b"192.0.2.10" not in hello.client_hello("TLSv1.2", "192.0.2.10")


def test_sslv3_has_no_extension() -> None:
    assert b"chu" not in hello.client_hello("SSLv3", "www.chu-exemple.test")


def test_a_server_hello_tells_its_version_and_suite() -> None:
    reply = fed(record(server_hello(0x0301, 0x0035)))
    assert (reply.version, reply.suite) == (0x0301, 0x0035)


def test_tls_1_3_is_read_in_the_extension() -> None:
    reply = fed(record(server_hello(0x0304, 0x1301, b"\x00\x2b\x00\x02\x03\x04")))
    assert (reply.version, reply.done) == (0x0304, True)


def test_a_message_cut_across_records_and_reads_is_put_together() -> None:
    message = server_hello(0x0303, 0xC02F)
    stream = record(message[:10]) + record(message[10:])
    reply = fed(*(bytes([one]) for one in stream))
    assert reply.version == 0x0303


def test_the_leaf_certificate_is_taken_from_the_flight() -> None:
    leaf = b"certificate"
    chain = len(leaf).to_bytes(3) + leaf + (3).to_bytes(3) + b"abc"
    body = len(chain).to_bytes(3) + chain
    message = bytes([hello.CERTIFICATE]) + len(body).to_bytes(3) + body
    assert fed(record(server_hello(0x0301, 0x0035) + message)).certificate == leaf


def test_a_fatal_alert_ends_the_flight_and_a_warning_does_not() -> None:
    assert fed(record(b"\x02\x46", 21)).alert == 70
    reply = fed(record(b"\x01\x70", 21), record(server_hello(0x0303, 0xC02F)))
    assert (reply.alert, reply.version) == (-1, 0x0303)


@pytest.mark.parametrize(
    "data",
    [
        b"HTTP/1.1 400 Bad Request\r\n",
        b"220 ready\r\n",
        record(b"\x02", 21),
        record(b"\x02\x00\x00\x04abcd"),
        record(bytes([hello.CERTIFICATE]) + b"\x00\x00\x07\x00\x00\x04\x00\xff\xff\x00"),
    ],
)
def test_what_is_not_tls_is_malformed(data: bytes) -> None:
    with pytest.raises(hello.Malformed):
        fed(data)


def test_a_suite_never_proposed_is_recognised() -> None:
    assert hello.offered("TLSv1.2", 0xC02F)
    assert not hello.offered("TLSv1.2", 0x1301)
