"""OPTIONS, another Origin, hidden files: requests a visitor does not make."""

from dataclasses import replace
from typing import Any

import pytest

from care_kit.model.facts.exposure import ExposureFacts, HttpFact
from care_kit.model.facts.scope import HIDDEN_FILES
from care_kit.model.words.vocabulary import Severity, Verdict
from tests.rules.exposure.builders import HOST, facts, get, only

FAIL, PASS, NOT_TESTED = Verdict.FAIL, Verdict.PASS, Verdict.NOT_TESTED
ORIGIN = "https://care-kit.invalid"


def options(**headers: Any) -> HttpFact:
    return replace(get(status=204, **headers), method="OPTIONS")


def crossing(**headers: Any) -> HttpFact:
    return replace(get(**headers), origin=ORIGIN)


def aside(*asked: HttpFact, **known: object) -> ExposureFacts:
    return facts(asides=asked, http=(get(),), **known)


@pytest.mark.parametrize(
    ("headers", "verdict"),
    [
        ({"Allow": "GET, HEAD, TRACE"}, FAIL),
        ({"Allow": "get,put"}, FAIL),
        ({"Allow": "GET, HEAD, OPTIONS"}, PASS),
        ({"Allow": "GET, COMPUTE"}, PASS),
        ({}, NOT_TESTED),
    ],
)
def test_methods_are_those_the_site_names(headers: dict[str, Any], verdict: Verdict) -> None:
    assert only("WEB-METHODES", aside(options(**headers))).verdict is verdict


@pytest.mark.parametrize(
    ("headers", "verdict"),
    [
        ({"Access_Control_Allow_Origin": ORIGIN}, FAIL),
        (
            {"Access_Control_Allow_Origin": "*", "Access_Control_Allow_Credentials": "true"},
            FAIL,
        ),
        ({"Access_Control_Allow_Origin": "*"}, PASS),
        ({"Access_Control_Allow_Origin": "https://portail.test"}, PASS),
        ({}, PASS),
    ],
)
def test_an_origin_echoed_or_all_of_them_with_cookies(
    headers: dict[str, Any], verdict: Verdict
) -> None:
    assert only("WEB-CORS", aside(crossing(**headers))).verdict is verdict


@pytest.mark.parametrize("check", ["WEB-METHODES", "WEB-CORS"])
def test_no_answer_is_not_tested(check: str) -> None:
    asked = replace(get(answered=False), method="OPTIONS", origin=ORIGIN)
    assert only(check, aside(asked)).verdict is NOT_TESTED


def test_hidden_files_are_looked_for_only_when_the_scope_asks() -> None:
    finding = only("WEB-GIT", aside())
    assert (finding.verdict, finding.target) == (NOT_TESTED, HOST)
    assert HIDDEN_FILES in finding.reason


@pytest.mark.parametrize(
    ("git", "environment", "verdict"),
    [
        (get("/.git/HEAD", text="ref:"), get("/.env", 404), FAIL),
        (get("/.git/HEAD", 404), get("/.env", Content_Type="text/plain"), FAIL),
        (get("/.git/HEAD", 200), get("/.env", Content_Type="text/html"), PASS),
        (get("/.git/HEAD", 403), get("/.env", 404), PASS),
        (get("/.git/HEAD", 302), get("/.env", 404), NOT_TESTED),
        (get("/.git/HEAD", answered=False), get("/.env", 404), NOT_TESTED),
    ],
)
def test_hidden_files(git: HttpFact, environment: HttpFact, verdict: Verdict) -> None:
    seen = aside(git, replace(environment, method="HEAD"), optional=(HIDDEN_FILES,))
    finding = only("WEB-GIT", seen)
    assert finding.verdict is verdict
    assert verdict is not FAIL or finding.severity is Severity.CRITICAL


def test_a_site_that_answers_anything_has_not_shown_its_secrets() -> None:
    pages = tuple(get(path) for path in ("/", "/owa/", "/ecp/", "/ui/"))
    asked = (get("/.git/HEAD", 200), replace(get("/.env"), method="HEAD"))
    seen = facts(http=pages, asides=asked, optional=(HIDDEN_FILES,))
    assert only("WEB-GIT", seen).verdict is NOT_TESTED


def test_asides_are_never_taken_for_pages() -> None:
    seen = facts(asides=(options(Allow="GET"), crossing()))
    assert only("WEB-HSTS", seen).target == "périmètre"
