from pathlib import Path

import pytest

from care_kit.cli.probe.targets import passwords, targets
from care_kit.model.words.errors import InputError
from care_kit.probes.directory import Target, kerberos
from tests.cli.conftest import Care


def asked(
    servers: list[str],
    users: list[str],
    ca_files: list[Path] | None = None,
    names: list[str] | None = None,
    *,
    ticket: bool = False,
) -> list[Target]:
    return targets(
        servers,
        users,
        ca_files or [],
        names or [],
        port=None,
        starttls=False,
        unverified=False,
        kerberos=ticket,
    )


def test_one_account_and_one_authority_serve_all_the_domains() -> None:
    found = asked(["dc1", "dc2"], ["a@test.lan"], [Path("ac.pem")])
    assert [(one.server, one.user, one.ca_file) for one in found] == [
        ("dc1", "a@test.lan", Path("ac.pem")),
        ("dc2", "a@test.lan", Path("ac.pem")),
    ]


def test_each_forest_may_have_its_own_account_and_authority() -> None:
    files = [Path("1.pem"), Path("2.pem")]
    found = asked(["dc1", "dc2"], ["a@un.lan", "b@deux.lan"], files, ["dc1.un.lan", "dc.deux.lan"])
    assert [(one.user, one.ca_file, one.certificate_name) for one in found] == [
        ("a@un.lan", files[0], "dc1.un.lan"),
        ("b@deux.lan", files[1], "dc.deux.lan"),
    ]


def test_options_that_do_not_pair_are_refused() -> None:
    with pytest.raises(InputError, match="--user est donnée 2 fois pour 3\u00a0serveurs"):
        asked(["dc1", "dc2", "dc3"], ["a@un.lan", "b@deux.lan"])


def test_each_account_has_its_own_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARE_LDAP_PASSWORD", "un")
    monkeypatch.setenv("CARE_LDAP_PASSWORD_2", "deux")
    found = passwords(asked(["dc1", "dc2", "dc3"], ["a@un.lan", "b@deux.lan", "a@un.lan"]))
    assert found == {"a@un.lan": "un", "b@deux.lan": "deux"}


def test_a_password_is_never_tried_on_another_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARE_LDAP_PASSWORD", "un")
    monkeypatch.delenv("CARE_LDAP_PASSWORD_2", raising=False)
    with pytest.raises(InputError, match=r"b@deux\.lan manque"):
        passwords(asked(["dc1", "dc2"], ["a@un.lan", "b@deux.lan"]))


def test_a_ticket_needs_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kerberos, "account", lambda: "a@UN.LAN")
    found = asked(["dc1"], [], ticket=True)
    assert (found[0].user, passwords(found)) == ("a@UN.LAN", {})


def test_an_account_beside_a_ticket_is_refused(started: Care) -> None:
    done = started("probe", "directory", "dc1", "--kerberos", "--user", "a@un.lan")
    assert done.refused_clearly
    assert "c'est le ticket du poste qui désigne le compte" in done.err


def test_without_the_extra_kerberos_is_refused_clearly(
    started: Care, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kerberos, "find_spec", lambda _: None)
    done = started("probe", "directory", "dc1.un.lan", "--kerberos")
    assert done.refused_clearly
    assert "pip install 'care-kit[kerberos]'" in done.err


def test_every_domain_that_refuses_is_told(started: Care, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARE_LDAP_PASSWORD", "x")
    done = started(
        "probe", "directory", "127.0.0.1", "127.0.0.2", "--user", "a@un.lan", "--port", "1"
    )
    assert done.refused_clearly
    assert "ldaps://127.0.0.1:1 est injoignable" in done.err
    assert "ldaps://127.0.0.2:1 est injoignable" in done.err
