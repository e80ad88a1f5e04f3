"""The recomputed verdict: what the package prints against what its journal gives."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from care_kit import __version__
from care_kit.catalog.content import Content
from care_kit.dossier.journal.chain import Record
from care_kit.exporters.material import Material
from care_kit.model.content.identity import ContentIdentity
from care_kit.model.dossier.state import DossierState
from care_kit.model.results.assessment import Gravity
from care_kit.model.results.wording import interval
from care_kit.model.words.french import counted, listed, percent
from care_kit.model.words.text import shown
from care_kit.model.words.vocabulary import Verdict
from care_kit.review.codes import Code
from care_kit.review.recompute.compared import Comparison
from care_kit.review.recompute.content import (
    content_with,
    identity_here,
    identity_of,
    own_files,
    own_templates,
    same_version,
    unknown_content,
)
from care_kit.review.recompute.figures import MOST_TOLD
from care_kit.review.recompute.judging import Basis, Judging
from care_kit.review.recompute.printed import (
    DATA,
    FIRST_FORMAT,
    Said,
    UnreadableError,
    parsed,
    said,
)
from care_kit.review.verification import Contents, Problem

_A_DAY = timedelta(days=1)
_LEFT_OPEN = timedelta(days=7)
_SHOWN = 5


@dataclass(frozen=True)
class Outcome:
    """Faults, what rests on a word alone, what could not be made again, recomputed figures."""

    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    reserves: tuple[str, ...] = ()
    figures: tuple[tuple[str, str], ...] = ()


def recomputed(contents: Contents, records: tuple[Record, ...], state: DossierState) -> Outcome:
    """Judge again the package whose journal folds to `state`; every difference is named."""
    try:
        whole = parsed(contents.small[DATA])
        if whole["format"] == FIRST_FORMAT:
            return _before_recompute(records)
        told = said(whole)
        carried = own_files(contents)
        with content_with(carried) as content:
            identity = identity_here(content, carried)
            stranger = unknown_content(identity, told)
            if stranger and not same_version(told):
                return Outcome(reserves=(_elsewhere(told, stranger),))
            basis = _basis(contents, records, state, whole, told, content, carried, identity)
            return _judged(basis, whole, stranger)
    except UnreadableError as cause:
        return Outcome(problems=(cause.problem,))


def _basis(
    contents: Contents,
    records: tuple[Record, ...],
    state: DossierState,
    whole: dict[str, Any],
    told: Said,
    content: Content,
    carried: dict[str, bytes],
    identity: ContentIdentity,
) -> Basis:
    profile = content.profiles.get(told.profile)
    if profile is None:
        why = f"Le profil « {shown(told.profile)} » n'est ni de care-kit, ni joint au paquet."
        raise UnreadableError(Problem(DATA, why, Code.PROFILE))
    printed = whole.get("state")
    used = identity_of(identity, told)
    return Basis(contents, records, state, printed, told, content, used, carried, profile)


def _judged(basis: Basis, whole: dict[str, Any], stranger: Sequence[str]) -> Outcome:
    told = basis.said
    judging = Judging(basis)
    material = judging.material()
    templates = own_templates(told)
    comparison = Comparison(
        basis.contents, whole, exact=same_version(told), pages_made_here=not templates
    )
    problems = [
        *map(_not_ours, stranger),
        *_moments(basis.records, told),
        *judging.problems,
        *comparison.problems(material, basis.profile),
    ]
    return Outcome(
        tuple(_once(problems)),
        (*judging.notes, *_changed(material)),
        tuple(_reserves(told, templates)),
        tuple(_figures(material)),
    )


def _before_recompute(records: tuple[Record, ...]) -> Outcome:
    """A package of the first format, which did not carry what its figures are made from.

    Its journal is of that time too: a later one shows that the format was changed to escape.
    """
    if any(one.salts or one.withheld or one.also for one in records):
        why = "dossier.json se dit d'un format plus ancien que son journal."
        return Outcome(problems=(Problem(DATA, why, Code.DATA_FORMAT),))
    told = (
        "Ce paquet vient d'une version de care-kit qui ne joignait pas de quoi refaire ses "
        "chiffres : ils reposent sur la parole de l'établissement. Demandez un paquet refait."
    )
    return Outcome(reserves=(told,))


def _elsewhere(told: Said, stranger: Sequence[str]) -> str:
    what = listed(tuple(stranger[:_SHOWN]), len(stranger) - _SHOWN)
    return (
        f"Le dossier a été jugé par care-kit {told.version} avec un autre contenu que celui de la "
        f"version {__version__} ({what}) : ses chiffres ne sont pas recalculés. Vérifiez-le avec "
        f"care-kit {told.version}."
    )


def _not_ours(key: str) -> Problem:
    why = f"« {shown(key)} » n'est pas celui de care-kit {__version__}, et n'est pas joint."
    return Problem(DATA, why, Code.CONTENT, shown(key))


def _moments(records: Iterable[Record], told: Said) -> Iterator[Problem]:
    """Nothing happened after the package was made; it was judged then, or a few days before.

    An application left open keeps the day it was started on.
    """
    for rank, record in enumerate(records, 1):
        if datetime.fromisoformat(record.at) > told.made_at + _A_DAY:
            yield Problem(
                DATA,
                f"L'événement n° {rank} est daté du {record.at[:10]}, après la fabrication "
                f"du paquet ({told.made_at:%Y-%m-%d}).",
                Code.JOURNAL_MOMENT,
            )
    if not -_A_DAY <= told.made_at.date() - told.judged_on <= _LEFT_OPEN:
        yield Problem(
            DATA,
            f"Le dossier est jugé au {told.judged_on:%d/%m/%Y} dans un paquet fait le "
            f"{told.made_at:%d/%m/%Y}.",
            Code.FIGURE,
            "jour du jugement",
        )


def _changed(material: Material) -> Iterator[str]:
    """What the hospital's own content changed, both values."""
    for one in material.identity.changes:
        before, after = one.shipped or "absent", one.used or "absent"
        yield (
            f"Contenu changé par l'établissement : {shown(one.place)} : « {before} » (care-kit), "
            f"« {after} » (utilisé)."
        )


