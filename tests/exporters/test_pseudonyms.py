"""Labels are stable, and sentences are freed of the names that can be recognised in them."""

import pytest

from care_kit.exporters.pseudonyms import Kind, Pseudonyms
from care_kit.model.formats.pseudonym import digester


@pytest.fixture
def names() -> Pseudonyms:
    made = Pseudonyms(digester(b"cle"))
    made.label(Kind.DOMAIN, "chu.example")
    made.label(Kind.ACCOUNT, "svc_sql1")
    made.label(Kind.ACCOUNT, "sauvegarde")
    made.label(Kind.ACCOUNT, "CN=Poste 1,DC=chu,DC=example")
    made.label(Kind.HOST, "vpn.chu.example")
    return made


def test_letter_case_does_not_change_a_label() -> None:
    names = Pseudonyms(digester(b"cle"))
    assert names.label(Kind.HOST, "VPN.chu.example") == names.label(Kind.HOST, "vpn.CHU.example")


def test_a_name_has_one_label_whatever_it_is_later_taken_for(names: Pseudonyms) -> None:
    assert names.label(Kind.HOST, "chu.example").startswith("domaine-")


def test_an_empty_name_stays_empty(names: Pseudonyms) -> None:
    assert names.label(Kind.ACCOUNT, "") == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "Le compte svc_sql1 est ancien.",
        "Le compte SVC_SQL1.",
        "vpn.chu.example:443 répond.",
        "Écrire à jean@chu.example.",
        "Compte CHU\\sauvegarde.",
        "Serveur inconnu.chu.example.",
        "Adresse 203.0.113.9, puis 2001:db8::9.",
        "Objet CN=Poste 1,DC=chu,DC=example trouvé.",
    ],
)
def test_a_recognised_name_leaves_the_sentence(names: Pseudonyms, sentence: str) -> None:
    erased = names.erase(sentence)
    assert names.named_in(sentence)
    for secret in ("svc_sql1", "SVC_SQL1", "chu.example", "\\sauvegarde", "203.0", "2001", "Poste"):
        assert secret not in erased


@pytest.mark.parametrize(
    "sentence",
    [
        "La sauvegarde est restaurée chaque année.",
        "Seuil : 365 jours ; constaté : 40.",
        "TLS 1.2 et 1.3, version 7.93.",
        "Voir le point vuln_dont_expire.",
    ],
)
def test_a_sentence_without_a_name_is_left_as_it_is(names: Pseudonyms, sentence: str) -> None:
    assert names.erase(sentence) == sentence
