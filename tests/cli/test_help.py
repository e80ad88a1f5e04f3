"""Every command explains itself in French, in words a reader can type."""

import pytest

from care_kit.cli.app import COMMANDS, GROUPS
from tests.cli.conftest import Care

NAMES = [*COMMANDS, *(f"{group} {one}" for group, (_, bodies) in GROUPS.items() for one in bodies)]


@pytest.mark.parametrize("name", NAMES)
def test_the_help_is_french_and_free_of_the_marks_of_the_library(care: Care, name: str) -> None:
    done = care(*name.split(), "--help")
    assert done.code == 0, done.err
    usage, _, rest = done.out.partition("\n")
    assert usage.startswith(f"Utilisation : care {name}")
    assert "{" not in usage
    assert not any(word in rest for word in ("Usage", "Options:", "required", "default", "exit."))
