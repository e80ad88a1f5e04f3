"""Refusals that a lab cannot provoke: the server's own words, as Active Directory writes them."""

import ssl

import pytest

from care_kit.model.words.errors import InputError, ProbeError
from care_kit.probes.directory import Target, collect, failures

TARGET = Target("dc1.test.lan", "lecture@test.lan")
WINDOWS = "80090308: LdapErr: DSID-0C090569, comment: AcceptSecurityContext error, data {}, v4563"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("525", "n'existe pas"),
        ("52e", "refuse le mot de passe"),
        ("530", "à cette heure"),
        ("531", "depuis ce poste"),
        ("532", "a expiré"),
        ("533", "est désactivé"),
        ("701", "a expiré"),
        ("773", "doit changer son mot de passe"),
        ("775", "est verrouillé"),
        ("999", "refuse le mot de passe"),
    ],
)
def test_each_code_has_its_sentence(code: str, words: str) -> None:
    error = failures.refused(TARGET, WINDOWS.format(code))
    assert words in error.sentence
    assert "« lecture@test.lan »" in error.sentence
    assert error.next_step.endswith(".")


def test_a_required_channel_binding_is_told() -> None:
    message = (
        "80090346: LdapErr: DSID-0C0905F7, comment: AcceptSecurityContext error, data 80090346"
    )
    assert "canal TLS" in failures.refused(TARGET, message).sentence


def test_a_stronger_authentication_is_told() -> None:
    assert "plus forte" in failures.too_weak(TARGET).sentence


def test_an_expired_certificate_is_told() -> None:
    cause = ssl.SSLCertVerificationError()
    cause.verify_code = 10
    assert "hors de ses dates" in failures.bad_certificate(TARGET, cause).sentence


@pytest.mark.parametrize("user", ["lecture", "TEST\\lecture", ""])
def test_only_a_whole_identifier_is_accepted(user: str) -> None:
    with pytest.raises(InputError, match="n'est pas un identifiant complet"):
        collect(Target("127.0.0.1", user), "secret")


def test_an_empty_password_would_open_an_anonymous_session() -> None:
    with pytest.raises(InputError, match="est vide"):
        collect(TARGET, "")


def test_a_name_that_cannot_exist_is_told_before_any_connection() -> None:
    with pytest.raises(ProbeError, match="n'est pas connu"):
        collect(Target("dc1..lan", "lecture@test.lan"), "secret")
