import pytest

from care_kit.model.words.vocabulary import Verdict
from tests.rules.directory.domain import Domain, Spoil, ago, failure, spoiled


@pytest.mark.parametrize(
    ("check", "spoil", "level"),
    [
        ("vuln_dc_obsolete", lambda d: d.change("DC1$", operatingSystemVersion="6.3 (9600)"), 1),
        ("vuln_dc_obsolete", lambda d: d.change("DC1$", operatingSystemVersion="5.2 (3790)"), 1),
        ("vuln_dc_inconsistent_uac", lambda d: d.change("DC1$", userAccountControl=0x2000), 1),
        ("vuln_dc_inconsistent_uac", lambda d: d.remove("site-DC1"), 1),
        ("vuln_dc_inconsistent_uac", lambda d: d.remove("dsa-DC1"), 1),
        ("vuln_dc_inconsistent_uac", lambda d: d.hide("dsa-DC1", "msDS-Behavior-Version"), 1),
        ("vuln_password_change_dc_no_change", lambda d: d.change("DC1$", pwdLastSet=ago(46)), 1),
        (
            "vuln_password_change_inactive_dc",
            lambda d: d.change("DC1$", lastLogonTimestamp=ago(46)),
            1,
        ),
        ("vuln_password_change_inactive_dc", lambda d: d.hide("DC1$", "lastLogonTimestamp"), 1),
        ("vuln_dc_crypto", lambda d: d.change("DC1$", msDS_SupportedEncryptionTypes=31), 2),
        ("vuln_dc_crypto", lambda d: d.change("DC1$", msDS_SupportedEncryptionTypes=4), 3),
        ("vuln_dc_crypto", lambda d: d.change("DC1$", msDS_SupportedEncryptionTypes=28), 4),
    ],
)
def test_fails(check: str, spoil: Spoil, level: int) -> None:
    assert failure(check, spoil) == (("DC1$",), level)


@pytest.mark.parametrize(
    ("check", "spoil"),
    [
        ("vuln_dc_obsolete", lambda d: d.hide("DC1$", "operatingSystemVersion")),
        ("vuln_dc_obsolete", lambda d: d.change("DC1$", operatingSystemVersion="4.17.12")),
        ("vuln_dc_obsolete", lambda d: d.change("DC1$", operatingSystemVersion="10.0 (25398)")),
        ("vuln_dc_inconsistent_uac", lambda d: d.hide("DC1$", "userAccountControl")),
        ("vuln_password_change_dc_no_change", lambda d: d.hide("DC1$", "pwdLastSet")),
        (
            "vuln_password_change_inactive_dc",
            lambda d: d.hide("DC1$", "lastLogonTimestamp", "userAccountControl"),
        ),
        ("vuln_dc_crypto", lambda d: d.hide("DC1$", "msDS-SupportedEncryptionTypes")),
        ("vuln_dc_crypto", lambda d: d.change("DC1$", msDS_SupportedEncryptionTypes=0)),
        ("vuln_dc_crypto", lambda d: d.remove("DC1$")),
    ],
)
def test_is_not_tested_when_what_decides_is_hidden(check: str, spoil: Spoil) -> None:
    assert spoiled(check, spoil).verdict is Verdict.NOT_TESTED


@pytest.mark.parametrize("version", ["10.0 (14393)", "10.0 (17763)", "10.0 (26100)"])
def test_versions_still_supported_at_the_date_of_the_reading_pass(version: str) -> None:
    finding = spoiled(
        "vuln_dc_obsolete", lambda d: d.change("DC1$", operatingSystemVersion=version)
    )
    assert finding.verdict is Verdict.PASS


def test_the_cloud_pseudo_controller_is_not_judged() -> None:
    def spoil(domain: Domain) -> None:
        domain.computer("AzureADKerberos$", 6100, primaryGroupID=521)

    for check in ("vuln_dc_obsolete", "vuln_dc_inconsistent_uac", "vuln_dc_crypto"):
        assert spoiled(check, spoil).verdict is Verdict.PASS
