from dataclasses import replace
from datetime import timedelta

from care_kit.assessment.risks.acceptance import accepted
from care_kit.model.dossier.acceptance import RiskAcceptance
from care_kit.model.formats.pseudonym import digest
from care_kit.model.words.vocabulary import Verdict
from tests.assessment.builders import AT, TODAY, finding

KEY = b"k" * 32
FAILING = replace(finding("x", Verdict.FAIL), objects=("svc_pacs", "svc_web"))


def risk(name: str = "", check: str = "x") -> RiskAcceptance:
    mark = digest(KEY, name) if name else ""
    return RiskAcceptance("1", check, mark, "motif", TODAY, "A", AT)


def test_a_whole_check_covers_every_object() -> None:
    (found,) = accepted([risk()], FAILING, KEY, TODAY)
    assert (found.objects, found.current) == (("svc_pacs", "svc_web"), True)


def test_one_object_covers_itself_whatever_its_letter_case() -> None:
    (found,) = accepted([risk("SVC_PACS")], FAILING, KEY, TODAY)
    assert found.objects == ("svc_pacs",)
    assert accepted([risk("autre")], FAILING, KEY, TODAY) == ()


def test_an_object_already_replaced_by_its_label_is_recognised() -> None:
    label = f"compte-{digest(KEY, 'svc_pacs')}"
    redacted = replace(FAILING, objects=(label,))
    (found,) = accepted([risk("svc_pacs")], redacted, KEY, TODAY)
    assert found.objects == (label,)


def test_an_expired_acceptance_says_so() -> None:
    (found,) = accepted([risk()], FAILING, KEY, TODAY + timedelta(days=1))
    assert not found.current
    assert "échue" in found.sentence


def test_only_a_failure_of_that_check_is_accepted() -> None:
    assert accepted([risk(check="y")], FAILING, KEY, TODAY) == ()
    assert accepted([risk()], finding("x", Verdict.PASS), KEY, TODAY) == ()
