"""Flaws of ordinary accounts, of Guest and of krbtgt."""

from care_kit.demo.samba.seed import sain
from care_kit.demo.samba.seed.people import DES_ONLY, NEVER_EXPIRES, NORMAL, PREAUTH_OFF
from care_kit.demo.samba.seed.store import Store, binary_sid, filetime, generalized
from tests.lab.directory.flaws.flaw import (
    AGENT,
    AGENT_LOGIN,
    HOSPITAL,
    SERVICE,
    USERS,
    Flaw,
    replaced,
)

_SEVERAL = sain.AGENTS[:6]
_MOST = sain.AGENTS[:16]
_MANAGED = f"CN={sain.MANAGED},CN=Managed Service Accounts"


def _durable(store: Store) -> None:
    for one in _SEVERAL:
        flags = str(NORMAL | NEVER_EXPIRES)
        store.replace(sain.person(store, one), {"userAccountControl": flags})


def _gone(store: Store) -> None:
    for one in _MOST:
        left = {"pwdLastSet": filetime(1500), "lastLogonTimestamp": filetime(700)}
        store.replace(sain.person(store, one), {**left, "whenCreated": generalized(2500)})


def _hidden_group(store: Store) -> None:
    store.join_group(f"CN=Domain Computers,{USERS}", AGENT)
    store.replace(AGENT, {"primaryGroupID": "515"})


def _changed_group(store: Store) -> None:
    store.replace(AGENT, {"primaryGroupID": store.rid(f"CN={sain.STAFF},OU=Agents,{HOSPITAL}")})


def _former(sid: str) -> Flaw:
    reserved = sid.endswith("-512")
    present = Flaw(
        "vuln_sidhistory_present",
        3,
        (AGENT_LOGIN,),
        lambda store: store.replace(AGENT, {"sIDHistory": binary_sid(sid)}),
    )
    if not reserved:
        return present
    return Flaw(
        "vuln_sidhistory_dangerous",
        2,
        (AGENT_LOGIN,),
        present.write,
        {present.check: (present.level, present.objects)},
        "a reserved identifier in the history is also a history",
    )


FLAWS = (
    Flaw("vuln_dont_expire", 2, tuple(one.login for one in _SEVERAL), _durable),
    Flaw("vuln_user_accounts_dormant", 1, tuple(one.login for one in _MOST), _gone),
    Flaw(
        "vuln_kerberos_properties_preauth",
        2,
        (AGENT_LOGIN,),
        replaced(AGENT, userAccountControl=str(NORMAL | PREAUTH_OFF)),
    ),
    Flaw(
        "vuln_kerberos_properties_deskey",
        2,
        (AGENT_LOGIN,),
        replaced(AGENT, userAccountControl=str(NORMAL | DES_ONLY)),
    ),
    Flaw(
        "vuln_kerberos_properties_encryption",
        3,
        (sain.SERVICE.login,),
        replaced(SERVICE, msDS_SupportedEncryptionTypes="4"),
    ),
    Flaw(
        "vuln_krbtgt",
        2,
        ("krbtgt",),
        lambda store: store.replace(f"CN=krbtgt,{USERS}", {"pwdLastSet": filetime(4000)}),
    ),
    Flaw(
        "vuln_guest",
        2,
        ("Guest",),
        replaced(f"CN=Guest,{USERS}", userAccountControl=str(NORMAL)),
    ),
    Flaw("vuln_primary_group_id_1000", 1, (AGENT_LOGIN,), _hidden_group),
    Flaw("vuln_primary_group_id_nochange", 3, (AGENT_LOGIN,), _changed_group),
    _former("S-1-5-21-9-9-9-1234"),
    _former("S-1-5-21-9-9-9-512"),
    Flaw(
        "vuln_password_change_msa_no_change_90",
        2,
        (f"{sain.MANAGED}$",),
        lambda store: store.replace(f"{_MANAGED},{store.domain}", {"pwdLastSet": filetime(200)}),
    ),
)
