"""EXP-*: services that are a weakness as soon as their TCP port answers.

These ports are connected to and nothing is said to most of them: medical devices, controllers
and printers may not bear it.
"""

from collections.abc import Iterator

from care_kit.model.content.check import Check
from care_kit.model.facts.exposure import ExposureFacts, PortFact
from care_kit.model.facts.finding import Finding
from care_kit.rules.exposure.open_ports import judged
from care_kit.rules.exposure.registry import Rule, rules
from care_kit.rules.exposure.verdicts import fail

PORTS: dict[str, tuple[frozenset[int], str]] = {
    "EXP-WINRM": (frozenset({5985, 5986}), "Un port d'administration WinRM répond."),
    "EXP-KRB-RPC": (frozenset({88, 135, 593}), "Un port de contrôleur de domaine répond."),
    "EXP-MYSQL": (frozenset({3306}), "Le port de MySQL répond."),
    "EXP-PGSQL": (frozenset({5432}), "Le port de PostgreSQL répond."),
    "EXP-ORACLE": (frozenset({1521}), "Le port de l'écouteur Oracle répond."),
    "EXP-MONGO": (frozenset({27017}), "Le port de MongoDB répond."),
    "EXP-HL7": (frozenset({2575}), "Le port HL7 (MLLP) répond ; rien n'y a été envoyé."),
    "EXP-MODBUS": (frozenset({502}), "Le port Modbus répond ; rien n'y a été envoyé."),
    "EXP-S7-ENIP": (
        frozenset({102, 1911, 20000, 44818}),
        "Un port d'automate répond ; rien n'y a été envoyé.",
    ),
    "EXP-PRINT": (frozenset({515, 631, 9100}), "Un port d'impression répond."),
    "EXP-RSYNC": (frozenset({873}), "Le port de rsync répond."),
    "EXP-NFS": (frozenset({111, 2049}), "Un port du partage NFS répond."),
    "EXP-X11-AJP-RMI": (
        frozenset({1099, 6000, 8009}),
        "Un port d'affichage X11, AJP ou Java RMI répond.",
    ),
    "EXP-SIP": (frozenset({5060, 5061}), "Un port de téléphonie SIP répond."),
}
"""TCP ports and what is said of them when they are open, by check id."""


def _rule(ports: frozenset[int], reason: str) -> Rule:
    def decide(facts: ExposureFacts, check: Check) -> Iterator[Finding]:
        def reachable(port: PortFact) -> Finding:
            return fail(check, port.address, reason, port=port.port)

        return judged(facts, check, ports, reachable)

    return decide


for _id, (_ports, _reason) in PORTS.items():
    rules.decides(_id)(_rule(_ports, _reason))