def _reserves(told: Said, templates: Sequence[str]) -> Iterator[str]:
    if templates:
        yield (
            f"Les pages sont imprimées avec des modèles de l'établissement "
            f"({listed(tuple(templates[:_SHOWN]), len(templates) - _SHOWN)}) : elles ne sont pas "
            "refaites, rien de ce qu'elles disent n'est prouvé. Lisez les chiffres recalculés."
        )
    if not same_version(told):
        yield (
            f"Le paquet est fait par care-kit {told.version} et vérifié par {__version__} : les "
            "chiffres sont comparés, les documents ne le sont pas octet par octet."
        )


def _figures(material: Material) -> Iterator[tuple[str, str]]:
    """What an examiner reads first, recomputed."""
    counters = dict.fromkeys(one.counter for one in material.programmes.values())
    yield "Guichet", ", ".join(map(shown, counters)) or "aucun programme suivi"
    score = material.assessment.overall
    yield "Niveau", interval(score.level)
    yield "Indice", interval(score.index)
    yield "Couverture", percent(score.coverage)
    conflicts = material.assessment.conflicts
    unexplained = sum(not one.explanation for one in conflicts)
    yield "Contradictions", f"{len(conflicts)}, dont {unexplained} sans explication"
    for one in material.assessment.directory:
        yield f"Annuaire {shown(one.forest)}", f"niveau {interval(one.level)} sur 5"
    failed = sum(one.verdict is Verdict.FAIL for one in material.findings)
    yield "Constats", f"{len(material.findings)}, dont {counted(failed, 'échec')}"
    blocking = sum(one.gravity is Gravity.BLOCKING for one in material.remarks)
    yield "Remarques", f"{len(material.remarks)}, dont {counted(blocking, 'bloquante')}"


def _once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Each difference once, in order, up to what a reader can use."""
    kept = list(dict.fromkeys(problems))
    yield from kept[:MOST_TOLD]
    if len(kept) > MOST_TOLD:
        left = counted(len(kept) - MOST_TOLD, "autre différence", "autres différences")
        yield Problem(DATA, f"Et {left}.", Code.FIGURE)
