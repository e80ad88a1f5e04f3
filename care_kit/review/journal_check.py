"""Checks the hash chain of the journal, then that each event is one care-kit knows."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

from care_kit.dossier.folding.fold import event_of, fold
from care_kit.dossier.journal.chain import Record, read
from care_kit.dossier.journal.commitments import AUTHOR
from care_kit.dossier.journal.events import KINDS, DossierCreated
from care_kit.dossier.journal.graph import BrokenJournal, Journal
from care_kit.model.dossier.state import DossierState
from care_kit.model.words.errors import CareError
from care_kit.model.words.text import shown
from care_kit.review.codes import Code
from care_kit.review.verification import Problem

JOURNAL = "data/journal.jsonl"
MOST_LINES = 40_000
LONGEST_LINE = 1_000_000


def read_journal(raw: bytes) -> tuple[tuple[Record, ...], Problem | None]:
    """Records up to the first that breaks the chain, and what is wrong with that one."""
    journal = Journal()
    if raw.count(b"\n") > MOST_LINES:
        why = f"Le journal compte plus de {MOST_LINES} lignes."
        return (), Problem(JOURNAL, why, Code.FILE_TOO_LARGE)
    if raw and not raw.endswith(b"\n"):
        return (), Problem(JOURNAL, "La dernière ligne du journal est coupée.", Code.JOURNAL_BROKEN)
    order: list[str] = []
    for rank, line in enumerate(BytesIO(raw), 1):
        why = _taken(journal, line, order)
        if why:
            why = f"La chaîne du journal est rompue à l'événement n° {rank} : {why}."
            return tuple(journal.told), Problem(JOURNAL, why, Code.JOURNAL_BROKEN)
    records = tuple(journal.told)
    if not records:
        return (), Problem(JOURNAL, "Le journal est vide.", Code.JOURNAL_BROKEN)
    if [record.hash for record in records] != order:
        why = "Les lignes du journal ne sont pas dans leur ordre."
        return records, Problem(JOURNAL, why, Code.JOURNAL_BROKEN)
    return records, None


def _taken(journal: Journal, line: bytes, order: list[str]) -> str:
    """Why a line does not hold where it stands, empty when it was added to the journal."""
    if len(line) > LONGEST_LINE:
        return "la ligne est démesurée"
    try:
        record = read(line.decode("utf-8"))
        if f"{record.line()}\n".encode() != line:
            return "la ligne n'est pas écrite sous sa forme canonique"
        journal.take([record])
        order.append(record.hash)
    except BrokenJournal as broken:
        return broken.why
    except (ValueError, RecursionError):
        return "la ligne est illisible"
    return ""


def folded(records: tuple[Record, ...]) -> tuple[DossierState | None, list[Problem]]:
    """The state these records give, None when an event is not one care-kit writes."""
    problems = [one for rank, record in enumerate(records, 1) for one in _events(rank, record)]
    if problems:
        return None, problems
    try:
        return fold(records), []
    except (CareError, ValueError, KeyError, TypeError, ArithmeticError) as cause:
        why = cause.sentence if isinstance(cause, CareError) else "Le journal ne se rejoue pas."
        return None, [Problem(JOURNAL, why, Code.JOURNAL_EVENT)]


def _events(rank: int, record: Record) -> Iterator[Problem]:
    """Unknown kinds, payloads of another shape, moments that are no dates, a second beginning."""
    place = f"Événement n° {rank}"
    if record.kind not in KINDS:
        why = f"{place} : « {shown(record.kind)} » n'est pas un événement de care-kit."
        yield Problem(JOURNAL, why, Code.JOURNAL_EVENT)
        return
    try:
        event = event_of(record)
    except (CareError, ValueError, TypeError, KeyError, RecursionError):
        why = f"{place} : son contenu n'est pas celui d'un événement « {record.kind} »."
        yield Problem(JOURNAL, why, Code.JOURNAL_EVENT)
        return
    if isinstance(event, DossierCreated) != (not record.parents):
        why = f"{place} : un dossier commence par sa création, une seule fois."
        yield Problem(JOURNAL, why, Code.JOURNAL_EVENT)
    if not _is_moment(record.at):
        why = f"{place} : « {shown(record.at)} » n'est pas un moment."
        yield Problem(JOURNAL, why, Code.JOURNAL_MOMENT)
    if not record.author.strip() and AUTHOR not in record.withheld:
        yield Problem(JOURNAL, f"{place} : il n'a pas d'auteur.", Code.JOURNAL_EVENT)


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
