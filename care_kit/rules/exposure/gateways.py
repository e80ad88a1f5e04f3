"""VPN-*, EXP-HYPERV, EXP-PACSWEB, WEB-ADMIN: products seen through their web pages.

A version is not read from these pages: being up to date is for the hospital to show.
"""

from collections.abc import Iterator
from dataclasses import replace

from care_kit.model.content.check import Check
from care_kit.model.facts.exposure import ExposureFacts, HttpFact, PortState
from care_kit.model.facts.finding import Finding
from care_kit.model.words.vocabulary import Severity
from care_kit.rules.exposure.fingerprints import (
    Product,
    Recognise,
    answers_anything,
    judged,
    location,
    recognised,
    sites,
)
from care_kit.rules.exposure.registry import Rule, rules
from care_kit.rules.exposure.verdicts import fail, merged

GATEWAYS: dict[str, Product] = {
    "VPN-FORTI": Product(
        "FortiGate",
        servers=r"^x{8}-x{5}$",
        cookies=r"^SVPN(NETWORK)?COOKIE$",
        redirects=("/remote/login",),
        paths=("/", "/remote/login"),
    ),
    "VPN-IVANTI": Product(
        "Ivanti Connect Secure",
        cookies=r"^DS(ID|SIGNIN|FirstAccess|LastAccess|SignInURL)$",
        redirects=("/dana-na/",),
    ),
    "VPN-CITRIX": Product(
        "Citrix NetScaler",
        titles=r"\b(Citrix|NetScaler) (Access )?Gateway\b|\bNetScaler AAA\b",
        cookies=r"^NSC_",
        redirects=("/vpn/", "/logon/LogonPoint"),
        paths=("/", "/vpn/index.html"),
    ),
    "VPN-PALO": Product(
        "Palo Alto GlobalProtect",
        titles=r"\bGlobalProtect\b",
        redirects=("/global-protect/",),
        paths=("/", "/global-protect/login.esp"),
    ),
    "VPN-CISCO": Product(
        "Cisco",
        cookies=r"^webvpn",
        redirects=("/+CSCOE+/",),
        paths=("/", "/+CSCOE+/logon.html"),
    ),
    "VPN-SONICWALL": Product("SonicWall", servers=r"^SonicWALL", titles=r"^SonicWall\b"),
    "VPN-CHECKPOINT": Product(
        "Check Point",
        servers=r"^Check Point SVN",
        cookies=r"^CPCVPN_",
        redirects=("/sslvpn/",),
    ),
    "VPN-F5": Product(
        "F5 BIG-IP APM",
        servers=r"^BIG-?IP$",
        cookies=r"^(LastMRH_Session|MRHSession)$",
        redirects=("/my.policy", "/my.logon.php3"),
    ),
}
"""Remote access gateways, by check id."""

FIREWALL_PATHS = {"/", "/php/login.php", "/webui/"}
_GATEWAY = "Passerelle {} reconnue : correctifs et double authentification restent à prouver."

CONSOLES = (
    Product("phpMyAdmin", titles=r"\bphpMyAdmin\b", cookies=r"^phpMyAdmin"),
    Product("Tomcat", titles=r"^Apache Tomcat/|^/manager\b"),
    Product("Jenkins", headers=("X-Jenkins", "X-Hudson")),
    Product("GLPI", titles=r"\bGLPI\b", cookies=r"^glpi_"),
    Product("Webmin", servers=r"^MiniServ", titles=r"\bWebmin\b"),
    Product("iLO", titles=r"^iLO\b|Integrated Lights-Out", servers=r"^HPE?-iLO-Server"),
    Product("iDRAC", titles=r"\biDRAC\b|Integrated Dell Remote Access", redirects=("/restgui/",)),
    Product("Veeam", titles=r"\bVeeam\b"),
    Product("NAS", titles=r"\bDiskStation\b|\bSynology\b|\bQNAP\b|\bTrueNAS\b"),
)

