"""One flaw at a time, over the healthy hospital: how it is written, and what must fail for it.

Plain Python: it runs under pytest, and under Debian's own Python, which writes the flaws.
"""

from tests.lab.directory.flaws import (
    accounts,
    authorities,
    controllers,
    delegation,
    forest,
    observations,
    permissions,
    privileged,
    servers,
    trusts,
    visibility,
)
from tests.lab.directory.flaws.flaw import Flaw

FLAWS: dict[str, Flaw] = {
    flaw.name: flaw
    for module in (
        accounts,
        authorities,
        controllers,
        delegation,
        forest,
        observations,
        permissions,
        privileged,
        servers,
        trusts,
        visibility,
    )
    for flaw in module.FLAWS
}
