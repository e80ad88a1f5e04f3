import pytest
from sqlalchemy import Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from care_kit.dossier.dossier import Dossier
from care_kit.dossier.journal.events import EvidenceAdded
from care_kit.dossier.journal.store import BLOBS, EVENTS, META
from care_kit.model.formats.codec import sha512
from care_kit.model.words.errors import DossierError


@pytest.mark.parametrize("table", [META, EVENTS, BLOBS])
def test_the_schema_compiles_for_postgresql(table: Table) -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    ddl = str(CreateTable(table).compile(dialect=dialect))
    assert f"CREATE TABLE {table.name}" in ddl


def test_the_bytes_of_a_piece_come_back_and_are_checked(dossier: Dossier) -> None:
    content = b"\x00\xff" * 1000
    digest = sha512(content)
    piece = EvidenceAdded("1", "a.pdf", "A", "application/pdf", 2000, digest, None, ("CK-GOV-01",))
    dossier.append(piece, content)
    assert dossier.blob(digest) == content
    with pytest.raises(DossierError, match="introuvable"):
        dossier.blob("0" * 128)


def test_the_same_document_twice_is_stored_once(dossier: Dossier) -> None:
    content = b"le document"
    digest = sha512(content)
    for number in ("1", "2"):
        piece = EvidenceAdded(number, "a.txt", "A", "text/plain", 11, digest, None, ("X",))
        dossier.append(piece, content)
    assert set(dossier.state.evidence) == {"1", "2"}
    assert dossier.blob(digest) == content
