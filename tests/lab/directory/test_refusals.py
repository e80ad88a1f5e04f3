"""Every way a real server says no, told in one French sentence."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from care_kit.demo.samba import LabDomain, running_domain
from care_kit.model.words.errors import ProbeError
from care_kit.probes.directory import Target, collect

pytestmark = pytest.mark.lab


def refusal(target: Target, password: str) -> ProbeError:
    with pytest.raises(ProbeError) as caught:
        collect(target, password)
    assert password not in f"{caught.value.sentence} {caught.value.next_step}"
    return caught.value


def test_wrong_password(hopital: LabDomain) -> None:
    target = Target(hopital.address, hopital.user_upn, ca_file=hopital.ca_file)
    error = refusal(target, "faux-mot-de-passe")
    assert error.sentence == (
        "L'annuaire refuse le mot de passe ou le compte « auditeur@chu-exemple.lan »."
    )


def test_untrusted_certificate(hopital: LabDomain) -> None:
    error = refusal(Target(hopital.address, hopital.user_upn), hopital.password)
    assert error.sentence.endswith("n'est signé par aucune autorité connue de ce poste.")


@pytest.mark.parametrize("starttls", [False, True])
def test_certificate_of_another_name(hopital: LabDomain, starttls: bool) -> None:
    target = Target(
        hopital.address,
        hopital.user_upn,
        port=389 if starttls else 636,
        starttls=starttls,
        ca_file=hopital.ca_file,
        certificate_name="dc9.chu-exemple.lan",
    )
    error = refusal(target, hopital.password)
    assert error.sentence.endswith("ne porte pas le nom « dc9.chu-exemple.lan ».")


def test_the_name_written_in_the_certificate_is_accepted(hopital: LabDomain) -> None:
    target = Target(
        hopital.address,
        hopital.user_upn,
        ca_file=hopital.ca_file,
        certificate_name=hopital.host_name,
    )
    _, statement = collect(target, hopital.password)
    assert statement.complete


def test_closed_port(hopital: LabDomain) -> None:
    target = Target(hopital.address, hopital.user_upn, port=637, ca_file=hopital.ca_file)
    assert "est injoignable" in refusal(target, hopital.password).sentence


def test_a_port_that_does_not_speak_tls(hopital: LabDomain) -> None:
    target = Target(hopital.address, hopital.user_upn, port=389, ca_file=hopital.ca_file)
    assert "aucune session TLS" in refusal(target, hopital.password).sentence


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port that accepts connections and never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_server_that_never_answers(
    silent_port: int, hopital: LabDomain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("care_kit.probes.directory.session._ANSWER_SECONDS", 1)
    target = Target("127.0.0.1", hopital.user_upn, port=silent_port, ca_file=hopital.ca_file)
    assert "ne répond pas dans le délai" in refusal(target, "secret").sentence


def test_missing_file_of_authorities(hopital: LabDomain, tmp_path: Path) -> None:
    target = Target(hopital.address, hopital.user_upn, ca_file=tmp_path / "absent.pem")
    assert "est absent ou illisible" in refusal(target, hopital.password).sentence


def test_the_lab_refuses_an_address_already_taken(hopital: LabDomain) -> None:
    with (
        pytest.raises(ProbeError, match="Un serveur répond déjà"),
        running_domain(address=hopital.address),
    ):
        pass
