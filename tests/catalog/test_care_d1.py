"""The shipped CaRE programme tells what is established, and shows its gaps."""

import re
from datetime import date

from care_kit.model.content.programme import Milestone, Objective, Piece, Programme, ReadingRule
from care_kit.model.content.questionnaire import Questionnaire
from care_kit.model.words.vocabulary import ProbeKind, Provenance

OFFICIAL_LOOK = re.compile(r"D\d\.[OP]\d")


def objective(programme: Programme, wanted: str) -> Objective:
    return next(one for one in programme.objectives if one.id == wanted)


def test_it_says_that_the_annexes_were_not_read(d1: Programme) -> None:
    assert "annexes" in d1.notice
    assert "n'ont pas pu être lues" in d1.notice
    assert d1.provenance is Provenance.SECONDARY


def test_only_the_two_objectives_seen_in_a_source_bear_an_official_id(d1: Programme) -> None:
    assert {one.official_id for one in d1.objectives} == {"", "D1.O2.B", "D1.O6.B"}


def test_an_id_of_ours_does_not_look_official(d1: Programme) -> None:
    for one in d1.objectives:
        assert one.official_id == (one.id if OFFICIAL_LOOK.match(one.id) else "")


def test_every_objective_tells_what_is_not_known(d1: Programme) -> None:
    assert [one.id for one in d1.objectives if not one.gap.endswith(".")] == []


def test_an_official_statement_gives_the_page_it_was_read_on(d1: Programme) -> None:
    stated: list[Objective | Milestone | Piece] = [
        *d1.objectives,
        *d1.milestones,
        *(piece for one in d1.objectives for piece in one.pieces),
    ]
    official = [one for one in stated if one.provenance is Provenance.OFFICIAL]
    assert official
    for one in official:
        assert "https://esante.gouv.fr/" in one.source, one.title


def test_the_exposure_level_is_shown_by_two_readings_45_to_60_days_apart(d1: Programme) -> None:
    rule = ReadingRule(ProbeKind.EXPOSURE, count=2, min_days=45, max_days=60)
    assert objective(d1, "D1.O2.B").readings == (rule,)


def test_the_window_is_not_required_of_the_regular_audits(d1: Programme) -> None:
    assert objective(d1, "D1-AUDITS-REGULIERS").readings == ()


def test_the_directory_audit_asks_for_one_reading(d1: Programme) -> None:
    assert objective(d1, "D1-AUDIT-AD").readings == (ReadingRule(ProbeKind.DIRECTORY),)


def test_the_convergence_of_directories_concerns_groups_only(d1: Programme) -> None:
    assert [one.id for one in d1.objectives if one.ght_only] == ["D1.O6.B"]


def test_nothing_of_uncertain_standing_is_mandatory(d1: Programme) -> None:
    for one in d1.objectives:
        if one.provenance is not Provenance.OFFICIAL:
            assert not any(piece.mandatory for piece in one.pieces), one.id


def test_the_window_is_closed_and_the_second_one_has_no_known_end(d1: Programme) -> None:
    assert date(2026, 6, 30) in {one.closes for one in d1.milestones}
    second = next(one for one in d1.milestones if one.title.startswith("D1 bis"))
    assert (second.opens, second.closes) == (date(2026, 2, 13), None)


def test_every_indicator_an_objective_leans_on_is_asked(
    d1: Programme, socle: Questionnaire
) -> None:
    leaned_on = {indicator for one in d1.objectives for indicator in one.indicators}
    assert leaned_on <= {one.id for one in socle.indicators}
