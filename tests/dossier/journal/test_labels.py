"""Every event has a French name: the journal is read by people."""

from care_kit.dossier.journal.events import KINDS
from care_kit.dossier.journal.labels import LABELS


def test_every_event_has_its_name_and_no_other() -> None:
    assert set(LABELS) == set(KINDS)
