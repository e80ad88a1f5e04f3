"""The reading itself: what it holds, what it says of itself, and what it never holds."""

import gzip
from pathlib import Path

import pytest

from care_kit.demo.samba import LabDomain
from care_kit.model.facts import directory_codec
from care_kit.model.facts.directory import DirectoryEntry, Part, Section
from care_kit.model.formats.codec import sha512
from care_kit.probes.directory import Target, collect, domain, pages, reader, searches, session

pytestmark = pytest.mark.lab


def target_of(lab: LabDomain) -> Target:
    return Target(lab.address, lab.user_upn, ca_file=lab.ca_file)


def test_the_statement_tells_how_the_facts_were_obtained(hopital: LabDomain) -> None:
    data, statement = collect(target_of(hopital), hopital.password)
    assert statement.facts_sha512 == sha512(data)
    assert statement.target == f"ldaps://{hopital.address}:636"
    assert statement.account == hopital.user_upn
    assert statement.complete
    assert statement.started <= statement.ended
    assert statement.tool.startswith("care-kit ") and "ldap3" in statement.tool
    assert any(
        "base=DC=chu-exemple,DC=lan ; portée=sous-arbre" in one for one in statement.commands
    )
    assert any("leur contenu est caché" in one for one in statement.limits)


def test_facts_name_the_forest_and_keep_raw_values(hopital: LabDomain) -> None:
    data, _ = collect(target_of(hopital), hopital.password)
    facts = directory_codec.decode(data)
    assert (facts.forest_dns, facts.domain_dn) == (hopital.forest_dns, hopital.domain_dn)
    assert facts.unreadable == ()
    krbtgt = next(one for one in facts.entries if one.name == "krbtgt")
    assert krbtgt.sid == "S-1-5-21-1111111111-2222222222-3333333333-502"


def test_the_password_is_nowhere(hopital: LabDomain) -> None:
    data, statement = collect(target_of(hopital), hopital.password)
    secret = hopital.password.encode()
    assert secret not in gzip.decompress(data)
    assert hopital.password not in repr(statement)
    assert hopital.password not in repr(hopital)
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            arguments = file.read_bytes()
        except OSError:
            continue  # the process ended meanwhile
        assert secret not in arguments


def test_nothing_personal_is_read(hopital: LabDomain) -> None:
    data, _ = collect(target_of(hopital), hopital.password)
    people = [one for one in directory_codec.decode(data).entries if "user" in one.classes]
    read = {name for entry in people for name in entry.attributes}
    assert "samaccountname" in read
    assert read.isdisjoint(
        {"mail", "displayname", "givenname", "sn", "description", "userprincipalname"}
    )


def test_starttls_gives_the_same_entries(hopital: LabDomain) -> None:
    starttls = Target(
        hopital.address, hopital.user_upn, port=389, starttls=True, ca_file=hopital.ca_file
    )
    data, statement = collect(starttls, hopital.password)
    direct, _ = collect(target_of(hopital), hopital.password)
    assert statement.target == f"ldap+starttls://{hopital.address}:389"
    assert directory_codec.decode(data).entries == directory_codec.decode(direct).entries


def test_an_unverified_certificate_is_told(hopital: LabDomain) -> None:
    _, statement = collect(
        Target(hopital.address, hopital.user_upn, unverified=True), hopital.password
    )
    assert any("n'a pas été vérifié" in one for one in statement.limits)


def test_progress_is_told_by_search(hopital: LabDomain) -> None:
    steps: list[tuple[str, int]] = []
    collect(target_of(hopital), hopital.password, lambda title, count: steps.append((title, count)))
    assert steps[0] == (Section.ROOTS, 0)
    assert steps[-1][0] == Section.PRINCIPALS
    assert steps[-1][1] > 150


