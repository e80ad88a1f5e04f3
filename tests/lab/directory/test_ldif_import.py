"""LDIF that a real ldapsearch writes from a real Samba domain is judged like the live probe."""

import subprocess
from pathlib import Path

import pytest

from care_kit.catalog.content import load
from care_kit.demo.samba import LabDomain
from care_kit.model.facts import directory_codec
from care_kit.model.facts.directory import DirectoryFacts, Section
from care_kit.probes.directory import collect
from care_kit.probes.imports.ldif_reading import read_ldif_facts
from care_kit.rules.directory import evaluate
from tests.lab.directory.test_collect import target_of

pytestmark = pytest.mark.lab

PAGED = ("-E", "pr=500/noprompt", "-E", "!1.2.840.113556.1.4.801=::MAMCAQc=")


def ldapsearch(lab: LabDomain, folder: Path, base: str, scope: str, *more: str) -> bytes:
    secret = folder / "password"
    secret.write_text(lab.password)
    command = [
        "ldapsearch", "-x", "-H", f"ldaps://{lab.address}", "-D", lab.user_upn, "-y", str(secret),
        "-b", base, "-s", scope, *more,
    ]  # fmt: skip
    environment = {"LDAPTLS_CACERT": str(lab.ca_file), "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, capture_output=True, check=True, env=environment).stdout


@pytest.fixture(scope="module")
def export(hopital: LabDomain, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The searches the documentation asks for, one after the other in one file."""
    folder = tmp_path_factory.mktemp("ldif")
    everything = (*PAGED, "(objectClass=*)", "*")
    searched = (
        ldapsearch(hopital, folder, "", "base", "(objectClass=*)", "*", "+"),
        ldapsearch(hopital, folder, hopital.domain_dn, "sub", *everything),
        ldapsearch(hopital, folder, hopital.configuration_dn, "sub", *everything),
        *(
            ldapsearch(hopital, folder, f"{name},{under}", "sub", *everything)
            for name, under in (
                ("CN=Schema", hopital.configuration_dn),
                ("DC=DomainDnsZones", hopital.domain_dn),
                ("DC=ForestDnsZones", hopital.domain_dn),
            )
        ),
    )
    file = folder / "annuaire.ldif"
    file.write_bytes(b"\n".join(searched))
    return file


def imported(file: Path) -> DirectoryFacts:
    return directory_codec.decode(read_ldif_facts(file)[0])


def test_findings_are_those_of_the_live_probe(hopital: LabDomain, export: Path) -> None:
    live = directory_codec.decode(collect(target_of(hopital), hopital.password)[0])
    facts = imported(export)
    assert facts.unreadable == live.unreadable == ()
    checks = load().checks
    assert evaluate(facts, checks) == evaluate(live, checks)


def test_the_file_holds_more_than_what_is_kept(export: Path) -> None:
    people = (one for one in imported(export).entries if one.sid)
    kept = {name for one in people for name in one.attributes}
    assert b"\nname: " in export.read_bytes()
    assert kept.isdisjoint({"name", "displayname", "description", "userprincipalname"})


def test_a_search_stopped_by_a_size_limit_proves_nothing(
    hopital: LabDomain, export: Path, tmp_path: Path
) -> None:
    text = export.read_bytes()
    cut = text.replace(b"result: 0 Success", b"result: 4 Size limit exceeded")
    (tmp_path / "cut.ldif").write_bytes(cut)
    assert not imported(tmp_path / "cut.ldif").read_whole(Section.PRINCIPALS)
