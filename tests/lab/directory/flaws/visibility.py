"""What someone hid from ordinary accounts, and from any audit."""

from care_kit.demo.samba.seeds import DOMAIN_SID
from tests.lab.directory.flaws.flaw import (
    ADMINISTRATOR,
    ADMINISTRATOR_LOGIN,
    UNTESTED,
    USERS,
    Flaw,
    permitted,
)

FLAWS = (
    Flaw(
        "vuln_critical_objects",
        1,
        (f"{DOMAIN_SID}-518",),
        permitted(f"CN=Schema Admins,{USERS}", "(D;;RPLCLORC;;;AU)"),
        {"vuln_rodc_denied_group": (UNTESTED, ())},
        "nobody can tell any more whether the hidden group is among the default members",
    ),
    Flaw(
        "vuln_sd_failed_sd_read_on_priv",
        3,
        (ADMINISTRATOR_LOGIN,),
        permitted(ADMINISTRATOR, "(D;;RC;;;AU)"),
        {"vuln_privileged_members_perm": (UNTESTED, ()), "vuln_owner": (UNTESTED, ())},
        "permissions that are hidden decide nothing: those points cannot pass any more",
    ),
)
