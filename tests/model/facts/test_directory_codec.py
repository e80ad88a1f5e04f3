import gc
import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from care_kit.model.facts.directory import DirectoryEntry, DirectoryFacts, Part
from care_kit.model.facts.directory_codec import FORMAT, decode, encode, subject_of
from tests.model.facts.descriptors import Entry, descriptor

SHARED = descriptor("S-1-5-18", Entry("S-1-5-11", 0x20094))
OTHER = descriptor("S-1-5-32-544")


def entry(dn: str, *raw: bytes, **attributes: bytes) -> DirectoryEntry:
    known: dict[str, tuple[bytes, ...]] = {name: (value,) for name, value in attributes.items()}
    if raw:
        known["ntsecuritydescriptor"] = raw
    return DirectoryEntry(dn, Part.DOMAIN, known)


FACTS = DirectoryFacts(
    taken_at=datetime(2026, 1, 1, tzinfo=UTC),
    domain_dn="DC=test,DC=lan",
    configuration_dn="CN=Configuration,DC=test,DC=lan",
    forest_dns="test.lan",
    root={"dnsHostName": ("dc1.test.lan",)},
    entries=(
        entry("CN=A", SHARED, cn="Élodie".encode()),
        entry("CN=B", OTHER),
        entry("CN=C", SHARED, objectsid=b"\xff\x00"),
        entry("CN=D"),
    ),
    unreadable=("Silos : rien.",),
)


def lines(data: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in gzip.decompress(data).splitlines()]


def rewritten(*changed: dict[str, object]) -> bytes:
    return gzip.compress(b"\n".join(json.dumps(one).encode() for one in changed))


def test_facts_survive_the_journey() -> None:
    assert decode(encode(FACTS)) == FACTS


def test_the_same_facts_give_the_same_bytes() -> None:
    assert encode(FACTS) == encode(decode(encode(FACTS)))


def test_a_descriptor_is_written_once_before_the_first_object_that_has_it() -> None:
    kinds = [("descriptor" in one, one.get("sd")) for one in lines(encode(FACTS))[1:]]
    assert kinds == [(True, None), (False, 0), (True, None), (False, 1), (False, 0), (False, None)]


def test_a_first_line_nested_without_end_is_refused() -> None:
    bottomless = gzip.compress(b"[" * 100_000)
    for read in (decode, subject_of):
        with pytest.raises(ValueError, match="not a directory reading"):
            read(bottomless)


def test_readings_made_before_descriptors_were_read_still_open() -> None:
    header = lines(encode(FACTS))[0] | {"format": "care-kit/directory-facts/1"}
    former = rewritten(header, {"a": {"cn": ["A"]}, "dn": "CN=A", "part": "domain"})
    (found,) = decode(former).entries
    assert (found.text("cn"), found.descriptor) == ("A", None)


@pytest.mark.parametrize("version", ["1", "2"])
def test_former_readings_say_what_they_never_asked_for(version: str) -> None:
    header = lines(encode(FACTS))[0] | {"format": f"care-kit/directory-facts/{version}"}
    former = decode(rewritten(header))
    assert former.unreadable[: len(FACTS.unreadable)] == FACTS.unreadable
    assert not former.has_all_values("scriptPath")
    assert not former.has_all_values("msDS-DelegatedManagedServiceAccount")
    assert former.has_all_values("sIDHistory")
    assert decode(encode(former)) == former, "saved again, it still says so"
    assert len(former.observation_gaps) == len(former.unreadable) - len(FACTS.unreadable)
    assert decode(encode(FACTS)).observation_gaps == ()


@pytest.mark.parametrize("rank", [1, -1])
def test_a_rank_that_names_no_descriptor_is_refused(rank: int) -> None:
    line: dict[str, object] = {"a": {}, "dn": "CN=A", "part": "domain", "sd": rank}
    with pytest.raises(ValueError, match="unknown descriptor"):
        decode(rewritten(lines(encode(FACTS))[0], line))


def test_another_format_is_refused() -> None:
    header = lines(encode(FACTS))[0] | {"format": FORMAT + "0"}
    with pytest.raises(ValueError, match="unknown format"):
        decode(rewritten(header))


def test_bytes_that_are_not_a_descriptor_are_kept_and_read_as_none() -> None:
    assert entry("CN=A", b"\x01").descriptor is None


ENTRY: dict[str, object] = {"a": {}, "dn": "CN=A", "part": "domain"}


@pytest.mark.parametrize(
    "line",
    [
        b"[1]",
        b"1",
        b'"CN=A"',
        b'{"a":1,"dn":"CN=A","part":"domain"}',
        b'{"a":{},"dn":1,"part":"domain"}',
        b'{"a":{"cn":[1]},"dn":"CN=A","part":"domain"}',
        b'{"a":{"cn":[{"b64":1}]},"dn":"CN=A","part":"domain"}',
        b'{"a":{},"dn":"CN=A","part":"domain","sd":"0"}',
        b'{"a":{},"dn":"CN=A","part":"nowhere"}',
        b'{"a":{},"dn":"CN=A","part":"domain"},{"a":{},"dn":"CN=B","part":"domain"}',
        b"",
    ],
)
def test_a_line_of_another_shape_is_refused(line: bytes) -> None:
    header = encode(FACTS)
    with pytest.raises(ValueError):
        decode(gzip.compress(gzip.decompress(header) + line + b"\n" + json.dumps(ENTRY).encode()))


def test_objects_that_span_many_batches_come_back_in_order() -> None:
    many = tuple(entry(f"CN={rank}", cn=str(rank).encode()) for rank in range(1000))
    assert decode(encode(replace(FACTS, entries=many))).entries == many


def test_decoding_leaves_the_collector_of_cycles_as_it_was() -> None:
    for switch in (gc.disable, gc.enable):
        switch()
        before = gc.isenabled()
        decode(encode(FACTS))
        assert gc.isenabled() is before


def test_what_a_reading_is_about_is_in_its_first_line() -> None:
    assert subject_of(encode(FACTS)) == ("test.lan", "DC=test,DC=lan")
