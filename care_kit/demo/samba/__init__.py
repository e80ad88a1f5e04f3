"""A real Samba domain controller on a loopback address: the lab of the directory side.

`running_domain` starts it, `unavailable` says why it cannot be started here. This module also
runs under Debian's own Python (the one that has the Samba bindings): standard library only.
"""

from care_kit.demo.samba.availability import unavailable
from care_kit.demo.samba.domain import LabDomain, running_domain
from care_kit.demo.samba.seeds import Seed

__all__ = ["LabDomain", "Seed", "running_domain", "unavailable"]
