"""Products recognised by marks of their own, never by a site that answers anything."""

import pytest

from care_kit.model.facts.exposure import HttpFact
from care_kit.model.words.vocabulary import Severity, Verdict
from care_kit.rules.exposure.gateways import GATEWAYS
from tests.rules.exposure.builders import ADDRESS, HOST, OPEN, facts, get, judge, only, port, web

FAIL, PASS, NOT_TESTED = Verdict.FAIL, Verdict.PASS, Verdict.NOT_TESTED
PATHS = (
    *("/", "/.well-known/security.txt", "/remote/login", "/vpn/index.html", "/owa/", "/ecp/"),
    *("/global-protect/login.esp", "/+CSCOE+/logon.html", "/php/login.php", "/webui/", "/ui/"),
    *("/phpmyadmin/", "/manager/html"),
)
PRODUCTS = [*GATEWAYS, "VPN-ADMIN", "OWA-EXCH", "EXP-HYPERV", "EXP-PACSWEB", "WEB-ADMIN"]


def moved(where: str, path: str = "/") -> HttpFact:
    return get(path, 302, Location=where)


MARKS = [
    ("VPN-FORTI", get(Server="xxxxxxxx-xxxxx")),
    ("VPN-FORTI", get("/remote/login", Set_Cookie="SVPNCOOKIE=; path=/")),
    ("VPN-FORTI", moved("/remote/login?lang=fr")),
    ("VPN-IVANTI", moved("/dana-na/auth/url_default/welcome.cgi")),
    ("VPN-IVANTI", get(Set_Cookie="DSID=; path=/")),
    ("VPN-CITRIX", get("/vpn/index.html", title="Citrix Gateway")),
    ("VPN-CITRIX", get("/vpn/index.html", Set_Cookie="NSC_TMAS=x")),
    ("VPN-PALO", get("/global-protect/login.esp", title="GlobalProtect Portal")),
    ("VPN-CISCO", moved("/+CSCOE+/logon.html")),
    ("VPN-CISCO", get(Set_Cookie="webvpncontext=00")),
    ("VPN-SONICWALL", get(Server="SonicWALL")),
    ("VPN-CHECKPOINT", moved("/sslvpn/Login/Login")),
    ("VPN-F5", moved("/my.policy")),
    ("VPN-F5", get(Set_Cookie="MRHSession=x; secure")),
    ("VPN-ADMIN", get(title="FortiGate")),
    ("VPN-ADMIN", get("/php/login.php", title="Login")),
    ("VPN-ADMIN", get("/webui/")),
    ("OWA-EXCH", get("/owa/", 302, X_OWA_Version="15.2.1118.40")),
    ("OWA-EXCH", moved("https://x/owa/auth/logon.aspx?url=a", "/owa/")),
    ("EXP-HYPERV", get("/ui/", title="VMware ESXi")),
    ("EXP-HYPERV", get(Server="pve-api-daemon/3.0")),
    ("EXP-PACSWEB", get(title="Orthanc Explorer")),
    ("EXP-PACSWEB", get(status=401, WWW_Authenticate='Basic realm="Orthanc Secure Area"')),
    ("WEB-ADMIN", get("/phpmyadmin/", title="phpMyAdmin")),
    ("WEB-ADMIN", get("/manager/html", 401, WWW_Authenticate='Basic realm="Tomcat Manager"')),
    ("WEB-ADMIN", get(X_Jenkins="2.401")),
]


@pytest.mark.parametrize(("check", "page"), MARKS)
def test_a_mark_of_the_product_fails(check: str, page: HttpFact) -> None:
    others = (get(path, 404) for path in PATHS if path != page.path)
    finding = only(check, web(page, *others))
    assert (finding.verdict, finding.port) == (FAIL, 443)


@pytest.mark.parametrize("check", PRODUCTS)
def test_every_page_answered_without_a_mark_passes(check: str) -> None:
    assert only(check, web(*(get(path, 404) for path in PATHS))).verdict is PASS


@pytest.mark.parametrize("check", PRODUCTS)
def test_a_page_that_did_not_answer_is_not_tested(check: str) -> None:
    assert only(check, web(get(answered=False))).verdict is NOT_TESTED


@pytest.mark.parametrize("check", ["VPN-FORTI", "VPN-CITRIX", "OWA-EXCH", "VPN-ADMIN"])
def test_a_path_never_asked_keeps_from_passing(check: str) -> None:
    assert only(check, web(get())).verdict is NOT_TESTED


@pytest.mark.parametrize("check", PRODUCTS)
def test_a_site_that_answers_anything_is_no_product(check: str) -> None:
    assert only(check, web(*(get(path, title="Accueil") for path in PATHS))).verdict is PASS


@pytest.mark.parametrize("check", PRODUCTS)
def test_a_site_that_repeats_the_path_under_another_name_is_no_product(check: str) -> None:
    pages = (moved(f"https://autre.test{path}", path) for path in PATHS)
    assert only(check, web(*pages)).verdict is PASS


def test_a_hostile_location_is_not_a_mark() -> None:
    assert only("VPN-IVANTI", web(moved("https://[mal"))).verdict is PASS


def test_the_exchange_administration_centre_is_critical() -> None:
    login = moved("/owa/auth/logon.aspx?url=https%3a%2f%2fx%2fecp", "/ecp/")
    front = get("/owa/", 302, X_OWA_Version="15.2")
    assert only("OWA-EXCH", web(front)).severity is Severity.HIGH
    assert only("OWA-EXCH", web(front, login)).severity is Severity.CRITICAL


def test_orthanc_without_a_password_is_critical() -> None:
    opened = web(get(status=302, number=8042, tls=False, Location="app/explorer.html"))
    rooted = web(get(status=302, number=8042, tls=False, Location="/app/explorer.html"))
    for seen in (opened, rooted):
        assert only("EXP-PACSWEB", seen).severity is Severity.CRITICAL
    locked = web(get(status=401, WWW_Authenticate='Basic realm="Orthanc Secure Area"'))
    assert only("EXP-PACSWEB", locked).severity is Severity.HIGH


def test_the_daemon_of_a_vmware_host_is_seen_without_a_page() -> None:
    banner = port(902, OPEN, greeting="220 VMware Authentication Daemon Version 1.10: SSL")
    finding = only("EXP-HYPERV", facts(ports=(banner,)))
    assert (finding.target, finding.port) == (ADDRESS, 902)


def test_findings_name_the_host_and_the_port() -> None:
    pages = (get(Server="xxxxxxxx-xxxxx", number=10443), get(status=404))
    (finding,) = judge("VPN-FORTI", web(*pages))
    assert (finding.target, finding.port) == (HOST, 10443)
