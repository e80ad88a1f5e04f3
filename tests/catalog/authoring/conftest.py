"""An overlay of one's own, reviewed with the rules that exist."""

from collections.abc import Callable, Iterator

import pytest

from care_kit.catalog.authoring.review import Review, review
from care_kit.rules import directory, exposure
from tests.catalog.conftest import Overlay

Reviewed = Callable[[], Review]


@pytest.fixture
def reviewed(overlay: Overlay) -> Iterator[Reviewed]:
    """All remarks on the shipped content and the overlay."""
    yield lambda: review(directory.rule_ids() | exposure.rule_ids())


def objective(**more: str) -> str:
    """The TOML of a programme with one objective, valid unless a field is changed."""
    said = {"target": "La cible est écrite.", "source": "Texte lu", "title": "Objectif"} | more
    return (
        'id = "essai"\nversion = 1\ntitle = "Essai"\ntext = "Texte"\ncounter = "Guichet"\n'
        'notice = "Un essai."\nprovenance = "proposed"\nsource = "Texte lu"\n[[objectives]]\n'
        f'id = "ESSAI-1"\ntitle = "{said["title"]}"\ntarget = "{said["target"]}"\n'
        f'who = "Tous"\nprovenance = "proposed"\nsource = "{said["source"]}"\n'
    )
