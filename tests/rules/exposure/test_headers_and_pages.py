"""WEB-*: headers, cookies, front pages and the security contact."""

import pytest

from care_kit.model.facts.exposure import HttpFact
from care_kit.model.words.vocabulary import Severity, Verdict
from tests.rules.exposure.builders import get, only, web

FAIL, PASS, NOT_TESTED = Verdict.FAIL, Verdict.PASS, Verdict.NOT_TESTED
SAFE = "a=1; Secure; HttpOnly; SameSite=Lax"


@pytest.mark.parametrize(
    ("check", "page", "verdict"),
    [
        ("WEB-CSP", get(), FAIL),
        ("WEB-CSP", get(Content_Security_Policy="default-src 'self'"), PASS),
        ("WEB-CSP", get(Content_Security_Policy="script-src 'self' 'unsafe-inline'"), FAIL),
        ("WEB-CSP", get(Content_Security_Policy="script-src 'unsafe-inline' 'nonce-x'"), PASS),
        (
            "WEB-CSP",
            get(Content_Security_Policy="default-src 'unsafe-inline'; script-src 'self'"),
            PASS,
        ),
        ("WEB-CSP", get(Content_Security_Policy="img-src 'self'"), FAIL),
        ("WEB-XFO", get(), FAIL),
        ("WEB-XFO", get(X_Frame_Options="DENY"), PASS),
        ("WEB-XFO", get(Content_Security_Policy="frame-ancestors 'none'"), PASS),
        ("WEB-NOSNIFF", get(), FAIL),
        ("WEB-NOSNIFF", get(X_Content_Type_Options="nosniff"), PASS),
        ("WEB-REF", get(), FAIL),
        ("WEB-REF", get(Referrer_Policy="unsafe-url"), FAIL),
        ("WEB-REF", get(Referrer_Policy="no-referrer, strict-origin-when-cross-origin"), PASS),
        ("WEB-COOKIE", get(), PASS),
        ("WEB-COOKIE", get(Set_Cookie=SAFE), PASS),
        ("WEB-COOKIE", get(Set_Cookie="a=Secure; HttpOnly; SameSite=Lax"), FAIL),
        ("WEB-VERSION", get(Server="nginx"), PASS),
        ("WEB-VERSION", get(Server="nginx/1.22.1"), FAIL),
        ("WEB-VERSION", get(X_Powered_By="PHP/8.2"), FAIL),
        ("WEB-BASIC", get(status=401, WWW_Authenticate='Basic realm="x"'), FAIL),
        ("WEB-BASIC", get(status=401, WWW_Authenticate="Bearer"), PASS),
        ("WEB-BASIC", get(), PASS),
        ("WEB-LISTE", get(title="Index of /"), FAIL),
        ("WEB-LISTE", get(status=403, title="Index of /"), PASS),
        ("WEB-LISTE", get(title="Accueil"), PASS),
        ("WEB-DEFAUT", get(title="Welcome to nginx!"), FAIL),
        ("WEB-DEFAUT", get(title="Apache2 Debian Default Page: It works"), FAIL),
        ("WEB-DEFAUT", get(title="Accueil"), PASS),
    ],
)
def test_front_pages(check: str, page: HttpFact, verdict: Verdict) -> None:
    assert only(check, web(page)).verdict is verdict


CONTENT = ["WEB-CSP", "WEB-XFO", "WEB-NOSNIFF", "WEB-REF"]
ALL = [*CONTENT, "WEB-COOKIE", "WEB-VERSION", "WEB-BASIC", "WEB-LISTE", "WEB-DEFAUT"]


@pytest.mark.parametrize("check", ALL)
def test_a_page_without_an_answer_is_not_tested(check: str) -> None:
    assert only(check, web(get(answered=False))).verdict is NOT_TESTED


@pytest.mark.parametrize("check", CONTENT)
def test_a_redirection_has_no_content_and_an_error_hides_it(check: str) -> None:
    assert only(check, web(get(status=302))).verdict is Verdict.INFO
    assert only(check, web(get(status=503))).verdict is NOT_TESTED


@pytest.mark.parametrize("check", ALL)
def test_only_the_front_page_is_judged(check: str) -> None:
    assert only(check, web(get("/owa/", Server="x/1.0"))).verdict is NOT_TESTED


def test_a_session_cookie_weighs_more() -> None:
    assert only("WEB-COOKIE", web(get(Set_Cookie="PHPSESSID=1"))).severity is Severity.MEDIUM
    assert only("WEB-COOKIE", web(get(Set_Cookie="langue=fr"))).severity is Severity.LOW


CONTACT = "Contact: mailto:securite@chu.test\n"


@pytest.mark.parametrize(
    ("text", "status", "verdict"),
    [
        (f"{CONTACT}Expires: 2027-01-01T00:00:00Z", 200, PASS),
        (f"{CONTACT}expires: 2027-01-01T00:00:00+01:00", 200, PASS),
        (f"{CONTACT}Expires: 2026-01-01T00:00:00Z", 200, FAIL),
        (f"{CONTACT}Expires: bientôt", 200, FAIL),
        (CONTACT, 200, FAIL),
        ("<html>Accueil : bienvenue</html>", 200, FAIL),
        ("", 404, FAIL),
        ("", 301, NOT_TESTED),
    ],
)
def test_security_contact(text: str, status: int, verdict: Verdict) -> None:
    page = get("/.well-known/security.txt", status, text=text)
    assert only("WEB-SECTXT", web(page)).verdict is verdict


def test_a_security_contact_that_was_not_asked_is_not_tested() -> None:
    assert only("WEB-SECTXT", web(get())).verdict is NOT_TESTED
