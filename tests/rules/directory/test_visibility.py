import pytest

from care_kit.model.facts.directory import Section
from care_kit.model.words.vocabulary import Verdict
from tests.model.facts.descriptors import descriptor
from tests.rules.directory.domain import AGENT, BASE, SID, Domain, failure, spoiled

OWNER, CRITICAL, HIDDEN = (
    f"vuln_{name}" for name in ("owner", "critical_objects", "sd_failed_sd_read_on_priv")
)


def owned(name: str, sid: str = AGENT) -> Domain:
    domain = Domain()
    domain.change(name, nTSecurityDescriptor=descriptor(sid), whenCreated="20200101000000.0Z")
    return domain


@pytest.mark.parametrize("name", ["agent", "PC1$", "Allowed", "unit", "policy"])
def test_an_object_of_someone_else(name: str) -> None:
    finding = owned(name).finding(OWNER)
    assert (finding.verdict, finding.level) == (Verdict.FAIL, 3)


@pytest.mark.parametrize("sid", [f"{SID}-512", f"{SID}-519", "S-1-5-32-544", "S-1-5-18"])
def test_administrators_own_everything(sid: str) -> None:
    assert owned("agent", sid).finding(OWNER).verdict is Verdict.PASS


def test_another_domain_s_administrators_are_someone_else() -> None:
    assert owned("agent", "S-1-5-21-9-9-9-512").finding(OWNER).verdict is Verdict.FAIL


def test_a_new_object_may_wait_a_week() -> None:
    domain = owned("agent")
    domain.change("agent", whenCreated="20261118000000.0Z")
    assert domain.finding(OWNER).verdict is Verdict.PASS


def test_an_owner_that_is_hidden_prevents_a_pass() -> None:
    finding = spoiled(OWNER, lambda d: d.hide("agent", "nTSecurityDescriptor"))
    assert finding.verdict is Verdict.NOT_TESTED


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("krbtgt", f"{SID}-502"),
        ("rid-518", f"{SID}-518"),
        ("holder", f"CN=AdminSDHolder,CN=System,{BASE}"),
    ],
)
def test_a_critical_object_that_cannot_be_seen_fails(name: str, missing: str) -> None:
    assert failure(CRITICAL, lambda d: d.remove(name)) == ((missing,), 1)


def test_an_object_missing_because_the_reading_was_cut_short_is_not_tested() -> None:
    def spoil(domain: Domain) -> None:
        domain.remove("krbtgt")
        domain.unreadable = (f"{Section.PRINCIPALS} : lecture interrompue.",)

    assert spoiled(CRITICAL, spoil).verdict is Verdict.NOT_TESTED


@pytest.mark.parametrize("attribute", ["nTSecurityDescriptor", "userAccountControl"])
def test_a_privileged_account_that_hides_something_fails(attribute: str) -> None:
    found = failure(HIDDEN, lambda d: d.hide("Administrator", attribute))
    assert found == (("Administrator",), 3)


def test_privileged_accounts_of_another_domain_prevent_a_pass() -> None:
    spoil = lambda d: d.join("Administrators", "CN=elsewhere,DC=other,DC=lan")  # noqa: E731
    assert spoiled(HIDDEN, spoil).verdict is Verdict.NOT_TESTED
