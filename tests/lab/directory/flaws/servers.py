"""Flaws of member servers and clusters."""

from care_kit.demo.samba.seed import sain
from care_kit.demo.samba.seed.store import filetime
from tests.lab.directory.flaws.flaw import HOSPITAL, SERVER, Flaw

_ONE = (f"{sain.SERVER}$",)
_CLUSTER = f"CN={sain.CLUSTER},OU=Serveurs,{HOSPITAL}"

FLAWS = (
    Flaw(
        "vuln_password_change_server_no_change_45",
        3,
        _ONE,
        lambda store: store.replace(SERVER, {"pwdLastSet": filetime(60)}),
    ),
    Flaw(
        "vuln_password_change_server_no_change_90",
        2,
        _ONE,
        lambda store: store.replace(SERVER, {"pwdLastSet": filetime(200)}),
        {"vuln_password_change_server_no_change_45": (3, _ONE)},
        "a secret of 200 days is older than both limits",
    ),
    Flaw(
        "vuln_password_change_inactive_servers",
        3,
        _ONE,
        lambda store: store.replace(SERVER, {"lastLogonTimestamp": filetime(150)}),
    ),
    Flaw(
        "vuln_password_change_cluster_no_change_3years",
        2,
        (f"{sain.CLUSTER}$",),
        lambda store: store.replace(_CLUSTER, {"pwdLastSet": filetime(1200)}),
    ),
)
