"""A domain controller as people write it: a name, a name and its port, an address of LDAPS."""

import pytest

from care_kit.cli.probe.targets import targets
from care_kit.model.words.errors import InputError
from care_kit.probes.directory.target import Target


def target(server: str, *, port: int | None = None, starttls: bool = False) -> Target:
    (one,) = targets(
        [server],
        ["lecture@ch.lan"],
        [],
        [],
        port=port,
        starttls=starttls,
        unverified=False,
        kerberos=False,
    )
    return one


@pytest.mark.parametrize(
    ("typed", "server", "port"),
    [
        ("dc1.ch.lan", "dc1.ch.lan", 636),
        ("dc1:636", "dc1", 636),
        ("dc1:3269", "dc1", 3269),
        ("ldaps://dc1", "dc1", 636),
        ("LDAPS://dc1.ch.lan:3269/", "dc1.ch.lan", 3269),
        ("2001:db8::1", "2001:db8::1", 636),
        ("[2001:db8::1]:3269", "2001:db8::1", 3269),
    ],
)
def test_a_server_is_read_as_it_is_written(typed: str, server: str, port: int) -> None:
    assert (target(typed).server, target(typed).port) == (server, port)


def test_ldap_is_read_with_starttls_only() -> None:
    assert target("ldap://dc1", starttls=True).port == 389
    with pytest.raises(InputError, match="en clair"):
        target("ldap://dc1")


@pytest.mark.parametrize("typed", ["dc1:ldaps", "dc1:0", "dc1:70000", "http://dc1"])
def test_what_is_no_server_is_refused(typed: str) -> None:
    with pytest.raises(InputError):
        target(typed)


def test_two_ports_that_disagree_are_refused() -> None:
    with pytest.raises(InputError, match="contredisent"):
        target("dc1:636", port=3269)
