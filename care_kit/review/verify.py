"""Verifies a package: nothing is extracted, nothing is trusted, every fault names its file."""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from care_kit.dossier.journal.chain import Record
from care_kit.model.words.errors import PackageError
from care_kit.review import journal_check, sources
from care_kit.review.bag_check import bag_info, check_bag
from care_kit.review.verification import ENVELOPE, Contents, Problem, Summary, Verification


def verify(path: Path) -> Verification:
    """Verify a zip or an extracted folder; PackageError when it is absent or hostile."""
    try:
        if path.is_dir():
            return _verified(sources.from_folder(path))
        with path.open("rb") as stream:
            return verify_stream(stream, path.stat().st_size)
    except OSError as cause:
        raise PackageError(
            f"Le paquet « {path} » ne peut pas être lu : {cause.strerror or cause}.",
            "Vérifiez le chemin et vos droits de lecture.",
        ) from cause


def verify_stream(stream: BinaryIO, size: int) -> Verification:
    """Verify a zip of `size` bytes already open; PackageError when it is hostile."""
    contents = sources.from_zip(stream, size)
    if contents is None:
        problem = Problem(
            ENVELOPE, "Le fichier n'est pas un zip lisible : il est tronqué ou abîmé."
        )
        return Verification(False, (problem,), 0, Summary())
    return _verified(contents)


def _verified(contents: Contents) -> Verification:
    problems = list(contents.problems)
    blamed = {one.file for one in problems}
    problems += [one for one in check_bag(contents) if one.file not in blamed]
    info = bag_info(contents)
    parts = info.get("Care-Kit-Parts", "").split()
    redacted = info.get("Care-Kit-Redacted") == "true"
    records, faults, notes = _journal(contents, info, parts, redacted)
    problems += faults
    return Verification(
        ok=not problems,
        problems=tuple(problems),
        files=len(contents.digests),
        summary=_summary(contents, info, records, redacted),
        notes=notes,
    )


def _journal(
    contents: Contents, info: dict[str, str], parts: Sequence[str], redacted: bool
) -> tuple[tuple[Record, ...], list[Problem], tuple[str, ...]]:
    """Records, what is wrong with them, and what could not be checked and why."""
    raw = contents.small.get(journal_check.JOURNAL)
    if raw is None:
        if "journal" in parts:
            return (), [Problem(journal_check.JOURNAL, "Le journal annoncé est absent.")], ()
        return (), [], ("Le journal n'est pas joint : rien ne relie les pièces à leur histoire.",)
    records, broken = journal_check.read_journal(raw)
    if broken is not None:
        return records, [broken], ()
    faults = list(
        journal_check.check_head(contents, records, info.get("Care-Kit-Journal-Head", ""))
    )
    notes: list[str] = []
    if "pieces" in parts:
        faults += journal_check.check_pieces(contents, records)
    else:
        notes.append("Les pièces ne sont pas jointes dans ce profil.")
    if "readings" in parts:
        faults += journal_check.check_readings(contents, records, redacted)
    else:
        notes.append("Les relevés ne sont pas joints dans ce profil.")
    if redacted:
        notes.append(
            "Paquet expurgé : les faits bruts des relevés restent à l'établissement ; "
            "leurs empreintes sont dans le journal."
        )
    return records, faults, tuple(notes)


def _summary(
    contents: Contents, info: dict[str, str], records: tuple[Record, ...], redacted: bool
) -> Summary:
    kinds = [record.kind for record in records]
    return Summary(
        top=contents.top,
        organisation=info.get("Source-Organization", ""),
        finess=info.get("External-Identifier", ""),
        profile=info.get("Care-Kit-Profile", ""),
        tlp=info.get("Care-Kit-TLP", ""),
        redacted=redacted,
        made_on=info.get("Bagging-Date", ""),
        agent=info.get("Bag-Software-Agent", ""),
        head=records[-1].hash if records else "",
        events=len(records),
        pieces=kinds.count("EvidenceAdded"),
        readings=kinds.count("ReadingAdded"),
    )
