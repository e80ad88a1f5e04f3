"""Flaws of trusts with other domains and forests."""

from care_kit.demo.samba.seed import trusts
from care_kit.demo.samba.seed.store import filetime
from tests.lab.directory.flaws.flaw import SYSTEM, USERS, Flaw, replaced

_NEIGHBOUR = f"CN={trusts.NEIGHBOUR},{SYSTEM}"
_PARTNER = f"CN={trusts.PARTNER},{SYSTEM}"
_FOREST, _SID_HISTORY, _TICKET_DELEGATION = 0x8, 0x40, 0x800

FLAWS = (
    Flaw(
        "vuln_trusts_domain_notfiltered",
        1,
        (_NEIGHBOUR,),
        replaced(_NEIGHBOUR, trustAttributes="0"),
    ),
    Flaw(
        "vuln_trusts_forest_sidhistory",
        1,
        (_PARTNER,),
        replaced(_PARTNER, trustAttributes=str(_FOREST | _SID_HISTORY)),
    ),
    Flaw(
        "vuln_trusts_tgt_deleg",
        3,
        (_PARTNER,),
        replaced(_PARTNER, trustAttributes=str(_FOREST | _TICKET_DELEGATION)),
    ),
    Flaw(
        "vuln_trusts_accounts",
        2,
        (trusts.ACCOUNT,),
        lambda store: store.replace(f"CN={trusts.ACCOUNT},{USERS}", {"pwdLastSet": filetime(800)}),
    ),
)
