"""Flaws of Kerberos delegation."""

from care_kit.demo.samba.seed import sain
from care_kit.demo.samba.seed.people import NORMAL, TRANSITION
from care_kit.demo.samba.seed.store import Store
from care_kit.demo.samba.seeds import DOMAIN_SID, HOST_NAME
from tests.lab.directory.flaws.flaw import (
    READ_ONLY,
    READ_ONLY_NAME,
    SERVER,
    SERVICE,
    Flaw,
    replaced,
)

_ONE = (sain.SERVICE.login,)
_UNCONSTRAINED = 0x1000 | 0x80000


def _towards_controller(store: Store) -> None:
    store.append(SERVICE, {"msDS-AllowedToDelegateTo": [f"cifs/{HOST_NAME}"]})


def _without_proof(store: Store) -> None:
    _towards_controller(store)
    store.replace(SERVICE, {"userAccountControl": str(NORMAL | TRANSITION)})


def _resource(store: Store) -> None:
    allowed = store.descriptor(f"{DOMAIN_SID}-515")
    store.replace(READ_ONLY, {"msDS-AllowedToActOnBehalfOfOtherIdentity": allowed})


FLAWS = (
    Flaw(
        "vuln_delegation_t4d",
        1,
        (f"{sain.SERVER}$",),
        replaced(SERVER, userAccountControl=str(_UNCONSTRAINED)),
    ),
    Flaw("vuln_delegation_a2d2", 1, _ONE, _towards_controller),
    Flaw(
        "vuln_delegation_t2a4d",
        1,
        _ONE,
        _without_proof,
        {"vuln_delegation_a2d2": (1, _ONE)},
        "delegation with protocol transition is also delegation",
    ),
    Flaw("vuln_delegation_sourcedeleg", 1, (READ_ONLY_NAME,), _resource),
)
