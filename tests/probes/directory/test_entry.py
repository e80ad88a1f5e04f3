"""Entries as they travel: encoded by ldap3's own library, read by ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ldap3.protocol.rfc4511 import LDAPMessage, MessageID, ProtocolOp, SearchResultEntry
from pyasn1.codec.ber.encoder import encode

from care_kit.probes.directory.entry import ENTRY, MalformedAnswerError, decode, operation


def message(dn: str, **attributes: tuple[bytes, ...]) -> bytes:
    entry = SearchResultEntry()
    entry["object"] = dn
    for rank, (name, values) in enumerate(attributes.items()):
        entry["attributes"][rank]["type"] = name
        for place, value in enumerate(values):
            entry["attributes"][rank]["vals"][place] = value
    whole = LDAPMessage()
    whole["messageID"] = MessageID(70_000)
    whole["protocolOp"] = ProtocolOp().setComponentByName("searchResEntry", entry)
    raw: bytes = encode(whole)
    return raw


LONG = message("CN=Élodie,DC=test", objectSid=(b"\xff\x00" * 300,), CN=("Élodie".encode(), b"E"))


def test_an_entry_is_read_with_lower_case_names_and_raw_values() -> None:
    assert operation(LONG) == ENTRY
    assert decode(LONG) == (
        "CN=Élodie,DC=test",
        {"objectsid": [b"\xff\x00" * 300], "cn": ["Élodie".encode(), b"E"]},
    )


def read_or_refused(raw: bytes) -> None:
    for read in (operation, decode):
        try:
            read(raw)
        except MalformedAnswerError:
            continue


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    read_or_refused(raw)


@pytest.mark.parametrize("length", range(0, len(LONG), 3))
def test_every_truncation_is_refused(length: int) -> None:
    with pytest.raises(MalformedAnswerError):
        decode(LONG[:length])


@given(st.integers(0, len(LONG) - 1), st.integers(0, 255))
def test_a_wrong_byte_is_read_or_refused(place: int, value: int) -> None:
    read_or_refused(LONG[:place] + bytes([value]) + LONG[place + 1 :])
