"""Turns a material into the one that may leave the hospital: names replaced, facts left out.

Pieces stay verbatim (altering them would break what they prove). Journal lines keep their hash
while names and texts they commit to are withheld; those made before texts could be withheld stay
verbatim, and are counted when they name something, so that the slip can say so.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from care_kit.dossier.folding.fold import fold
from care_kit.dossier.journal.chain import Record, read
from care_kit.dossier.journal.commitments import AUTHOR
from care_kit.exporters.material import Material
from care_kit.exporters.pseudonyms import Kind, Pseudonyms
from care_kit.model.content.export_profile import ExportProfile
from care_kit.model.dossier.state import Dispute, DossierState
from care_kit.model.dossier.third_party import ThirdPartyResult
from care_kit.model.facts.finding import Finding
from care_kit.model.facts.reading import Statement
from care_kit.model.results.assessment import Assessment
from care_kit.model.results.comparison import Difference, ReadingCounts
from care_kit.model.results.level_held import ExposureProgress
from care_kit.model.words.vocabulary import ProbeKind
from care_kit.rules.directory.access import ARROW

T = TypeVar("T")


def redact(material: Material, profile: ExportProfile | None = None) -> Material:
    """Replace accounts, hosts, domains and commands by their pseudonyms, everywhere but above.

    With a profile, the journal is the one that leaves: authors and texts that the profile does not
    choose are withheld from it, and the state is what that journal gives.
    """
    names = Pseudonyms(material.digest_of)
    statements = {key: _statement(one, names) for key, one in material.statements.items()}
    findings = tuple(_finding(one, _family(one, material), names) for one in material.findings)
    third_party = tuple(_third_party(one, names) for one in material.third_party)
    levels = tuple(
        replace(one, forest=names.label(Kind.DOMAIN, one.forest))
        for one in material.assessment.directory
    )
    journal, state = material.journal, material.state
    if profile is not None:
        records = [_withheld(read(line), profile, names) for line in journal]
        journal, state = tuple(one.line() for one in records), fold(records)
    return replace(
        material,
        statements={
            key: replace(one, limits=tuple(map(names.erase, one.limits)))
            for key, one in statements.items()
        },
        findings=tuple(replace(one, reason=names.erase(one.reason)) for one in findings),
        assessment=_assessment(replace(material.assessment, directory=levels), names),
        state=redacted_state(state, names.erase),
        journal=journal,
        progress=_progress(material.progress, names),
        remarks=tuple(
            replace(
                one,
                subject=names.erase(one.subject),
                sentence=names.erase(one.sentence),
                next_step=names.erase(one.next_step),
            )
            for one in material.remarks
        ),
        third_party=third_party,
        objectives={
            programme: {
                key: replace(
                    one,
                    missing=tuple(map(names.erase, one.missing)),
                    foreseen=tuple(map(names.erase, one.foreseen)),
                    unknown=tuple(map(names.erase, one.unknown)),
                    computed=tuple(map(names.erase, one.computed)),
                )
                for key, one in results.items()
            }
            for programme, results in material.objectives.items()
        },
        digest_of=_unknown,
        lines_in_clear=sum(map(names.named_in, journal)),
    )


def _withheld(record: Record, profile: ExportProfile, names: Pseudonyms) -> Record:
    """The record without what the profile does not choose, nor any text that names something.

    Records made before texts could be withheld are left as they are.
    """
    chosen = {one.partition(".")[2] for one in profile.texts if one.startswith(f"{record.kind}.")}
    if profile.authors:
        chosen.add(AUTHOR)
    hidden = [
        place
        for place in record.salts
        if place not in chosen or names.named_in(str(record.text(place)))
    ]
    return record.without(hidden)


def _unknown(_name: str) -> str:
    """Names are labels by now: they end with their digest, and the key is needed no more."""
    return ""


def _family(finding: Finding, material: Material) -> ProbeKind:
    check = material.checks.get(finding.check)
    return check.family if check else ProbeKind.EXPOSURE


def _finding(finding: Finding, family: ProbeKind, names: Pseudonyms) -> Finding:
    """Directory findings are about accounts of a domain, exposure ones about hosts."""
    target, objects = (
        (Kind.DOMAIN, Kind.ACCOUNT)
        if family is ProbeKind.DIRECTORY
        else (Kind.HOST if finding.port else Kind.DOMAIN, Kind.HOST)
    )
    return replace(
        finding,
        target=names.label(target, finding.target),
        objects=tuple(_label(objects, one, names) for one in finding.objects),
    )


def _progress(progress: ExposureProgress, names: Pseudonyms) -> ExposureProgress:
    """Targets and objects of the exposure readings; sentences about them hold dates and counts."""
    held = progress.held
    return replace(
        progress,
        history=tuple(_counts(one, names) for one in progress.history),
        comparisons=tuple(
            replace(each, differences=tuple(_difference(one, names) for one in each.differences))
            for each in progress.comparisons
        ),
        held=held
        and replace(
            held,
            before=_counts(held.before, names),
            after=_counts(held.after, names),
            between=tuple(_counts(one, names) for one in held.between),
        ),
    )


def _counts(one: ReadingCounts, names: Pseudonyms) -> ReadingCounts:
    return replace(one, target=names.label(Kind.HOST, one.target))


def _difference(one: Difference, names: Pseudonyms) -> Difference:
    def hosts(objects: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(names.label(Kind.HOST, each) for each in objects)

    return replace(
        one,
        target=names.label(Kind.HOST if one.port else Kind.DOMAIN, one.target),
        appeared=hosts(one.appeared),
        kept=hosts(one.kept),
        gone=hosts(one.gone),
    )


def _label(kind: Kind, name: str, names: Pseudonyms) -> str:
    """The label of an object; in « who → right → target » the rights stay, names do not."""
    parts = name.split(ARROW)
    return ARROW.join(
        names.label(kind, part) if rank % 2 == 0 else part for rank, part in enumerate(parts)
    )


def _statement(statement: Statement, names: Pseudonyms) -> Statement:
    target = Kind.DOMAIN if statement.probe is ProbeKind.DIRECTORY else Kind.HOST
    return replace(
        statement,
        account=names.label(Kind.ACCOUNT, statement.account),
        target=names.label(target, statement.target),
        commands=tuple(names.label(Kind.COMMAND, one) for one in statement.commands),
    )


def _third_party(result: ThirdPartyResult, names: Pseudonyms) -> ThirdPartyResult:
    return replace(
        result,
        forest=names.label(Kind.DOMAIN, result.forest),
        domain=names.label(Kind.DOMAIN, result.domain),
    )


def _assessment(assessment: Assessment, names: Pseudonyms) -> Assessment:
    indicators = {
        key: _erased(one, names.erase, "explanation", "typed")
        for key, one in assessment.indicators.items()
    }
    return replace(assessment, indicators=indicators)


def redacted_state(state: DossierState, erase: Callable[[str], str]) -> DossierState:
    """The state with every text a person typed freed of names by `erase`."""

    def each(values: Mapping[str, T], *fields: str) -> dict[str, T]:
        return {key: _erased(one, erase, *fields) for key, one in values.items()}

    return replace(
        state,
        answers=each(state.answers, "reason", "comment", "typed"),
        evidence=each(state.evidence, "name", "title", "signed_by"),
        explanations=each(state.explanations, "text"),
        comments=tuple(_erased(one, erase, "text") for one in state.comments),
        reported=each(state.reported, "source", "title", "reference"),
        spending=tuple(_erased(one, erase, "label", "supplier") for one in state.spending),
        ceilings=tuple(_erased(one, erase, "source") for one in state.ceilings),
        periods=tuple(_erased(one, erase, "source") for one in state.periods),
        shares=each(state.shares, "source"),
        headcounts={key: _erased(one, erase, "source") for key, one in state.headcounts.items()},
        actions=each(state.actions, "title", "owner"),
        disputes=tuple(_dispute(one, erase) for one in state.disputes),
    )


def _dispute(dispute: Dispute, erase: Callable[[str], str]) -> Dispute:
    return replace(
        dispute,
        about=tuple(map(erase, dispute.about)),
        candidates=tuple(
            replace(
                _erased(one, erase, "told"),
                answer=one.answer and _erased(one.answer, erase, "reason", "comment", "typed"),
            )
            for one in dispute.candidates
        ),
    )


def _erased(value: T, erase: Callable[[str], str], *fields: str) -> T:
    """The dataclass with these text fields freed of names."""
    changes = {field: erase(getattr(value, field)) for field in fields}
    return replace(value, **changes)  # type: ignore[type-var]
