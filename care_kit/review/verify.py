"""Verifies a package: nothing is extracted, nothing is trusted, every fault names its file."""

import stat
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from care_kit.model.dossier.state import DossierState
from care_kit.model.words.errors import PackageError
from care_kit.review import journal_check, sources
from care_kit.review.bag_check import REQUIRED, bag_info, check_bag
from care_kit.review.codes import Code
from care_kit.review.recompute.recompute import Outcome, recomputed
from care_kit.review.verification import ENVELOPE, Contents, Problem, Summary, Verification

_README = "LISEZ-MOI.html"
_NO_JOURNAL = Outcome(
    reserves=(
        "Le journal n'est pas joint : rien n'est recalculé, et rien ne relie les pièces à leur "
        "histoire.",
    )
)


def verify(path: Path) -> Verification:
    """Verify a zip or an extracted folder; PackageError when it is absent or hostile."""
    try:
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            return _verified(sources.from_folder(path))
        if not stat.S_ISREG(kind):
            raise PackageError(
                f"« {path} » n'est pas un fichier : c'est un tube, un périphérique ou une prise.",
                "Donnez le chemin d'un paquet .zip ou d'un dossier extrait.",
            )
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
        why = "Le fichier n'est pas un zip lisible : il est tronqué ou abîmé."
        return Verification(
            False, (Problem(ENVELOPE, why, Code.ZIP_UNREADABLE),), 0, Summary()
        )
    return _verified(contents)


def _verified(contents: Contents) -> Verification:
    """Seals first: what is damaged is not judged again."""
    problems = list(contents.problems)
    blamed = {one.file for one in problems}
    problems += [one for one in check_bag(contents) if one.file not in blamed]
    info = bag_info(contents)
    summary = _said(contents, info)
    state, faults, outcome = None, [], _NO_JOURNAL
    if journal_check.JOURNAL in contents.small:
        summary, state, faults, outcome = _journal(contents, summary, judge=not problems)
        problems += faults
    elif "journal" in info.get("Care-Kit-Parts", "").split():
        why = "Le journal annoncé est absent."
        problems.append(Problem(journal_check.JOURNAL, why, Code.JOURNAL_MISSING))
    if state is None:
        problems += _unknown(contents, {one.file for one in problems})
    problems += outcome.problems
    return Verification(
        ok=not problems,
        problems=tuple(problems),
        files=len(contents.digests),
        summary=summary,
        notes=(*contents.notes, *outcome.notes),
        recomputed=outcome.figures,
        reserves=outcome.reserves,
    )


def _journal(
    contents: Contents, summary: Summary, *, judge: bool
) -> tuple[Summary, DossierState | None, list[Problem], Outcome]:
    """What the journal tells: who, how much, and the figures when nothing is damaged."""
    records, broken = journal_check.read_journal(contents.small[journal_check.JOURNAL])
    kinds = [record.kind for record in records]
    summary = replace(
        summary,
        head=records[-1].hash if records else "",
        events=len(records),
        pieces=kinds.count("EvidenceAdded"),
        readings=kinds.count("ReadingAdded"),
    )
    if broken is not None:
        return summary, None, [broken], Outcome()
    state, faults = journal_check.folded(records)
    if state is None or not judge:
        return summary, state, faults, Outcome()
    lead = state.establishment.lead
    summary = replace(
        summary, organisation=state.establishment.name, finess=lead.finess_ej
    )
    return summary, state, faults, recomputed(contents, records, state)


def _unknown(contents: Contents, blamed: set[str]) -> list[Problem]:
    """Without a journal to say which files belong, those no part ever writes."""
    allowed = {*REQUIRED, _README}
    return [
        Problem(one, f"« {one} » n'est pas un fichier que care-kit écrit.", Code.FILE_UNKNOWN)
        for one in sorted(contents.digests)
        if one not in allowed and not one.startswith("data/") and one not in blamed
    ]


def _said(contents: Contents, info: dict[str, str]) -> Summary:
    return Summary(
        top=contents.top,
        organisation=info.get("Source-Organization", ""),
        finess=info.get("External-Identifier", ""),
        profile=info.get("Care-Kit-Profile", ""),
        tlp=info.get("Care-Kit-TLP", ""),
        redacted=info.get("Care-Kit-Redacted") == "true",
        made_on=info.get("Bagging-Date", ""),
        agent=info.get("Bag-Software-Agent", ""),
        sha512=contents.sha512,
    )
