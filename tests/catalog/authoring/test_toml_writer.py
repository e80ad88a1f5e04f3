"""What is written is read back the same."""

import tomli
from hypothesis import given
from hypothesis import strategies as st

from care_kit.catalog import toml_file
from care_kit.catalog.authoring.toml_writer import dumps
from care_kit.catalog.content import Content
from care_kit.model.content.programme import Objective, Programme
from care_kit.model.words.text import printable
from care_kit.model.words.vocabulary import Provenance


def test_all_shipped_content_survives_being_written(every: Content) -> None:
    shipped: list[object] = [
        *every.questionnaires.values(),
        *every.programmes.values(),
        *every.checks.values(),
        *every.profiles.values(),
    ]
    for one in shipped:
        table = tomli.loads(dumps(one, "Un essai."))
        assert toml_file.validate(table, type(one), "essai") == one


@given(st.text().map(printable))
def test_any_text_survives_being_written(text: str) -> None:
    proposed = Provenance.PROPOSED
    objective = Objective("A", text, text, text, proposed, text, indicators=(text,))
    programme = Programme("p", 1, text, text, text, text, proposed, text, (objective,))
    table = tomli.loads(dumps(programme, "Un essai."))
    assert toml_file.validate(table, Programme, "essai") == programme
