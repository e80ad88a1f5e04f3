"""This machine only, unless the person says otherwise."""

import pytest

from care_kit.model.words.errors import InputError
from care_kit.web.address import LOOPBACK, listening, origin_of, public_origin


@pytest.mark.parametrize("address", ["192.0.2.1", "10.0.0.1", "2001:db8::1", "::ffff:127.0.0.1"])
def test_an_address_others_can_reach_is_refused(address: str) -> None:
    with pytest.raises(InputError, match="joignable depuis d'autres postes") as caught:
        listening(address, 0, without_tls=False)
    assert "--without-tls" in caught.value.next_step


def test_it_is_tried_when_the_person_insists() -> None:
    # A documentation address: no machine has it, so that nothing is opened here.
    with pytest.raises(InputError, match=r"Impossible d'écouter sur 192\.0\.2\.1, port 8123"):
        listening("192.0.2.1", 8123, without_tls=True)


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "224.0.0.1"])
def test_all_addresses_at_once_are_refused_even_so(address: str) -> None:
    with pytest.raises(InputError, match="ne désigne pas une adresse précise"):
        listening(address, 0, without_tls=True)


@pytest.mark.parametrize("address", ["localhost", "", "127.0.0.1:80", "127.1", "-x"])
def test_a_name_is_not_an_address(address: str) -> None:
    with pytest.raises(InputError, match="n'est pas une adresse IP"):
        listening(address, 0, without_tls=False)


def test_a_free_port_is_taken_and_told() -> None:
    with listening(LOOPBACK, 0, without_tls=False) as listener:
        port = listener.getsockname()[1]
        assert origin_of(listener) == f"http://127.0.0.1:{port}"
        with pytest.raises(InputError, match=f"Impossible d'écouter sur 127.0.0.1, port {port}"):
            listening(LOOPBACK, port, without_tls=False)


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_that_cannot_be_is_refused(port: int) -> None:
    with pytest.raises(InputError, match="Impossible d'écouter"):
        listening(LOOPBACK, port, without_tls=False)


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("https://care.hopital.example", "https://care.hopital.example"),
        ("https://Care.Hopital.Example:443/", "https://care.hopital.example"),
        ("https://10.0.0.1:8443", "https://10.0.0.1:8443"),
        ("https://[2001:DB8::1]:8443", "https://[2001:db8::1]:8443"),
    ],
)
def test_a_public_address_as_browsers_write_it(typed: str, origin: str) -> None:
    assert public_origin(typed) == origin


@pytest.mark.parametrize(
    "typed",
    [
        "http://care.hopital.example",
        "care.hopital.example",
        "https://",
        "https://a:b@care.hopital.example",
        "https://care.hopital.example/dossier",
        "https://care.hopital.example?x",
        "https://care.hopital.example#x",
        "https://care.hopital.example:99999",
        "https://care.hopital.example; script-src *",
        "https://hôpital.example",
        "https://[",
    ],
)
def test_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(InputError, match="n'est pas une adresse publique utilisable"):
        public_origin(typed)
