from care_kit.model.facts.directory import Section, dns_name
from care_kit.probes.directory import Target
from care_kit.probes.directory.searches import searches

DOMAIN, CONFIGURATION = "DC=test,DC=lan", "CN=Configuration,DC=test,DC=lan"


def test_every_section_is_searched_and_accounts_come_last() -> None:
    found = list(searches(DOMAIN, CONFIGURATION, DOMAIN))
    assert {one.section for one in found} == set(Section)
    assert found[-1].section is Section.PRINCIPALS


def test_nothing_secret_or_personal_is_asked() -> None:
    asked = {
        name.lower() for one in searches(DOMAIN, CONFIGURATION, DOMAIN) for name in one.attributes
    }
    assert asked.isdisjoint({"*", "unicodepwd", "ms-mcs-admpwd", "mail", "description", "sn"})


def test_a_search_is_written_so_that_anyone_can_run_it_again() -> None:
    texts = [str(one) for one in searches(DOMAIN, CONFIGURATION, DOMAIN)]
    assert texts[0] == (
        "base=CN=Configuration,DC=test,DC=lan ; portée=base ; filtre=(objectClass=*) ; "
        "attributs=objectClass, nTSecurityDescriptor ; contrôle=1.2.840.113556.1.4.801=7"
    )
    assert texts[1] == (
        "base=CN=Partitions,CN=Configuration,DC=test,DC=lan ; portée=sous-arbre ; "
        "filtre=(|(objectClass=crossRefContainer)(objectClass=crossRef)) ; "
        "attributs=objectClass, msDS-Behavior-Version, nCName, dnsRoot, nETBIOSName, systemFlags"
    )


def test_dns_names_come_from_distinguished_names() -> None:
    assert dns_name("DC=CHU-Exemple,DC=lan") == "chu-exemple.lan"


def test_the_target_tells_how_it_is_protected() -> None:
    assert Target("dc1", "a@b").url == "ldaps://dc1:636"
    assert Target("dc1", "a@b", port=389, starttls=True).url == "ldap+starttls://dc1:389"
