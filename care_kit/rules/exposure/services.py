"""EXP-*: services that should not be reachable."""

import re
from collections.abc import Iterator

from care_kit.model.content.check import Check
from care_kit.model.facts.exposure import ExposureFacts, PortFact, PortState
from care_kit.model.facts.finding import Finding
from care_kit.model.words.french import counted
from care_kit.model.words.vocabulary import Severity, Verdict
from care_kit.rules.exposure.open_ports import Decide, by_address, judged, silent
from care_kit.rules.exposure.registry import rules
from care_kit.rules.exposure.verdicts import fail, told

RDP = frozenset({3389})
SMB = frozenset({139, 445})
TELNET = frozenset({23, 2323})
FTP = frozenset({21, 2121})
REDIS = frozenset({6379})
SSH = frozenset({22, 2222})
VNC = frozenset({5900, 5901})
LDAP = frozenset({389, 636, 3268, 3269})

_TELNET_SAYS = re.compile(r"^\\xff\\xf[b-e]|login|user ?name|password", re.IGNORECASE)
_WEAK_SSH = re.compile(r"diffie-hellman-group1-sha1|3des-cbc|\b[\w-]+-cbc\b")
_UNRECOGNISED = "Port ouvert, mais le service n'a pas pu être reconnu."


def _reachable(check: Check, reason: str) -> Decide:
    """Failure on the open port alone: nothing legitimate answers there from the internet."""
    return lambda one: fail(check, one.address, reason, port=one.port)


@rules.decides("EXP-RDP")
def rdp(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """Remote desktop port open."""
    yield from judged(facts, check, RDP, _reachable(check, "Le port du bureau à distance répond."))


@rules.decides("EXP-SMB")
def smb(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """File sharing ports open."""
    yield from judged(facts, check, SMB, _reachable(check, "Un port du partage SMB répond."))


@rules.decides("EXP-LDAP")
def ldap(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """Directory ports open."""
    yield from judged(facts, check, LDAP, _reachable(check, "Un port de l'annuaire répond."))


@rules.decides("EXP-REDIS")
def redis(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """Redis port open; said to be without a password only when it answered without one."""

    def decide(one: PortFact) -> Finding:
        reason = "Le port de Redis répond."
        if "Version:" in one.scripts.get("redis-info", ""):
            reason = "Redis répond sans mot de passe."
        return fail(check, one.address, reason, port=one.port)

    yield from judged(facts, check, REDIS, decide)


@rules.decides("EXP-TELNET")
def telnet(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """Telnet negotiation or a login prompt on a Telnet port."""

    def decide(one: PortFact) -> Finding:
        if _TELNET_SAYS.search(_greeting(one)):
            reason = "Un service de connexion en clair invite à s'identifier."
            return fail(check, one.address, reason, port=one.port)
        return told(Verdict.NOT_TESTED, check, one.address, _UNRECOGNISED, port=one.port)

    yield from judged(facts, check, TELNET, decide)


@rules.decides("EXP-FTP")
def ftp(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """FTP without TLS; critical when anonymous access works."""

    def decide(one: PortFact) -> Finding:
        if "Anonymous FTP login allowed" in one.scripts.get("ftp-anon", ""):
            reason = "Le serveur FTP accepte les connexions anonymes."
            return fail(check, one.address, reason, port=one.port, severity=Severity.CRITICAL)
        reason = _UNRECOGNISED
        if _greeting(one).startswith("220"):
            answer = one.scripts.get("ftp-auth-tls", "")
            if answer[:1] in ("4", "5"):
                reason = "Le serveur FTP refuse le chiffrement (AUTH TLS)."
                return fail(check, one.address, reason, port=one.port)
            reason = "FTP ouvert, mais l'accès anonyme n'a pas donné de réponse probante."
        return told(Verdict.NOT_TESTED, check, one.address, reason, port=one.port)

    yield from judged(facts, check, FTP, decide)


@rules.decides("EXP-SSH")
def ssh(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """SSH reachable: low; weak algorithms: medium; version 1: critical."""

    def decide(one: PortFact) -> Finding:
        greeting = _greeting(one)
        if not greeting.startswith("SSH-"):
            return told(Verdict.NOT_TESTED, check, one.address, _UNRECOGNISED, port=one.port)
        if greeting.startswith("SSH-1"):
            reason = "SSH version 1 est accepté."
            return fail(check, one.address, reason, port=one.port, severity=Severity.CRITICAL)
        reason, severity = _algorithms(one.scripts.get("ssh2-enum-algos", ""))
        return fail(check, one.address, reason, port=one.port, severity=severity)

    yield from judged(facts, check, SSH, decide)


@rules.decides("EXP-VNC")
def vnc(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """A VNC server that greets."""

    def decide(one: PortFact) -> Finding:
        if not _greeting(one).startswith("RFB "):
            return told(Verdict.NOT_TESTED, check, one.address, _UNRECOGNISED, port=one.port)
        reason = "Une prise de main VNC répond."
        if re.search(r"^\s*None\b", one.scripts.get("vnc-info", ""), re.MULTILINE):
            reason = "Une prise de main VNC répond, sans mot de passe."
        return fail(check, one.address, reason, port=one.port)

    yield from judged(facts, check, VNC, decide)


@rules.decides("EXP-INCONNU")
def unknown(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
    """Open ports that the scope's inventory does not declare."""
    for address, group in by_address(facts).items():
        if not facts.declared_ports:
            reason = "Aucun port n'est déclaré au périmètre : rien à quoi comparer."
            yield told(Verdict.NOT_TESTED, check, address, reason)
            continue
        strangers = [
            one
            for one in group
            if one.state is PortState.OPEN and one.port not in facts.declared_ports
        ]
        for one in strangers:
            reason = "Port ouvert absent de l'inventaire déclaré."
            yield fail(check, address, reason, port=one.port)
        if silent(group):
            reason = f"{counted(silent(group), 'port')} sur {len(group)} sans réponse."
            yield told(Verdict.NOT_TESTED, check, address, reason)
        elif not strangers:
            looked = counted(len(group), "port examiné", "ports examinés")
            reason = f"{looked}, aucun ouvert hors inventaire."
            yield told(Verdict.PASS, check, address, reason)


def _algorithms(text: str) -> tuple[str, Severity | None]:
    """Reason and, when weak, gravity of an SSH 2 server, from the algorithms it lists."""
    if not text:
        return "SSH répond ; ses algorithmes n'ont pas été lus.", None
    weak = set(_WEAK_SSH.findall(text))
    if weak:
        count = counted(len(weak), "algorithme faible", "algorithmes faibles")
        return f"SSH répond et propose {count}.", Severity.MEDIUM
    return "SSH répond, avec des algorithmes modernes.", None


def _greeting(one: PortFact) -> str:
    return one.scripts.get("greeting", "")
