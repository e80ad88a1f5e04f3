"""ORADAD's clear output gives the facts that the live probe reads.

No real export is available: the collections are written by `oradad_files` from the format that
ORADAD's public source describes.
"""

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from care_kit.catalog.content import load
from care_kit.demo.recorded import recorded_reading
from care_kit.model.facts import directory_codec
from care_kit.model.facts.directory import DirectoryEntry, DirectoryFacts, Part, Section
from care_kit.model.facts.finding import Finding
from care_kit.model.formats.codec import sha512
from care_kit.model.words.errors import InputError
from care_kit.model.words.vocabulary import Verdict
from care_kit.probes.imports.oradad import read_oradad
from care_kit.rules.directory import evaluate
from tests.probes.imports.oradad_files import VERSION, tsv, write_oradad


@pytest.fixture(scope="module")
def live() -> DirectoryFacts:
    """The demonstration domain as the live probe read it."""
    return directory_codec.decode(recorded_reading()[0])


def imported(path: Path, domain: str = "") -> DirectoryFacts:
    return directory_codec.decode(read_oradad(path, domain)[0])


def findings(facts: DirectoryFacts) -> dict[str, Finding]:
    return {one.check: one for one in evaluate(facts, load().checks)}


def test_the_same_rules_conclude_the_same(tmp_path: Path, live: DirectoryFacts) -> None:
    write_oradad(tmp_path, live)
    facts = imported(tmp_path)
    assert all(facts.read_whole(section) for section in Section)
    assert findings(facts) == findings(live)


def test_the_rest_of_a_sid_history_is_never_taken_as_harmless(
    tmp_path: Path, live: DirectoryFacts
) -> None:
    harmless = bytes.fromhex("010500000000000515000000010000000200000003000000e8030000")
    entries = tuple(
        replace(one, attributes={**one.attributes, "sidhistory": (harmless,)})
        if one.values("sIDHistory")
        else one
        for one in live.entries
    )
    innocent = replace(live, entries=entries)
    write_oradad(tmp_path, innocent)
    assert findings(innocent)["vuln_sidhistory_dangerous"].verdict is Verdict.PASS
    kept = findings(imported(tmp_path))
    assert kept["vuln_sidhistory_dangerous"].verdict is Verdict.NOT_TESTED
    assert kept["vuln_sidhistory_present"].verdict is Verdict.FAIL


def test_the_statement_says_whose_collection_it_is(tmp_path: Path, live: DirectoryFacts) -> None:
    write_oradad(tmp_path, live)
    data, statement = read_oradad(tmp_path)
    assert statement.facts_sha512 == sha512(data)
    assert statement.tool.endswith(f"/ ORADAD {VERSION}")
    assert statement.target == live.forest_dns
    assert statement.started == live.taken_at.replace(microsecond=0)
    assert statement.seconds == 90
    assert not statement.replayed
    assert statement.limits[0].startswith("sIDHistory :") and not statement.complete
    assert any("importé d'une collecte ORADAD" in one for one in statement.limits)


