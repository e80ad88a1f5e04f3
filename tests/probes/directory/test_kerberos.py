"""Kerberos without a directory: its real use is in the lab.

The `gssapi` package is an extra: these tests pretend that it is absent, or put a stand-in in its
place, because a plain station has neither it nor a ticket.
"""

import sys
from types import ModuleType, SimpleNamespace

import pytest

from care_kit.model.words.errors import InputError, ProbeError
from care_kit.probes.directory import Target, kerberos

TARGET = Target("dc1.test.lan", "a@TEST.LAN", kerberos=True)
BASE = -1_765_328_384  # ERROR_TABLE_BASE_krb5 of MIT Kerberos


class RefusedError(Exception):
    def __init__(self, code: int) -> None:
        super().__init__()
        self.min_code = code


def stand_in(monkeypatch: pytest.MonkeyPatch, credentials: object) -> None:
    module = ModuleType("gssapi")
    module.__spec__ = SimpleNamespace(name="gssapi")  # type: ignore[assignment]
    module.Credentials = credentials  # type: ignore[attr-defined]
    module.exceptions = SimpleNamespace(GSSError=RefusedError)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "gssapi", module)


def test_without_the_extra_one_sentence_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kerberos, "find_spec", lambda _: None)
    with pytest.raises(InputError) as caught:
        kerberos.account()
    assert caught.value.sentence == "L'authentification Kerberos n'est pas installée sur ce poste."
    assert "care-kit[kerberos]" in caught.value.next_step


def test_the_account_is_the_one_of_the_ticket(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, lambda usage: SimpleNamespace(name="a@TEST.LAN"))
    assert kerberos.account() == "a@TEST.LAN"


def test_without_a_ticket_the_next_step_is_kinit(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(usage: str) -> None:
        raise RefusedError(BASE + 195)

    stand_in(monkeypatch, none)
    with pytest.raises(ProbeError, match="Aucun ticket Kerberos") as caught:
        kerberos.account()
    assert "kinit" in caught.value.next_step


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (7, "au nom « dc1.test.lan »"),
        (32, "a expiré"),
        (37, "L'heure de ce poste"),
        (156, "Aucun serveur Kerberos"),
        (60, "Kerberos refuse"),
    ],
)
@pytest.mark.parametrize("signed", [True, False])
def test_each_refusal_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, code: int, sentence: str, signed: bool
) -> None:
    def bind() -> None:
        raise RefusedError((BASE + code) if signed else (BASE + code) % 2**32)

    stand_in(monkeypatch, None)
    with pytest.raises(ProbeError) as caught:
        kerberos.bind(SimpleNamespace(bind=bind), TARGET)
    assert sentence in caught.value.sentence


def test_the_ticket_is_asked_for_the_name_of_the_certificate() -> None:
    named = Target("10.0.0.1", "a@TEST.LAN", certificate_name="dc1.test.lan", kerberos=True)
    asked = [kerberos.settings(one)["sasl_credentials"] for one in (TARGET, named)]
    assert asked == [("dc1.test.lan",)] * 2
