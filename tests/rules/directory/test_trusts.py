import pytest

from care_kit.model.words.vocabulary import Verdict
from care_kit.probes.directory.limits import limits
from care_kit.probes.directory.target import Target
from tests.rules.directory.domain import BASE, Domain, Spoil, ago, both, failure, spoiled

DN = f"CN=other.lan,CN=System,{BASE}"
INBOUND, OUTBOUND = 1, 2


def trust(direction: int, attributes: int) -> Spoil:
    return lambda d: d.add(
        "trust",
        DN,
        objectClass="trustedDomain",
        trustDirection=direction,
        trustAttributes=attributes,
    )


@pytest.mark.parametrize(
    ("check", "spoil", "objects", "level"),
    [
        ("vuln_trusts_domain_notfiltered", trust(OUTBOUND, 0), (DN,), 1),
        ("vuln_trusts_forest_sidhistory", trust(OUTBOUND, 0x48), (DN,), 1),
        ("vuln_trusts_tgt_deleg", trust(INBOUND, 0x808), (DN,), 3),
        (
            "vuln_trusts_accounts",
            lambda d: d.user("GHT$", userAccountControl=0x820, pwdLastSet=ago(366)),
            ("GHT$",),
            2,
        ),
    ],
)
def test_fails(check: str, spoil: Spoil, objects: tuple[str, ...], level: int) -> None:
    assert failure(check, spoil) == (objects, level)


@pytest.mark.parametrize(
    ("check", "spoil"),
    [
        ("vuln_trusts_domain_notfiltered", trust(INBOUND, 0)),
        ("vuln_trusts_domain_notfiltered", trust(OUTBOUND, 0x4)),
        ("vuln_trusts_domain_notfiltered", trust(OUTBOUND, 0x20)),
        ("vuln_trusts_forest_sidhistory", trust(OUTBOUND, 0x8)),
        ("vuln_trusts_forest_sidhistory", trust(INBOUND, 0x48)),
        ("vuln_trusts_tgt_deleg", trust(OUTBOUND, 0x808)),
        (
            "vuln_trusts_accounts",
            lambda d: d.user("GHT$", userAccountControl=0x820, pwdLastSet=ago(30)),
        ),
    ],
)
def test_passes(check: str, spoil: Spoil) -> None:
    assert spoiled(check, spoil).verdict is Verdict.PASS


@pytest.mark.parametrize(
    "check",
    [
        "vuln_trusts_domain_notfiltered",
        "vuln_trusts_forest_sidhistory",
        "vuln_trusts_tgt_deleg",
    ],
)
@pytest.mark.parametrize("hidden", ["trustAttributes", "trustDirection"])
def test_a_trust_with_hidden_settings_prevents_a_pass(check: str, hidden: str) -> None:
    finding = spoiled(check, both(trust(3, 0x4), lambda d: d.hide("trust", hidden)))
    assert finding.verdict is Verdict.NOT_TESTED


def test_a_hidden_secret_date_prevents_a_pass() -> None:
    finding = spoiled(
        "vuln_trusts_accounts",
        both(
            lambda d: d.user("GHT$", userAccountControl=0x820),
            lambda d: d.hide("GHT$", "pwdLastSet"),
        ),
    )
    assert finding.verdict is Verdict.NOT_TESTED


def test_trusts_of_a_hidden_container_are_not_none() -> None:
    """Nothing read under CN=System is not « none there », and the reading says so."""
    domain = Domain()
    system = [name for name, (dn, _, _) in domain._entries.items() if ",CN=System," in f"{dn},"]
    for name in system:
        domain.remove(name)
    for check in ("vuln_trusts_domain_notfiltered", "vuln_permissions_gpo_priv"):
        assert domain.finding(check).verdict is not Verdict.PASS
    breaks = limits(domain.facts(), Target(server="", user="")).breaks
    assert any("CN=System" in one for one in breaks)