def test_a_zip_reads_like_its_folder(tmp_path: Path, live: DirectoryFacts) -> None:
    root = write_oradad(tmp_path / "out", live)
    with zipfile.ZipFile(tmp_path / "out.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for file in root.rglob("*.*"):
            archive.write(file, file.relative_to(tmp_path / "out"))
    assert imported(tmp_path / "out.zip") == imported(tmp_path / "out")


def test_an_attribute_not_collected_never_passes(tmp_path: Path, live: DirectoryFacts) -> None:
    write_oradad(tmp_path, live, without=frozenset({"sIDHistory"}))
    facts = imported(tmp_path)
    assert not facts.read_whole(Section.PRINCIPALS)
    assert any("sIDHistory" in one for one in facts.unreadable)
    assert findings(facts)["vuln_sidhistory_present"].verdict is Verdict.NOT_TESTED


def test_a_collection_without_what_observations_need_still_decides_every_point(
    tmp_path: Path, live: DirectoryFacts
) -> None:
    lost = frozenset({"scriptPath", "defaultSecurityDescriptor"})
    write_oradad(tmp_path, live, without=lost)
    facts = imported(tmp_path)
    assert all(facts.read_whole(section) for section in Section)
    assert not facts.has_all_values("scriptPath")
    found, whole = findings(facts), findings(live)
    assert found["obs_privileged_script"].verdict is Verdict.NOT_TESTED
    assert found["obs_schema_permissions"].verdict is Verdict.NOT_TESTED
    assert {key: one for key, one in found.items() if key.startswith("vuln_")} == {
        key: one for key, one in whole.items() if key.startswith("vuln_")
    }
    _, statement = read_oradad(tmp_path)
    assert "scriptPath : non demandé lors de la lecture." in statement.limits


@pytest.mark.parametrize("log", ["…An error has occurred during capture. Try again.", None])
def test_a_collection_not_proven_whole_passes_nothing(
    tmp_path: Path, live: DirectoryFacts, log: str | None
) -> None:
    root = write_oradad(tmp_path, live, log=log or "")
    if log is None:
        (root / "oradad.log").unlink()
    data, statement = read_oradad(tmp_path)
    assert not statement.complete
    verdicts = {one.verdict for one in findings(directory_codec.decode(data)).values()}
    assert Verdict.FAIL in verdicts and Verdict.PASS not in verdicts


def test_a_missing_table_makes_its_section_unreadable(tmp_path: Path, live: DirectoryFacts) -> None:
    root = write_oradad(tmp_path, live)
    (root / "configuration" / "crossRef.tsv").unlink()
    facts = imported(tmp_path)
    assert not facts.read_whole(Section.PARTITIONS)
    assert facts.read_whole(Section.PRINCIPALS)


def test_deleted_objects_are_left_out(tmp_path: Path, live: DirectoryFacts) -> None:
    root = write_oradad(tmp_path, live)
    table = root / "domain" / live.forest_dns / "user.tsv"
    row = table.read_bytes()[2:].decode("utf-16-le").split("\r\n")[0].split("\t")
    row[0] = f"CN=Ancien\\0ADEL:1f1e,CN=Deleted Objects,{live.domain_dn}"
    table.write_bytes(table.read_bytes() + ("\t".join(row) + "\r\n").encode("utf-16-le"))
    assert imported(tmp_path).entries == imported(root).entries
    assert not any("Deleted Objects" in one.dn for one in imported(tmp_path).entries)


def test_policies_that_the_collector_could_not_see_prove_nothing(
    tmp_path: Path, live: DirectoryFacts
) -> None:
    root = write_oradad(tmp_path, live)
    top = root / "domain" / live.forest_dns / "top.tsv"
    text = top.read_bytes()[2:].decode("utf-16-le")
    rows = [row for row in text.split("\r\n") if "Password Settings Container" not in row]
    top.write_bytes(b"\xff\xfe" + "\r\n".join(rows).encode("utf-16-le"))
    facts = imported(tmp_path)
    assert not facts.has_all_values("msDS-PSOApplied")
    kept = findings(facts)["vuln_privileged_members_password"]
    assert kept.verdict is not Verdict.PASS


def test_the_policies_of_an_account_are_found_from_theirs(
    tmp_path: Path, live: DirectoryFacts
) -> None:
    account = next(one for one in live.entries if one.name == "krbtgt")
    policy = f"CN=PSO,CN=Password Settings Container,CN=System,{live.domain_dn}"
    classes = (b"top", b"msDS-PasswordSettings")
    links = {"objectclass": classes, "msds-psoappliesto": (account.dn.encode(),)}
    entry = DirectoryEntry(policy, Part.DOMAIN, links)
    write_oradad(tmp_path, replace(live, entries=(*live.entries, entry)))
    found = next(one for one in imported(tmp_path).entries if one.name == "krbtgt")
    assert found.texts("msDS-PSOApplied") == (policy,)


def test_principals_of_the_configuration_are_not_those_of_the_domain(
    tmp_path: Path, live: DirectoryFacts
) -> None:
    root = write_oradad(tmp_path, live)
    stranger = f"CN=Everyone,CN=WellKnown Security Principals,{live.configuration_dn}"
    table = root / "configuration" / "top.tsv"
    before = imported(root).entries
    width = table.read_bytes()[2:].decode("utf-16-le").split("\r\n")[0].count("\t")
    names = (root / "tables.tsv").read_text().split("configuration\\top.tsv")[1].split("\n")[0]
    place = names.split("\t")[4::2].index("objectClass")
    cells = [stranger] + [""] * width
    cells[place] = "top;foreignSecurityPrincipal"
    row = "\t".join(cells) + "\r\n"
    table.write_bytes(table.read_bytes() + row.encode("utf-16-le"))
    assert imported(root).entries == before


def test_a_semicolon_inside_a_member_is_told(tmp_path: Path, live: DirectoryFacts) -> None:
    root = write_oradad(tmp_path, live)
    table = root / "domain" / live.forest_dns / "group.tsv"
    text = table.read_bytes()[2:].decode("utf-16-le")
    member = next(one.texts("member")[0] for one in live.entries if one.values("member"))
    table.write_bytes(b"\xff\xfe" + text.replace(member, f"{member};reste", 1).encode("utf-16-le"))
    facts = imported(tmp_path)
    assert any("point-virgule ambigu" in one for one in facts.unreadable)
    assert not facts.read_whole(Section.PRINCIPALS)


def test_another_domain_must_have_been_collected(tmp_path: Path, live: DirectoryFacts) -> None:
    write_oradad(tmp_path, live)
    assert imported(tmp_path, live.forest_dns.upper()).domain_dn == live.domain_dn
    with pytest.raises(InputError) as refusal:
        read_oradad(tmp_path, "autre.lan")
    assert live.forest_dns in refusal.value.next_step


def test_an_encrypted_archive_says_how_to_collect_again(tmp_path: Path) -> None:
    (tmp_path / "forêt_20260301.mla").write_bytes(b"MLAF")
    for path in (tmp_path, tmp_path / "forêt_20260301.mla"):
        with pytest.raises(InputError) as refusal:
            read_oradad(path)
        assert "chiffré" in refusal.value.sentence
        assert "outputFiles=1" in refusal.value.next_step


def test_two_collections_ask_for_a_choice(tmp_path: Path, live: DirectoryFacts) -> None:
    write_oradad(tmp_path / "a", live)
    write_oradad(tmp_path / "b", live)
    with pytest.raises(InputError, match="plusieurs collectes"):
        read_oradad(tmp_path)


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("..\\..\\secret.tsv\ta\tb\t1\tdn\tnvarchar(9)", "ligne 2"),
        ("C:\\secret.tsv\ta\tb\t1\tdn\tnvarchar(9)", "ligne 2"),
        ("user.tsv\ta\tb\t9\tdn\tnvarchar(9)", "ligne 2"),
        ("user.tsv\ta", "ligne 2"),
        ("user.tsv\ta\tb\t99999999999\tdn", "ligne 2"),
        (f"user.tsv\ta\tb\t{'9' * 5000}\tdn", "ligne 2"),
    ],
)
def test_a_hostile_list_of_tables_is_refused(tmp_path: Path, line: str, place: str) -> None:
    (tmp_path / "tables.tsv").write_text(f"ch.lan_{0}\n{line}\n")
    with pytest.raises(InputError) as refusal:
        read_oradad(tmp_path)
    assert place in refusal.value.sentence and "tables.tsv" in refusal.value.sentence


