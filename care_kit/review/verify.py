"""Verifies a package: nothing is extracted, nothing is trusted, every fault names its file."""

import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from care_kit.dossier.journal.graph import backwards, heads, told_backwards
from care_kit.exporters import views
from care_kit.exporters.bag import README
from care_kit.exporters.documents import CONTENTS, OWN, SLIP
from care_kit.model.dossier.state import DossierState
from care_kit.model.words.errors import PackageError
from care_kit.model.words.french import listed
from care_kit.model.words.text import printable, shown
from care_kit.review import bag_check, journal_check, sources
from care_kit.review.bag_check import REQUIRED, bag_info, check_bag
from care_kit.review.codes import Code
from care_kit.review.recompute.content import content_with
from care_kit.review.recompute.printed import DATA
from care_kit.review.recompute.recompute import Outcome, recomputed
from care_kit.review.signature.asic import is_container, opened
from care_kit.review.signature.judging import Signed, beside
from care_kit.review.signature.trust import Trust
from care_kit.review.verification import ENVELOPE, Contents, Problem, Summary, Verification
from care_kit.station.refusals import reason

NOBODY = Trust()
_UNREADABLE = Verification(
    False,
    (
        Problem(
            ENVELOPE,
            "Le fichier n'est pas un zip lisible : il est tronqué ou abîmé.",
            Code.ZIP_UNREADABLE,
        ),
    ),
    0,
    Summary(),
)
_NO_DATA = Outcome(reserves=("dossier.json n'est pas joint : aucun chiffre n'est recalculé.",))
_NO_JOURNAL = Outcome(
    reserves=(
        "Le journal n'est pas joint : rien n'est recalculé, et rien ne relie les pièces à leur "
        "histoire.",
    )
)


def verify(path: Path, trust: Trust = NOBODY) -> Verification:
    """Verify a zip, an extracted folder or an `.asice`; PackageError when absent or hostile.

    What stands beside a zip (signature, slip, time-stamp) is judged with what `trust` gives.
    """
    try:
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            return _verified(sources.from_folder(path))
        if not stat.S_ISREG(kind):
            raise PackageError(
                f"« {path} » n'est pas un fichier : c'est un tube, un périphérique ou une prise.",
                "Donnez le chemin d'un paquet .zip ou d'un dossier extrait.",
            )
        if is_container(path):
            return _in_container(path, trust)
        with path.open("rb") as stream, ThreadPoolExecutor(1) as beside_us:
            whole = beside_us.submit(_digest, path)  # hashing frees the interpreter: no wait
            contents = sources.from_zip(stream, path.stat().st_size, whole.result)
            found = _verified(contents) if contents else _UNREADABLE
            return _with(found, beside(path, contents, trust)) if contents else found
    except OSError as cause:
        raise PackageError(
            f"Le paquet « {path} » ne peut pas être lu : {reason(cause)}.",
            "Vérifiez le chemin et vos droits de lecture.",
        ) from cause


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return sources.digest_of(stream)


def verify_stream(stream: BinaryIO, size: int) -> Verification:
    """Verify a zip of `size` bytes already open; PackageError when it is hostile."""
    contents = sources.from_zip(stream, size)
    return _UNREADABLE if contents is None else _verified(contents)


def _in_container(path: Path, trust: Trust) -> Verification:
    found: list[Verification] = []
    signed = opened(path, trust, lambda inner, size: found.append(verify_stream(inner, size)))
    return _with(found[0], signed)


def _with(found: Verification, signed: Signed) -> Verification:
    """The verdict, with what a signature adds to it."""
    problems = (*found.problems, *signed.problems)
    return replace(
        found,
        ok=not problems,
        problems=problems,
        signed=signed.told,
        reserves=(*found.reserves, *signed.reserves),
    )


