"""Several domains read in one go: each reading says what the others did not cover either."""

from datetime import UTC, datetime

from care_kit.model.facts.reading import Statement
from care_kit.model.words.vocabulary import ProbeKind
from care_kit.probes.directory import Reading, together
from care_kit.probes.directory.limits import unread

ROOT, CHILD, THIRD = "DC=test,DC=lan", "DC=labo,DC=test,DC=lan", "DC=bio,DC=test,DC=lan"
CUT = "Silos d'authentification : lecture interrompue après 0 objets (connexion coupée)."
NOTE = "Lecture par LDAP seulement."
NOW = datetime(2026, 11, 20, tzinfo=UTC)


def reading(domain: str, *breaks: str) -> Reading:
    statement = Statement(
        probe=ProbeKind.DIRECTORY,
        tool="test",
        target="ldaps://dc1:636",
        account="a@test.lan",
        started=NOW,
        ended=NOW,
        facts_sha512="",
        complete=not breaks,
        limits=(*breaks, NOTE),
    )
    return Reading(b"", statement, domain, breaks, stopped=False)


def test_a_forest_read_whole_in_one_go_gives_complete_readings() -> None:
    both = together([reading(ROOT, unread(CHILD)), reading(CHILD, unread(ROOT))])
    assert [(one.statement.complete, one.statement.limits) for one in both] == [
        (True, (NOTE,)),
        (True, (NOTE,)),
    ]


def test_a_domain_that_nobody_named_stays_told() -> None:
    both = together(
        [reading(ROOT, unread(CHILD), unread(THIRD)), reading(CHILD, unread(ROOT), unread(THIRD))]
    )
    assert [one.breaks for one in both] == [(unread(THIRD),)] * 2
    assert not any(one.statement.complete for one in both)


def test_a_domain_alone_stays_incomplete_as_it_was() -> None:
    alone = reading(ROOT, unread(CHILD))
    assert together([alone]) == (alone,)


def test_what_was_cut_short_stays_told() -> None:
    first, second = together([reading(ROOT, CUT, unread(CHILD)), reading(CHILD, unread(ROOT))])
    assert (first.breaks, first.statement.complete) == ((CUT,), False)
    assert second.statement.complete