def test_a_table_reopened_in_a_spreadsheet_is_refused(tmp_path: Path, live: DirectoryFacts) -> None:
    root = write_oradad(tmp_path, live)
    (root / "domain" / live.forest_dns / "user.tsv").write_text("dn;userAccountControl\n")
    with pytest.raises(InputError, match="UTF-16"):
        read_oradad(tmp_path)


def test_a_row_of_the_wrong_width_is_told_with_its_line(
    tmp_path: Path, live: DirectoryFacts
) -> None:
    root = write_oradad(tmp_path, live)
    tsv(root / "domain" / live.forest_dns / "user.tsv", [("CN=x", "y")])
    with pytest.raises(InputError, match=r"user\.tsv.*ligne 1"):
        read_oradad(tmp_path)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path, live: DirectoryFacts) -> None:
    root = write_oradad(tmp_path / "out", live)
    table = root / "configuration" / "crossRef.tsv"
    outside = tmp_path / "outside.tsv"
    table.rename(outside)
    table.symlink_to(outside)
    assert not imported(tmp_path / "out").read_whole(Section.PARTITIONS)


@pytest.mark.parametrize(
    "line",
    [
        "[!] Attribute is truncated (CN=Tous,OU=Groupes,DC=ch,DC=lan|member).",
        "[!] Unable to read 'ch.lan/domain/user'.",
    ],
)
def test_what_the_log_warns_of_makes_the_collection_incomplete(
    tmp_path: Path, live: DirectoryFacts, line: str
) -> None:
    root = write_oradad(tmp_path, live, log=f"[.] Starting.\n{line}\n[.] End.\n")
    _, statement = read_oradad(root)
    assert not statement.complete
    if "truncated" in line:
        assert any("member" in one for one in statement.limits)
