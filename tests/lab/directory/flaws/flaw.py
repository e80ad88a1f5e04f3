"""What a flaw is, and the objects of the healthy hospital that flaws are written on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from care_kit.demo.samba.seed import sain
from care_kit.demo.samba.seed.store import Store, Value
from care_kit.demo.samba.seeds import CONFIGURATION_DN, DOMAIN_DN

UNTESTED = -1  # in `also`: the verdict becomes "not tested", because the flaw hides something
USERS = f"CN=Users,{DOMAIN_DN}"
SYSTEM = f"CN=System,{DOMAIN_DN}"
HOSPITAL = f"OU=Hôpital,{DOMAIN_DN}"
PKI = f"CN=Public Key Services,CN=Services,{CONFIGURATION_DN}"
FULL = "RPWPCRCCDCLCLORCWOWDSDDTSW"

AGENT = f"CN={sain.AGENTS[9].name},OU=Agents,{HOSPITAL}"
AGENT_LOGIN = sain.AGENTS[9].login
ADMINISTRATOR = f"CN={sain.ADMINISTRATOR.name},OU=Administration,{HOSPITAL}"
ADMINISTRATOR_LOGIN = sain.ADMINISTRATOR.login
SERVICE = f"CN={sain.SERVICE.name},OU=Services,{HOSPITAL}"
SERVER = f"CN={sain.SERVER},OU=Serveurs,{HOSPITAL}"
READ_ONLY = f"CN={sain.READ_ONLY},OU=Domain Controllers,{DOMAIN_DN}"
READ_ONLY_NAME = f"{sain.READ_ONLY}$"

# Attributes, property sets and rights that permissions name (MS-ADTS, MS-ADA).
RESET = "00299570-246d-11d0-a768-00aa006e0529"
SERVICE_NAME = "f3a64788-5306-11d1-a9c5-0000f80367c1"
RESOURCE_DELEGATION = "3f78c3e5-f79a-46bd-a0b8-9d18116ddc79"
POLICY_LINK = "f30e3bbe-9ff0-11d1-b603-0000f80367c1"
MEMBER = "bf9679c0-0de6-11d0-a285-00aa003049e2"
CHANGES = "1131f6aa-9c07-11d1-f79f-00c04fc2dcd2"
SECRETS = "1131f6ad-9c07-11d1-f79f-00c04fc2dcd2"

Objects = tuple[str, ...]


@dataclass(frozen=True)
class Flaw:
    """`check` must fail at `level` on exactly `objects` once `write` has spoilt the domain.

    A flaw that legitimately touches other points says which in `also`, each with its level (or
    UNTESTED) and objects, and why in `because`. Nothing else may change.
    """

    check: str
    level: int
    objects: Objects
    write: Callable[[Store], object]
    also: Mapping[str, tuple[int, Objects]] = field(default_factory=dict)
    because: str = ""

    @property
    def name(self) -> str:
        """How the test shows it."""
        return f"{self.check}-level{self.level}" if self.level else self.check


def replaced(dn: str, **attributes: str) -> Callable[[Store], object]:
    """Replaces attributes of an object; `_` in their names stands for `-`, "" removes."""
    known: dict[str, Value] = {
        name.replace("_", "-"): value or [] for name, value in attributes.items()
    }
    return lambda store: store.replace(dn, known)


def permitted(dn: str, *entries: str) -> Callable[[Store], object]:
    """Grants entries (SDDL) on an object; `{agent}` stands for an ordinary agent."""

    def write(store: Store) -> None:
        store.permit(dn, *(one.format(agent=store.sid(AGENT)) for one in entries))

    return write


def may(right: str, what: str, who: str = AGENT_LOGIN) -> Objects:
    """How a finding names a right given to the agent."""
    return (f"{who} → {right} → {what}",)