VIRTUALISATION = (
    Product("VMware", titles=r"\bVMware (ESXi|vSphere|Host Client)|\bvCenter\b|ID_\w+_Welcome"),
    Product("Proxmox", titles=r"\bProxmox\b", servers=r"^pve-api-daemon"),
    Product("Nutanix", titles=r"\bNutanix\b", redirects=("/console/",)),
)

_VIEWERS = (
    Product("Orthanc", titles=r"\bOrthanc\b", redirects=("/app/explorer.html",)),
    Product("OHIF", titles=r"\bOHIF\b"),
    Product("Weasis", titles=r"\bWeasis\b", redirects=("/weasis",)),
    Product("dcm4chee", titles=r"\bdcm4che+\b", redirects=("/dcm4chee",)),
    Product("Oviyam", titles=r"\bOviyam\b"),
)


def _gateway(product: Product) -> Rule:
    return lambda facts, check: judged(over_tls(facts), check, (product,), _GATEWAY)


for _id, _product in GATEWAYS.items():
    rules.decides(_id)(_gateway(_product))


@rules.decides("VPN-ADMIN")
def administration(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """A firewall's own administration page, on a site that does not answer 200 to anything."""
    secure = over_tls(facts)
    reason = "La page d'administration d'un pare-feu répond ({})."
    yield from recognised(secure, check, firewall(secure), FIREWALL_PATHS, reason)


@rules.decides("EXP-HYPERV")
def virtualisation(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """A virtualisation console, or the daemon of its hosts."""
    reason = "Une console de virtualisation répond ({})."
    daemons = [
        fail(check, one.address, reason.format("VMware"), port=one.port)
        for one in facts.ports
        if one.state is PortState.OPEN
        and "VMware Authentication Daemon" in one.scripts.get("greeting", "")
    ]
    yield from merged([*daemons, *judged(facts, check, VIRTUALISATION, reason)])


@rules.decides("EXP-PACSWEB")
def viewers(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """A medical image viewer; critical when Orthanc's page opens without a password."""

    def recognise(one: HttpFact) -> str:
        return next((each.name for each in _VIEWERS if each.shown_by(one)), _realm(one))

    def gravity(one: HttpFact) -> Severity | None:
        return Severity.CRITICAL if location(one).startswith("/app/explorer.html") else None

    reason = "Une visionneuse d'images médicales répond ({})."
    yield from recognised(facts, check, recognise, {"/"}, reason, gravity)


@rules.decides("WEB-ADMIN")
def consoles(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """A known administration console."""

    def recognise(one: HttpFact) -> str:
        if "Tomcat Manager" in (one.header("WWW-Authenticate") or ""):
            return "Tomcat"
        return next((each.name for each in CONSOLES if each.shown_by(one)), "")

    reason = "Une console d'administration répond ({})."
    yield from recognised(facts, check, recognise, {"/"}, reason)


def firewall(secure: ExposureFacts) -> Recognise:
    """Recognises a firewall's own page, on sites that do not answer 200 to anything."""
    anything = {
        (host, port)
        for host, ports in sites(secure).items()
        for port, pages in ports.items()
        if answers_anything(pages)
    }

    def recognise(one: HttpFact) -> str:
        if one.path == "/" and "FortiGate" in one.title:
            return "FortiGate"
        if (one.host, one.port) in anything or one.status != 200:
            return ""
        return {"/php/login.php": "PAN-OS", "/webui/": "IOS XE"}.get(one.path, "")

    return recognise


def _realm(one: HttpFact) -> str:
    """Orthanc asks for a password under its own name."""
    return "Orthanc" if "Orthanc" in (one.header("WWW-Authenticate") or "") else ""


def over_tls(facts: ExposureFacts) -> ExposureFacts:
    """The same reading, with the pages asked over TLS only."""
    return replace(facts, http=tuple(one for one in facts.http if one.tls))
