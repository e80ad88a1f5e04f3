"""A form filled beforehand: a short link, else a file and its command; gaps are never sent."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from care_kit.exporters.counter.fields import Field
from care_kit.exporters.counter.prefill import LONGEST_LINK, PrefillMap, command, prefill, read_map
from care_kit.model.words.errors import InputError

LINK = "https://demarche.exemple.fr/commencer/aide"
FIELDS = (
    Field("nom", "Nom", "Hôpital de l'Étang & Cie"),
    Field("montant", "Montant", "12000.50"),
    Field("plafond", "Plafond", "à compléter : plafond notifié"),
)
MAP = PrefillMap(LINK, {"nom": "champ_QQ", "montant": "champ_Qg==", "plafond": "champ_Qw"}, 42)


def test_a_short_form_is_a_link_that_gives_the_values_back() -> None:
    made = prefill(MAP, FIELDS)

    parts = urlsplit(made.link)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == LINK
    assert parse_qs(parts.query) == {
        "champ_QQ": ["Hôpital de l'Étang & Cie"],
        "champ_Qg==": ["12000.50"],
    }


def test_a_gap_is_told_and_never_sent() -> None:
    made = prefill(MAP, FIELDS)

    assert made.left == ("Plafond",)
    assert b"compl" not in made.body and "champ_Qw" not in made.link


@pytest.mark.parametrize(("extra", "fits"), [(0, True), (1, False)])
def test_the_limit_is_two_thousand_characters(extra: int, fits: bool) -> None:
    short = PrefillMap(LINK, {"nom": "champ_QQ"})
    room = LONGEST_LINK - len(f"{LINK}?champ_QQ=")

    made = prefill(short, [Field("nom", "Nom", "a" * (room + extra))])

    assert bool(made.link) is fits


def test_a_long_form_is_a_file_and_a_command_to_read_first() -> None:
    made = prefill(MAP, [Field("nom", "Nom", "é" * 2000), *FIELDS[1:]])

    assert made.link == ""
    assert json.loads(made.body)["champ_QQ"] == "é" * 2000
    assert command(made, Path("p.json")) == (
        'curl -X POST -H "Content-Type: application/json" --data "@p.json" '
        '"https://demarche.exemple.fr/api/public/v1/demarches/42/dossiers"'
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('lien = "http://demarche.exemple.fr/commencer/a"', "n'est pas le lien"),
        ('lien = "https://demarche.exemple.fr/autre"', "n'est pas le lien"),
        ("lien = 'https://a.fr\";curl x|sh;\"/commencer/a'", "n'est pas le lien"),
        ("lien = 'https://a.fr/commencer/$(id)'", "n'est pas le lien"),
        ("lien = 'https://nom:secret@a.fr/commencer/a'", "n'est pas le lien"),
        ("lien = 'https://[a/commencer/a'", "n'est pas le lien"),
        (f'lien = "{LINK}"\n[champs]\nnom = "1; rm"', "n'est pas l'identifiant d'un champ"),
        ("numero = 3", "lien"),
    ],
)
def test_a_wrong_map_is_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "map.toml").write_text(text, encoding="utf-8")

    with pytest.raises(InputError) as told:
        read_map(tmp_path / "map.toml")
    assert sentence in told.value.sentence


def test_a_key_that_is_not_ours_is_told() -> None:
    with pytest.raises(InputError, match="n'est pas une clé"):
        prefill(PrefillMap(LINK, {"inconnue": "champ_QQ"}), FIELDS)
