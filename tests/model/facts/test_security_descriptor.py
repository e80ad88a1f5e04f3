"""Security descriptors: what a real one says, and that no bytes at all can surprise the reader."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_kit.model.facts.security_descriptor import Ace, AceKind, parse
from tests.model.facts.descriptors import Entry, descriptor

MEMBER = "bf9679c0-0de6-11d0-a285-00aa003049e2"
GROUP = "bf967a9c-0de6-11d0-a285-00aa003049e2"


def test_owner_group_and_list_are_read() -> None:
    found = parse(descriptor("S-1-5-21-1-2-3-512", Entry("S-1-5-11", 0x20094)))
    assert (found.owner, found.group) == ("S-1-5-21-1-2-3-512", "S-1-5-18")
    assert found.dacl == (Ace(AceKind.ALLOW, 0, 0, 0x20094, "S-1-5-11"),)
    assert not found.protected


def test_object_entries_tell_what_they_are_about_and_who_inherits_them() -> None:
    raw = descriptor("S-1-5-18", Entry("S-1-5-11", 0x20, MEMBER, GROUP, flags=0x1A))
    (ace,) = parse(raw).dacl or ()
    assert (ace.object_type, ace.inherited_type) == (MEMBER, GROUP)
    assert ace.inherited and ace.inherit_only


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (0, AceKind.ALLOW),
        (1, AceKind.DENY),
        (9, AceKind.ALLOW),
        (10, AceKind.DENY),
        (17, AceKind.OTHER),
        (255, AceKind.OTHER),
    ],
)
def test_each_type_of_entry(kind: int, said: AceKind) -> None:
    (ace,) = parse(descriptor("S-1-5-18", Entry("S-1-5-11", 1, kind=kind))).dacl or ()
    assert (ace.kind, ace.conditional) == (said, kind in (9, 10))


def test_a_protected_list_is_told() -> None:
    assert parse(descriptor("S-1-5-18", protected=True)).protected


def test_no_list_is_not_an_empty_list() -> None:
    assert parse(descriptor("S-1-5-18")).dacl == ()
    assert parse(struct.pack("<BBHIIII", 1, 0, 0x8000, 0, 0, 0, 0)).dacl is None


HEALTHY = descriptor(
    "S-1-5-21-1-2-3-512",
    Entry("S-1-5-11", 0x20094),
    Entry("S-1-5-21-1-2-3-1105", 0x20, MEMBER, GROUP),
    Entry("S-1-1-0", 0x100, kind=17),
)


def only_value_errors(raw: bytes) -> None:
    try:
        parse(raw)
    except ValueError:
        return


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    only_value_errors(raw)


@pytest.mark.parametrize("length", range(len(HEALTHY)))
def test_every_truncation_is_read_or_refused(length: int) -> None:
    only_value_errors(HEALTHY[:length])


@given(st.integers(0, len(HEALTHY) - 1), st.integers(0, 255), st.integers(0, 255))
def test_wrong_sizes_counts_and_offsets_are_read_or_refused(
    place: int, low: int, high: int
) -> None:
    damaged = bytearray(HEALTHY)
    damaged[place : place + 2] = bytes((low, high))
    only_value_errors(bytes(damaged))


def test_a_list_that_announces_too_many_entries_is_refused() -> None:
    damaged = bytearray(HEALTHY)
    place = struct.unpack_from("<I", HEALTHY, 16)[0]
    damaged[place + 4 : place + 6] = b"\xff\xff"
    with pytest.raises(ValueError, match=r"size|truncated"):
        parse(bytes(damaged))


def test_entries_of_size_zero_do_not_loop() -> None:
    damaged = bytearray(HEALTHY)
    place = struct.unpack_from("<I", HEALTHY, 16)[0]
    damaged[place + 10 : place + 12] = b"\0\0"
    with pytest.raises(ValueError, match="size"):
        parse(bytes(damaged))
