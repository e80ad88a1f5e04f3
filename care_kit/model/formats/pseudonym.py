"""The keyed digest behind every pseudonym: the same name always gives the same digits.

HMAC-SHA-256 of the name, letter case apart, under the dossier's key. Ten hexadecimal digits keep
two names of a large directory from sharing them.
"""

import hashlib
import hmac

DIGITS = 10


def digest(key: bytes, name: str) -> str:
    """Hexadecimal digits standing for `name`; nobody goes back without the key."""
    wanted = name.strip().casefold().encode("utf-8", "replace")
    return hmac.new(key, wanted, hashlib.sha256).hexdigest()[:DIGITS]
