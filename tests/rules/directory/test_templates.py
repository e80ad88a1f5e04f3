import pytest

from care_kit.model.words.vocabulary import Verdict
from tests.model.facts.descriptors import FULL, Entry
from tests.rules.directory.domain import (
    AGENT,
    GUIDS,
    PKI,
    RIGHTS,
    SID,
    Domain,
    Spoil,
    both,
    failure,
    spoiled,
)

CONTAINERS, CONTROL, IMPERSONATION = (
    f"vuln_adcs_{name}"
    for name in ("control", "template_control", "template_auth_enroll_with_name")
)
ENROL = Entry("S-1-5-11", 0x100, RIGHTS["Certificate-Enrollment"])
PUBLISHER = f"{SID}-517"


def open_template(domain: Domain) -> None:
    """Anyone may ask for a certificate in any name, without approval, and log on with it."""
    domain.change("template", msPKI_Certificate_Name_Flag=1)
    domain.permit("template", ENROL)


def change(**attributes: str | int) -> Spoil:
    return both(open_template, lambda d: d.change("template", **attributes))


def test_a_template_by_which_anyone_takes_any_name() -> None:
    (line,), level = failure(IMPERSONATION, open_template)
    assert line.startswith("Utilisateurs authentifiés → inscription → CN=Poste,")
    assert level == 1


@pytest.mark.parametrize("uses", ["2.5.29.37.0", "1.3.6.1.5.2.3.4", ()])
def test_other_uses_that_log_on(uses: str) -> None:
    assert spoiled(IMPERSONATION, change(pKIExtendedKeyUsage=uses)).verdict is Verdict.FAIL


@pytest.mark.parametrize(
    "spoil",
    [
        change(msPKI_Enrollment_Flag=2),
        change(msPKI_RA_Signature=1),
        change(msPKI_Certificate_Name_Flag=0x8000000),
        change(pKIExtendedKeyUsage="1.3.6.1.5.5.7.3.1"),
        both(open_template, lambda d: d.change("authority", certificateTemplates="Autre")),
        both(open_template, lambda d: d.change("ntauth", cACertificate=b"other")),
        both(open_template, lambda d: d.permit("template", Entry(f"{SID}-512", 0x100))),
        both(
            open_template,
            lambda d: d.permit("template", Entry("S-1-5-11", 0x100, deny=True), ENROL),
        ),
    ],
    ids=[
        "approval",
        "signature",
        "name built by the directory",
        "servers only",
        "not published",
        "authority not accepted",
        "administrators only",
        "refused",
    ],
)
def test_one_condition_less_makes_it_harmless(spoil: Spoil) -> None:
    assert spoiled(IMPERSONATION, spoil).verdict is Verdict.PASS


@pytest.mark.parametrize(
    "attribute", ["msPKI-Certificate-Name-Flag", "msPKI-Enrollment-Flag", "nTSecurityDescriptor"]
)
def test_a_hidden_setting_prevents_a_pass(attribute: str) -> None:
    spoil = both(open_template, lambda d: d.hide("template", attribute))
    assert spoiled(IMPERSONATION, spoil).verdict is Verdict.NOT_TESTED


@pytest.mark.parametrize(
    ("entry", "level"),
    [
        (Entry(AGENT, FULL), 1),
        (Entry(AGENT, 0x20, GUIDS["member"]), 2),
    ],
)
def test_rewriting_a_published_template(entry: Entry, level: int) -> None:
    assert failure(CONTROL, lambda d: d.permit("template", entry))[1] == level


def test_rewriting_a_template_that_is_not_published_is_of_level_two() -> None:
    def spoil(domain: Domain) -> None:
        domain.change("authority", certificateTemplates="Autre")
        domain.permit("template", Entry(AGENT, FULL))

    assert failure(CONTROL, spoil)[1] == 2


def test_no_template_and_no_container_are_not_the_same() -> None:
    assert spoiled(CONTROL, lambda d: d.remove("template")).verdict is Verdict.PASS
    assert spoiled(CONTROL, lambda d: d.remove("templates")).verdict is Verdict.NOT_TESTED


@pytest.mark.parametrize("name", ["pki", "ntauth", "aia", "authority"])
def test_rewriting_what_certificates_rest_on(name: str) -> None:
    assert failure(CONTAINERS, lambda d: d.permit(name, Entry(AGENT, FULL)))[1] == 1


@pytest.mark.parametrize("sid", [PUBLISHER, f"{SID}-6000"], ids=["Cert Publishers", "host"])
def test_an_authority_writes_where_it_publishes_and_nowhere_else(sid: str) -> None:
    entry = Entry(sid, FULL)
    assert spoiled(CONTAINERS, lambda d: d.permit("aia", entry)).verdict is Verdict.PASS
    assert spoiled(CONTAINERS, lambda d: d.permit("ntauth", entry)).verdict is Verdict.FAIL
    assert PKI in spoiled(CONTAINERS, lambda d: d.permit("pki", entry)).objects[0]
