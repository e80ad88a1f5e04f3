"""What is refused of a risk one would accept."""

from datetime import date

import pytest

from care_kit.assessment.risks.accepting import acceptance
from care_kit.model.facts.finding import Finding
from care_kit.model.words.errors import InputError
from care_kit.model.words.vocabulary import Verdict

TODAY, LATER = date(2026, 11, 21), date(2027, 6, 30)
KEY = b"k" * 32
FOUND = (
    Finding("EXP-SSH", "h.example", Verdict.FAIL, "Ouvert.", 22, ("h.example",)),
    Finding("EXP-TLS", "h.example", Verdict.PASS, "Bon.", 443),
)


def test_a_failing_check_is_accepted_under_its_exact_id() -> None:
    event = acceptance(FOUND, KEY, " exp-ssh ", " Prévu ", LATER, TODAY)
    assert (event.check, event.reason, event.until, event.object_digest) == (
        "EXP-SSH",
        "Prévu",
        LATER,
        "",
    )


def test_an_object_is_kept_as_a_digest_only() -> None:
    event = acceptance(FOUND, KEY, "EXP-SSH", "Prévu", LATER, TODAY, "h.example")
    assert event.object_digest
    assert "h.example" not in event.object_digest


@pytest.mark.parametrize(
    ("check", "reason", "until", "name", "told"),
    [
        ("EXP-SSH", "  ", LATER, "", "motif est vide"),
        ("EXP-SSH", "Prévu", date(2026, 11, 20), "", "est passée"),
        ("EXP-TLS", "Prévu", LATER, "", "n'est pas en échec"),
        ("EXP-SSH", "Prévu", LATER, "autre", "n'est pas un objet de ce constat"),
    ],
)
def test_what_makes_no_sense_is_refused(
    check: str, reason: str, until: date, name: str, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        acceptance(FOUND, KEY, check, reason, until, TODAY, name)
