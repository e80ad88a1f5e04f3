from datetime import UTC, datetime

from care_kit.model.facts.directory import DirectoryEntry, DirectoryFacts, Part
from care_kit.probes.directory.limits import limits
from care_kit.probes.directory.target import Target

SHOWN = DirectoryEntry("CN=AdminSDHolder,CN=System,DC=test,DC=lan", Part.DOMAIN, {})
TARGET = Target("dc1.test.lan", "lecture@test.lan")


def facts(*entries: DirectoryEntry, unreadable: tuple[str, ...] = ()) -> DirectoryFacts:
    return DirectoryFacts(
        taken_at=datetime(2026, 1, 1, tzinfo=UTC),
        domain_dn="DC=test,DC=lan",
        configuration_dn="CN=Configuration,DC=test,DC=lan",
        forest_dns="test.lan",
        entries=(SHOWN, *entries),
        unreadable=unreadable,
    )


def domain_partition(name: str, dn: str) -> DirectoryEntry:
    known = {
        "objectclass": (b"crossRef",),
        "systemflags": (b"3",),
        "ncname": (dn.encode(),),
    }
    return DirectoryEntry(f"CN={name},CN=Partitions", Part.CONFIGURATION, known)


def account(name: str, **attributes: bytes) -> DirectoryEntry:
    known = {"objectclass": (b"user",), "samaccountname": (name.encode(),)}
    return DirectoryEntry(name, Part.DOMAIN, known | {k: (v,) for k, v in attributes.items()})


def test_what_was_not_read_makes_the_reading_incomplete() -> None:
    assert limits(facts(unreadable=("Silos : rien.",)), TARGET).breaks == ("Silos : rien.",)


def test_the_other_domains_of_the_forest_make_it_incomplete() -> None:
    labo = domain_partition("LABO", "DC=Labo,DC=test,DC=lan")
    found = limits(facts(domain_partition("TEST", "DC=TEST,DC=lan"), labo), TARGET)
    assert found.breaks == ("Domaine labo.test.lan de la forêt non lu.",)


def test_one_domain_is_complete() -> None:
    assert limits(facts(domain_partition("TEST", "DC=test,DC=lan")), TARGET).breaks == ()


def test_accounts_whose_state_is_hidden_are_counted() -> None:
    found = limits(facts(account("a", useraccountcontrol=b"512"), account("b")), TARGET)
    assert "userAccountControl n'est pas lisible sur 1 comptes sur 2." in found.notes


def test_accounts_whose_permissions_are_hidden_are_counted() -> None:
    found = limits(facts(account("a", ntsecuritydescriptor=b"\x01"), account("b")), TARGET)
    assert "Les permissions ne sont pas lisibles sur 2 comptes sur 2." in found.notes