def test_small_pages_read_the_same_entries(
    hopital: LabDomain, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, _ = collect(target_of(hopital), hopital.password)
    monkeypatch.setattr(pages, "PAGE", 7)
    paged, _ = collect(target_of(hopital), hopital.password)
    names = [
        sorted(one.dn for one in directory_codec.decode(data).entries) for data in (whole, paged)
    ]
    assert names[0] == names[1]


def test_a_server_that_never_ends_is_cut_short(
    hopital: LabDomain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "PAGE", 7)
    monkeypatch.setattr(pages, "_MAX_PAGES", 3)
    data, statement = collect(target_of(hopital), hopital.password)
    assert not statement.complete
    cut = "Comptes, groupes et machines : lecture interrompue après 21 objets (réponse sans fin)."
    assert cut in statement.limits
    assert not directory_codec.decode(data).read_whole(Section.PRINCIPALS)


def test_members_that_come_by_ranges_are_completed(hopital: LabDomain) -> None:
    def group(attribute: str) -> DirectoryEntry:
        search = searches.Search(
            Section.PRINCIPALS,
            Part.DOMAIN,
            hopital.domain_dn,
            searches.SUBTREE,
            "(sAMAccountName=GG_Telemaintenance)",
            (attribute,),
        )
        with session.open_session(target_of(hopital), hopital.password) as connection:
            return next(reader.entries(connection, search))

    whole = group("member").values("member")
    assert len(whole) == 48
    assert group("member;range=0-9").values("member") == whole


def test_a_search_that_fails_is_told_and_the_rest_is_kept(
    hopital: LabDomain, monkeypatch: pytest.MonkeyPatch
) -> None:
    def with_a_missing_base(base: str, configuration: str, forest: str) -> list[searches.Search]:
        missing = searches.Search(
            Section.SILOS,
            Part.DOMAIN,
            f"OU=Absente,{base}",
            searches.BASE,
            "(objectClass=*)",
            ("cn",),
        )
        return [missing, *searches.searches(base, configuration, forest)]

    monkeypatch.setattr(domain, "searches", with_a_missing_base)
    data, statement = collect(target_of(hopital), hopital.password)
    facts = directory_codec.decode(data)
    assert not statement.complete
    assert facts.unreadable == statement.limits[:1]
    assert facts.unreadable[0].startswith("Silos d'authentification : la base OU=Absente,")
    assert any(one.name == "krbtgt" for one in facts.entries)


def test_permissions_are_read_by_an_ordinary_account_and_kept_once_each(
    hopital: LabDomain,
) -> None:
    data, _ = collect(target_of(hopital), hopital.password)
    facts = directory_codec.decode(data)
    raws = [raw for one in facts.entries for raw in one.values("nTSecurityDescriptor")]
    assert len(raws) > 1900
    assert gzip.decompress(data).count(b'{"descriptor":') == len(set(raws)) < 50
    holder = next(one for one in facts.entries if one.dn.startswith("CN=AdminSDHolder,"))
    assert holder.descriptor is not None
    assert holder.descriptor.owner == "S-1-5-21-1111111111-2222222222-3333333333-512"


def test_asking_for_the_audit_list_too_would_give_nothing(
    hopital: LabDomain, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = (searches.SD_FLAGS, False, b"\x30\x03\x02\x01\x0f")
    monkeypatch.setattr(pages, "_DESCRIPTORS", everything)
    data, _ = collect(target_of(hopital), hopital.password)
    facts = directory_codec.decode(data)
    assert not any(one.values("nTSecurityDescriptor") for one in facts.entries)


def test_a_search_left_early_does_not_spoil_the_next_one(
    hopital: LabDomain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "PAGE", 7)
    *_, accounts = searches.searches(hopital.domain_dn, hopital.configuration_dn)
    first, *_ = searches.searches(hopital.domain_dn, hopital.configuration_dn)
    with session.open_session(target_of(hopital), hopital.password) as connection:
        found = reader.entries(connection, accounts)
        next(found)
        found.close()  # type: ignore[attr-defined]
        (root,) = reader.entries(connection, first)
    assert root.dn == hopital.configuration_dn
