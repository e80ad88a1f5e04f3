"""Windows LAPS as its schema update leaves it, and machines whose password it rolls."""

from collections.abc import Mapping

from care_kit.demo.samba.seed.store import Store, Value, filetime

_ATTRIBUTE = "msLAPS-PasswordExpirationTime"
_DAYS_LEFT = 20.0


def declare(store: Store) -> None:
    """Add the one attribute that an ordinary account reads (Microsoft's LAPS reference)."""
    store.add(
        f"CN=ms-LAPS-PasswordExpirationTime,CN=Schema,{store.configuration}",
        {
            "objectClass": "attributeSchema",
            "attributeID": "1.2.840.113556.1.6.44.1.1",
            "attributeSyntax": "2.5.5.16",
            "oMSyntax": "65",
            "isSingleValued": "TRUE",
            "searchFlags": "0",
            "lDAPDisplayName": _ATTRIBUTE,
        },
    )


def allow(store: Store) -> None:
    """Let machines hold it, once the database was opened again with the attribute in it."""
    store.append(f"CN=Computer,CN=Schema,{store.configuration}", {"mayContain": _ATTRIBUTE})


def rolled() -> Mapping[str, Value]:
    """What a machine holds whose password LAPS rolls: the date of the next time."""
    return {_ATTRIBUTE: filetime(-_DAYS_LEFT)}
