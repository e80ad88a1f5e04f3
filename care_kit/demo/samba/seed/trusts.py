"""The trusts of a hospital: a neighbour's domain and a partner's forest, well or badly closed."""

from care_kit.demo.samba.seed.store import Store, binary_sid, filetime

NEIGHBOUR, PARTNER = "clinique-voisine.lan", "ght-partenaire.lan"
ACCOUNT = "GHT$"
_TRUST_WITHOUT_PASSWORD_RULES = 0x800 | 0x20


def add_trusts(store: Store, *, neighbour: int, partner: int, secret_days: float) -> None:
    """Both trusts with their trustAttributes, and their account, its secret `secret_days` old."""
    for name, number, attributes in ((NEIGHBOUR, 7, neighbour), (PARTNER, 8, partner)):
        store.add(
            f"CN={name},CN=System,{store.domain}",
            {
                "objectClass": "trustedDomain",
                "trustPartner": name,
                "flatName": name.partition("-")[0].upper(),
                "trustDirection": "3",
                "trustType": "2",
                "trustAttributes": str(attributes),
                "securityIdentifier": binary_sid(f"S-1-5-21-{number}-{number}-{number}"),
            },
        )
    store.add_trust_account(
        f"CN={ACCOUNT},CN=Users,{store.domain}",
        {
            "objectClass": "user",
            "sAMAccountName": ACCOUNT,
            "userAccountControl": str(_TRUST_WITHOUT_PASSWORD_RULES),
            "pwdLastSet": filetime(secret_days),
        },
    )
