"""LDIF of RFC 2849: what is read, what is refused, and what is not believed.

LDIF written by a real ldapsearch is read in `tests/lab/directory/test_ldif_import.py`.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from care_kit.model.facts import directory_codec
from care_kit.model.facts.directory import DirectoryFacts, Section, unasked
from care_kit.model.words.errors import InputError
from care_kit.probes.directory.searches import searches
from care_kit.probes.imports.ldif import read_ldif
from care_kit.probes.imports.ldif_reading import read_ldif_facts

ROOT = b"""dn:
defaultNamingContext: DC=ch,DC=lan
configurationNamingContext: CN=Configuration,DC=ch,DC=lan
rootDomainNamingContext: DC=ch,DC=lan
currentTime: 20260301083000.0Z
"""


def header(base: str, asked: str = "ALL", scope: str = "subtree") -> bytes:
    return (
        f"# extended LDIF\n#\n# LDAPv3\n# base <{base}> with scope {scope}\n"
        f"# filter: (objectClass=*)\n# requesting: {asked}\n#\n\n"
    ).encode()


WHOLE = b"# search result\nsearch: 2\nresult: 0 Success\n\n"


def write(tmp_path: Path, *parts: bytes) -> Path:
    file = tmp_path / "a.ldif"
    file.write_bytes(b"\n".join(parts))
    return file


def facts(file: Path) -> DirectoryFacts:
    return directory_codec.decode(read_ldif_facts(file)[0])


def test_folded_lines_base64_and_options_are_read(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        b"version: 1\ndn: CN=a,DC=ch,\n DC=lan\nobjectSid:: AQIDBA==\ncn;lang-fr: a\ncn: b\n",
    )
    (entry,) = read_ldif(file).entries
    assert entry.dn == "CN=a,DC=ch,DC=lan"
    assert entry.attributes == {"objectsid": (b"\x01\x02\x03\x04",), "cn": (b"a", b"b")}


def test_a_name_in_base64_keeps_its_accents(tmp_path: Path) -> None:
    file = write(tmp_path, b"dn:: Q049w6l0w6ksREM9Y2gsREM9bGFu\ncn: x\n")
    assert read_ldif(file).entries[0].dn == "CN=été,DC=ch,DC=lan"


def test_only_what_the_probe_asks_for_is_kept(tmp_path: Path) -> None:
    user = b"dn: CN=a,DC=ch,DC=lan\nobjectClass: user\nsAMAccountName: a\nmail: a@ch.lan\n"
    (kept,) = facts(write(tmp_path, ROOT, user)).entries
    assert set(kept.attributes) == {"objectclass", "samaccountname"}


def test_a_file_without_comments_proves_nothing(tmp_path: Path) -> None:
    reading = facts(write(tmp_path, ROOT, b"dn: DC=ch,DC=lan\nobjectClass: domainDNS\n"))
    assert not any(reading.read_whole(section) for section in Section)


def test_a_whole_search_of_a_partition_proves_its_sections(tmp_path: Path) -> None:
    domain = header("DC=ch,DC=lan") + b"dn: DC=ch,DC=lan\nobjectClass: domainDNS\n\n" + WHOLE
    reading = facts(write(tmp_path, ROOT, domain))
    assert reading.read_whole(Section.PRINCIPALS)
    assert not reading.read_whole(Section.PARTITIONS)


@pytest.mark.parametrize(
    ("head", "trailer"),
    [
        (header("DC=ch,DC=lan"), WHOLE.replace(b"0 Success", b"4 Size limit exceeded")),
        (header("DC=ch,DC=lan"), b""),
        (header("DC=ch,DC=lan"), WHOLE[:-1] + b"pagedresults: cookie=AQAAAA==\n\n"),
        (header("DC=ch,DC=lan", "sAMAccountName"), WHOLE),
        (header("DC=ch,DC=lan", scope="oneLevel"), WHOLE),
        (header("OU=Services,DC=ch,DC=lan"), WHOLE),
    ],
    ids=["cut", "unfinished", "more pages", "few attributes", "one level", "one branch"],
)
def test_a_partial_search_proves_nothing(tmp_path: Path, head: bytes, trailer: bytes) -> None:
    reading = facts(write(tmp_path, ROOT, head, trailer))
    assert not reading.read_whole(Section.PRINCIPALS)


def test_what_only_observations_need_may_be_missing_and_is_told(tmp_path: Path) -> None:
    names = {
        name
        for search in searches("DC=ch,DC=lan", "CN=Configuration,DC=ch,DC=lan")
        if search.section in (Section.PRINCIPALS, Section.UNITS)
        for name in search.attributes
    }
    head = header("DC=ch,DC=lan", " ".join(sorted(names - {"scriptPath", "accountExpires"})))
    reading = facts(write(tmp_path, ROOT, head, WHOLE))
    assert reading.read_whole(Section.PRINCIPALS)
    assert set(unasked({"scriptPath", "accountExpires"})) <= set(reading.observation_gaps)
    assert reading.has_all_values("msDS-KeyCredentialLink")


def test_a_range_of_members_is_told(tmp_path: Path) -> None:
    group = b"dn: CN=g,DC=ch,DC=lan\nobjectClass: group\nmember;range=0-1499: CN=a,DC=ch,DC=lan\n"
    reading = facts(write(tmp_path, ROOT, header("DC=ch,DC=lan") + group, WHOLE))
    assert any("valeurs coupées par le serveur (member)" in one for one in reading.unreadable)


def test_a_file_that_does_not_say_when_needs_a_date(tmp_path: Path) -> None:
    file = write(tmp_path, ROOT.replace(b"currentTime", b"otherTime"))
    with pytest.raises(InputError) as refusal:
        read_ldif_facts(file)
    assert "--date" in refusal.value.next_step
    _, statement = read_ldif_facts(file, datetime(2026, 3, 1, tzinfo=UTC))
    assert statement.started == datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"dn: CN=a\ncn:< file:///etc/passwd\n", "ligne 2.*autre fichier"),
        (b"dn: CN=a\ncn:: @@@\n", "ligne 2.*base64"),
        (b"dn: CN=a\nchangetype: delete\n", "ligne 2.*modifications"),
        (b"dn: CN=a\nsans deux-points\n", "ligne 2.*attendu"),
        (b"cn: a\n", "ligne 1.*dn"),
        (b"\xff\xfed\x00n\x00", "ligne 1"),
        (b"dn:: /w==\ncn: x\n", "UTF-8"),
        (b"\x00\x01\x02", "ligne 1"),
    ],
)
def test_what_is_not_ldif_is_refused_with_its_line(
    tmp_path: Path, content: bytes, why: str
) -> None:
    with pytest.raises(InputError, match=why):
        read_ldif(write(tmp_path, content))


def test_without_the_root_the_missing_search_is_given(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refusal:
        read_ldif_facts(write(tmp_path, b"dn: CN=a,DC=ch,DC=lan\ncn: a\n"))
    assert "-s base" in refusal.value.next_step


def test_the_line_feed_of_a_conflict_s_name_belongs_to_its_comment(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        b"# DUPOND\nCNF:6f1d4f1c-0000-4000-8000-000000000001, Agents, ch.lan\n"
        b"dn: CN=DUPOND,OU=Agents,DC=ch,DC=lan\ncn: DUPOND\n",
    )
    (entry,) = read_ldif(file).entries
    assert entry.attributes == {"cn": (b"DUPOND",)}


def test_objects_that_no_blank_line_parts_do_not_melt(tmp_path: Path) -> None:
    file = write(tmp_path, b"dn: CN=a,DC=ch\ncn: a\ndn: CN=b,DC=ch\ncn: b\n")
    assert [one.dn for one in read_ldif(file).entries] == ["CN=a,DC=ch", "CN=b,DC=ch"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_file_of_ldifde_is_read_and_proves_nothing_whole(tmp_path: Path, encoding: str) -> None:
    text = ROOT.decode().replace("dn:\n", "dn: \nchangetype: add\n")
    text += "\ndn: CN=\u00c9l\u00e9onore,DC=ch,DC=lan\nchangetype: add\nobjectClass: user\n"
    file = tmp_path / "a.ldf"
    file.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    assert read_ldif(file).entries[1].dn == "CN=\u00c9l\u00e9onore,DC=ch,DC=lan"
    _, statement = read_ldif_facts(file)
    assert not statement.complete


@pytest.mark.parametrize("change", ["modify", "delete", "modrdn"])
def test_a_file_of_changes_is_refused(tmp_path: Path, change: str) -> None:
    file = write(tmp_path, f"dn: CN=a,DC=ch\nchangetype: {change}\ncn: a\n".encode())
    with pytest.raises(InputError, match="modifications"):
        read_ldif(file)


def test_spaces_after_commas_are_no_part_of_a_name(tmp_path: Path) -> None:
    file = write(tmp_path, b"dn: CN=a\\, b, OU=Agents, DC=ch\ncn: a\n")
    assert read_ldif(file).entries[0].dn == "CN=a\\, b,OU=Agents,DC=ch"


def test_a_second_forest_is_named(tmp_path: Path) -> None:
    other = ROOT.replace(b"DC=ch,DC=lan", b"DC=autre,DC=lan")
    _, statement = read_ldif_facts(write(tmp_path, ROOT, other))
    assert any("forêt autre.lan" in one for one in statement.limits)


def test_a_date_in_the_future_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path, ROOT.replace(b"2026", b"2096"))
    with pytest.raises(InputError, match="futur"):
        read_ldif_facts(file)