def _verified(contents: Contents) -> Verification:
    """Seals first: what is damaged is not judged again."""
    problems = list(contents.problems)
    blamed = {one.file for one in problems}
    problems += [one for one in check_bag(contents) if one.file not in blamed]
    info = bag_info(contents)
    summary = _said(contents, info)
    state: DossierState | None = None
    outcome = _NO_JOURNAL
    if journal_check.JOURNAL in contents.small:
        summary, state, faults, outcome = _journal(contents, summary, judge=not problems)
        problems += faults
    if state is None:
        problems += _unknown(contents, {one.file for one in problems})
    if not {journal_check.JOURNAL, DATA} <= contents.small.keys():
        problems += _lost(contents, info) or _dropped(info)
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
        head=" ".join(heads(records)),
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
    summary = replace(summary, organisation=state.establishment.name, finess=lead.finess_ej)
    if DATA in contents.small:
        outcome = recomputed(contents, records, state)
    else:
        outcome = replace(_NO_DATA, problems=tuple(_by_journal(contents, state)))
    clock = told_backwards(backwards(records))
    return summary, state, faults, replace(outcome, notes=(*outcome.notes, *filter(None, [clock])))


def _by_journal(contents: Contents, state: DossierState) -> Iterator[Problem]:
    """Without dossier.json: who the journal speaks of, and the pieces it names."""
    lead = state.establishment.lead
    again = {
        "Source-Organization": shown(" ".join(printable(state.establishment.name).split())),
        "External-Identifier": lead.finess_ej,
        "Internal-Sender-Identifier": shown(state.dossier_id),
        "Care-Kit-Journal-Head": state.head,
    }
    info = bag_info(contents)
    for name, finds in again.items():
        says = info.get(name, "absent")
        if says != finds:
            why = f"{name} : imprimé « {says} », au journal « {finds} »."
            yield Problem(bag_check.INFO, why, Code.IDENTITY, name, says, finds)
    pieces = {one.path: one.evidence.sha512 for one in views.pieces(state)}
    wanted = pieces if "pieces" in info.get("Care-Kit-Parts", "").split() else {}
    found = {one for one in contents.digests if one.startswith(CONTENTS["pieces"][0])}
    for path in sorted(wanted.keys() - found):
        yield Problem(path, f"« {path} » manque : le journal l'annonce.", Code.FILE_MISSING)
    for path in sorted(found):
        if contents.digests[path].sha512 != pieces.get(path):
            why = f"« {shown(path)} » n'est pas une pièce que nomme le journal."
            yield Problem(shown(path), why, Code.PIECE)


def _unknown(contents: Contents, blamed: set[str]) -> list[Problem]:
    """Without a journal to say which files belong, those no part ever writes."""
    written = {path for path, _ in CONTENTS.values()} | {OWN}
    folders = tuple(path for path in written if path.endswith("/"))
    allowed = {*REQUIRED, README, SLIP, *written}
    return [
        Problem(
            shown(one),
            f"« {shown(one)} » n'est pas un fichier que care-kit écrit.",
            Code.FILE_UNKNOWN,
        )
        for one in sorted(contents.digests)
        if one not in allowed and not one.startswith(folders) and shown(one) not in blamed
    ]


def _lost(contents: Contents, info: dict[str, str]) -> list[Problem]:
    """Documents that the label announces and that are not there."""
    parts = info.get("Care-Kit-Parts", "").split()
    announced = [path for part, (path, _) in CONTENTS.items() if part in parts]
    return [
        Problem(
            path,
            f"« {path} » est annoncé et absent.",
            Code.JOURNAL_MISSING if path == journal_check.JOURNAL else Code.FILE_MISSING,
        )
        for path in announced
        if not path.endswith("/") and path not in contents.digests
    ]


def _dropped(info: dict[str, str]) -> list[Problem]:
    """Parts that a profile of ours writes and this package says it does not have."""
    with content_with({}) as content:
        profile = content.profiles.get(info.get("Care-Kit-Profile", ""))
    parts = info.get("Care-Kit-Parts", "").split()
    lost = [CONTENTS[one][0] for one in profile.parts if one not in parts] if profile else []
    if profile is None or not lost:
        return []
    why = f"Le profil « {profile.id} » écrit aussi {listed(tuple(lost))} : retiré de ce paquet."
    return [Problem("bag-info.txt", why, Code.PROFILE)]


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
