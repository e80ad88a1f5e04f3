"""French typography of the texts shipped: the validator has no remark on any of our files."""

from care_kit.catalog.authoring.typography import slips
from tests.catalog.authoring.conftest import Reviewed


def test_every_text_is_written_as_french_is_printed(reviewed: Reviewed) -> None:
    assert reviewed().advice == ()


def test_a_group_a_french_directory_shows_in_french_is_named_so() -> None:
    assert list(slips("Rendez-en Domain Admins propriétaire.")) == [
        "« Domain Admins » : écrivez « Admins du domaine (Domain Admins) »"
    ]
    assert not list(slips("Rendez-en Admins du domaine (Domain Admins) propriétaire."))
