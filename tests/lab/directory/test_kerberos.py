"""A reading with the station's Kerberos ticket, asked from the domain's own KDC."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from care_kit.demo.samba import LabDomain
from care_kit.model.facts import directory_codec
from care_kit.model.words.errors import ProbeError
from care_kit.probes.directory import Target, collect, kerberos

pytestmark = pytest.mark.lab

CONFIGURATION = """[libdefaults]
default_realm = {realm}
dns_lookup_kdc = false
dns_canonicalize_hostname = false
rdns = false
[realms]
{realm} = {{
  kdc = {address}
}}
[domain_realm]
.{domain} = {realm}
"""


@pytest.fixture
def realm(sain: LabDomain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A station that knows the domain and keeps its tickets in a folder of its own."""
    name = sain.forest_dns.upper()
    file = tmp_path / "krb5.conf"
    file.write_text(CONFIGURATION.format(realm=name, address=sain.address, domain=sain.forest_dns))
    monkeypatch.setenv("KRB5_CONFIG", str(file))
    monkeypatch.setenv("KRB5CCNAME", f"FILE:{tmp_path / 'tickets'}")
    yield name


@pytest.fixture
def account(sain: LabDomain, realm: str) -> str:
    """The account whose ticket the station holds; its password travels by standard input."""
    principal = f"{sain.user_upn.partition('@')[0]}@{realm}"
    subprocess.run(
        ["kinit", principal], input=f"{sain.password}\n", text=True, check=True, capture_output=True
    )
    return principal


def target(lab: LabDomain, user: str, *, starttls: bool = False, name: str | None = None) -> Target:
    return Target(
        lab.address,
        user,
        port=389 if starttls else 636,
        starttls=starttls,
        ca_file=lab.ca_file,
        certificate_name=name,
        kerberos=True,
    )


def test_the_account_is_told_by_the_ticket(account: str) -> None:
    assert kerberos.account() == account


@pytest.mark.parametrize("starttls", [False, True])
def test_a_ticket_reads_what_a_password_reads(
    sain: LabDomain, account: str, starttls: bool
) -> None:
    asked = target(sain, account, starttls=starttls, name=sain.host_name)
    data, statement = collect(asked, "")
    other, _ = collect(Target(sain.address, sain.user_upn, ca_file=sain.ca_file), sain.password)
    read, expected = (
        {one.dn for one in directory_codec.decode(each).entries} for each in (data, other)
    )
    assert read == expected
    assert (statement.account, statement.complete) == (account, True)


def test_without_a_ticket_nothing_is_sent(sain: LabDomain, realm: str) -> None:
    with pytest.raises(ProbeError, match="Aucun ticket Kerberos"):
        kerberos.account()


def test_a_controller_named_by_its_address_refuses_the_ticket(
    sain: LabDomain, account: str
) -> None:
    with pytest.raises(
        ProbeError, match=f"le ticket Kerberos présenté à « {sain.address} »"
    ) as caught:
        collect(target(sain, account), "")
    assert "--certificate-name" in caught.value.next_step


def test_the_certificate_is_checked_before_the_ticket_is_shown(
    sain: LabDomain, account: str
) -> None:
    with pytest.raises(ProbeError, match="ne porte pas le nom"):
        collect(target(sain, account, name="autre.chu-exemple.lan"), "")
