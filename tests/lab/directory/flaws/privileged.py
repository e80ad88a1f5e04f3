"""Flaws of the members of the privileged groups."""

from care_kit.demo.samba.seed import sain
from care_kit.demo.samba.seed.objects import add_account
from care_kit.demo.samba.seed.people import NEVER_EXPIRES, NORMAL, PREAUTH_OFF, REVERSIBLE, Account
from care_kit.demo.samba.seed.store import Store, filetime
from care_kit.demo.samba.seeds import DOMAIN_DN
from tests.lab.directory.flaws.flaw import (
    ADMINISTRATOR,
    ADMINISTRATOR_LOGIN,
    USERS,
    Flaw,
    replaced,
)

_ONE = (ADMINISTRATOR_LOGIN,)
# With the one already there, fifty-one: one more than the limit.
_CROWD = tuple(Account(f"adm{rank:02d}", f"Admin {rank:02d}", "Agents") for rank in range(1, 51))


def _crowd(store: Store) -> None:
    for one in _CROWD:
        sain.protect(store, add_account(store, one))


def _flagged(check: str, level: int, flag: int) -> Flaw:
    flags = str(NORMAL | flag)
    return Flaw(check, level, _ONE, replaced(ADMINISTRATOR, userAccountControl=flags))


def _service_name(store: Store) -> None:
    names = {"servicePrincipalName": ["MSSQLSvc/pacs.chu-exemple.lan:1433"]}
    store.replace(ADMINISTRATOR, {**names, "msDS-SupportedEncryptionTypes": "24"})


FLAWS = (
    Flaw(
        "vuln_privileged_members",
        1,
        (ADMINISTRATOR_LOGIN, *(one.login for one in _CROWD)),
        _crowd,
    ),
    Flaw("vuln_privileged_members_no_admincount", 2, _ONE, replaced(ADMINISTRATOR, adminCount="0")),
    Flaw(
        "vuln_privileged_members_password",
        2,
        ("Administrator", ADMINISTRATOR_LOGIN),
        replaced(DOMAIN_DN, minPwdLength="4"),
    ),
    Flaw(
        "vuln_protected_users",
        3,
        _ONE,
        lambda store: store.remove(f"CN=Protected Users,{USERS}", {"member": ADMINISTRATOR}),
    ),
    Flaw("vuln_silo_priv", 4, _ONE, replaced(ADMINISTRATOR, msDS_AssignedAuthNPolicySilo="")),
    Flaw("vuln_spn_priv", 1, _ONE, _service_name),
    _flagged("vuln_dont_expire_priv", 1, NEVER_EXPIRES),
    _flagged("vuln_reversible_password_priv_uac", 3, REVERSIBLE),
    Flaw(
        "vuln_kerberos_properties_preauth_priv",
        1,
        _ONE,
        replaced(ADMINISTRATOR, userAccountControl=str(NORMAL | PREAUTH_OFF)),
        {"vuln_kerberos_properties_preauth": (2, _ONE)},
        "the point about every account covers administrators too",
    ),
    Flaw(
        "vuln_password_change_priv",
        1,
        _ONE,
        lambda store: store.replace(ADMINISTRATOR, {"pwdLastSet": filetime(1200)}),
    ),
)
