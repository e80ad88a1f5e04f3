"""Everything dated that a dossier holds, as one list: what expires, what is due, what opens."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from care_kit.assessment.programme import pieces
from care_kit.assessment.programme.objectives import proofs, reading_gap
from care_kit.model.content.programme import Milestone, Programme, ReadingRule
from care_kit.model.content.questionnaire import Questionnaire
from care_kit.model.dossier.money import ActionState
from care_kit.model.dossier.state import DossierState, Evidence, ReadingRecord
from care_kit.model.facts.reading import Statement
from care_kit.model.results.calendar import Deadline, DeadlineKind
from care_kit.model.words.french import month_in_words
from care_kit.model.words.months import add_days, add_months


def deadlines(
    state: DossierState,
    programmes: Mapping[str, Programme],
    questionnaire: Questionnaire,
    statements: Mapping[str, Statement],
) -> tuple[Deadline, ...]:
    """Every deadline, in the order of their last day.

    `programmes` are those the establishment follows; `statements` are by reading id.
    """
    counted = proofs(state.readings, statements)
    found = [
        *_ends(state, programmes, questionnaire),
        *_windows(programmes, counted),
        *_risks(state),
        *_actions(state),
        *_periods(state, programmes),
        *_milestones(programmes),
        *_years(programmes),
    ]
    return tuple(sorted(found, key=lambda one: (one.last, one.starts, one.kind, one.uid)))


def _ends(
    state: DossierState, programmes: Mapping[str, Programme], questionnaire: Questionnaire
) -> Iterator[Deadline]:
    """The last day of each document, once; one that another outlives on a subject has no say."""
    found: dict[tuple[str, date], list[str]] = {}
    every = [*_piece_ends(state, programmes), *_indicator_ends(state, questionnaire)]
    for subject, ends in every:
        for document, end in _outlived(ends):
            found.setdefault((document.id, end), []).append(subject)
    for (document_id, end), subjects in found.items():
        document = state.evidence[document_id]
        yield Deadline(
            uid=f"piece-{document_id}-{'-'.join(subjects)}",
            kind=DeadlineKind.PIECE,
            title=f"« {document.title or document.name} » cesse d'être valable",
            subject=", ".join(subjects),
            starts=end,
            ends=end,
            next_step=f"Joignez une version à jour : care evidence add … --for {subjects[0]}",
        )


_Ends = list[tuple[Evidence, date]]


def _piece_ends(
    state: DossierState, programmes: Mapping[str, Programme]
) -> Iterator[tuple[str, _Ends]]:
    for programme in programmes.values():
        for objective in programme.objectives:
            for piece in objective.pieces:
                attached = state.evidence_for(piece.id)
                dated = ((one, pieces.last_day(one, piece)) for one in attached)
                yield piece.id, [(one, end) for one, end in dated if end is not None]


def _indicator_ends(
    state: DossierState, questionnaire: Questionnaire
) -> Iterator[tuple[str, _Ends]]:
    for indicator in questionnaire.indicators:
        answer = state.answers.get(indicator.id)
        months = indicator.evidence_months(answer.level if answer else None)
        yield (
            indicator.id,
            [
                (one, add_months(one.effective, months))
                for one in state.evidence_for(indicator.id)
                if one.effective is not None
            ],
        )


def _outlived(ends: _Ends) -> Iterable[tuple[Evidence, date]]:
    """The document that lasts the longest, for each set of entities."""
    last: dict[tuple[str, ...], tuple[Evidence, date]] = {}
    for document, end in ends:
        key = tuple(sorted(document.entities))
        if key not in last or end > last[key][1]:
            last[key] = (document, end)
    return last.values()


def _windows(
    programmes: Mapping[str, Programme], readings: tuple[ReadingRecord, ...]
) -> Iterator[Deadline]:
    """When the second of two readings is to be made, as long as no two satisfy the rule."""
    rules: dict[ReadingRule, str] = {}
    for programme in programmes.values():
        for objective in programme.objectives:
            for rule in objective.readings:
                rules.setdefault(rule, objective.official_id or objective.id)
    for rule, name in rules.items():
        made = [one.ended for one in readings if one.probe is rule.probe and one.complete]
        if not rule.max_days or not made or not reading_gap(rule, readings):
            continue
        last = max(made).date()
        yield Deadline(
            uid=f"reading-{rule.probe.value}-{rule.min_days}-{rule.max_days}",
            kind=DeadlineKind.READING,
            title=f"Refaire un relevé « {rule.probe.label} » ({rule.min_days} à {rule.max_days} "
            f"jours après celui du {last:%d/%m/%Y})",
            subject=name,
            starts=add_days(last, rule.min_days),
            ends=add_days(last, rule.max_days),
            next_step=f"Lancez « care probe {rule.probe.value} » dans cette fenêtre.",
        )


def _risks(state: DossierState) -> Iterator[Deadline]:
    for one in state.acceptances:
        yield Deadline(
            f"risk-{one.id}",
            DeadlineKind.RISK,
            f"Fin d'acceptation du risque {one.check}",
            one.check,
            one.until,
            one.until,
            "Corrigez, ou acceptez à nouveau avec « care risk accept ».",
        )


def _actions(state: DossierState) -> Iterator[Deadline]:
    for one in state.actions.values():
        if one.due is not None and one.state is not ActionState.DONE:
            owner = f" ({one.owner})" if one.owner else ""
            yield Deadline(
                f"action-{one.id}",
                DeadlineKind.ACTION,
                f"{one.title}{owner}",
                ", ".join((*(name for name, _ in one.levels), *one.checks)),
                one.due,
                one.due,
                "Terminez l'action, puis mettez le plan à jour.",
            )


def _periods(state: DossierState, programmes: Mapping[str, Programme]) -> Iterator[Deadline]:
    for one in state.periods:
        if one.programme in programmes:
            label = one.kind.label
            yield Deadline(
                f"period-{one.programme}-{one.kind.value}",
                DeadlineKind.PERIOD,
                f"{label[:1].upper()}{label[1:]}",
                one.programme,
                one.starts,
                one.ends,
            )


def _years(programmes: Mapping[str, Programme]) -> Iterator[Deadline]:
    """The objectives of each year of a yearly programme, whose day no source gives."""
    for programme in programmes.values():
        years: dict[int, list[str]] = {}
        for one in programme.objectives:
            if one.year:
                years.setdefault(one.year, []).append(one.official_id or one.id)
        for year, names in years.items():
            yield Deadline(
                f"year-{programme.id}-{year}",
                DeadlineKind.MILESTONE,
                f"Objectifs de {year} : {', '.join(names)}",
                programme.id,
                date(year, 1, 1),
                date(year, 12, 31),
                known=f"année {year}, jour non connu",
            )


def _whole_month(programme: Programme, rank: int, one: Milestone) -> Deadline:
    first = date.fromisoformat(f"{one.month}-01")
    return Deadline(
        f"milestone-{programme.id}-{rank}",
        DeadlineKind.MILESTONE,
        one.title,
        programme.id,
        first,
        add_days(add_months(first, 1), -1),
        known=f"{month_in_words(first)}, jour non connu",
    )


def _milestones(programmes: Mapping[str, Programme]) -> Iterator[Deadline]:
    for programme in programmes.values():
        for rank, one in enumerate(programme.milestones):
            starts = one.opens or one.closes
            if one.month:
                yield _whole_month(programme, rank, one)
            elif starts is not None:
                yield Deadline(
                    f"milestone-{programme.id}-{rank}",
                    DeadlineKind.MILESTONE,
                    one.title,
                    programme.id,
                    starts,
                    one.closes,
                )
