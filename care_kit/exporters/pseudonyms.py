"""Stable labels in place of names: the same name gives the same label in every package.

A label ends with the keyed digest of the name, so that nobody can go back from label to name
without the key, which stays at the hospital.
"""

import re
from enum import StrEnum

from care_kit.model.facts.hosts import is_address
from care_kit.model.formats.pseudonym import digest

_TOKEN = re.compile(r"[\w.$@\\:-]+")
_PARTS = re.compile(r"[@\\]")
_TRAILING = ".:-"


class Kind(StrEnum):
    """What a label stands for."""

    ACCOUNT = "compte"
    HOST = "hôte"
    DOMAIN = "domaine"
    COMMAND = "commande"


class Pseudonyms:
    """Labels of one dossier. Names are compared without regard to letter case."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._known: dict[str, str] = {}

    def label(self, kind: Kind, name: str) -> str:
        """The label of a name, remembered: `erase` then finds that name inside sentences.

        The kind first given to a name stands, so that one name has one label.
        """
        if not name:
            return ""
        wanted = name.strip().casefold()
        if wanted not in self._known:
            self._known[wanted] = f"{kind.value}-{digest(self._key, wanted)}"
        return self._known[wanted]

    def erase(self, text: str) -> str:
        """The sentence with every recognisable name replaced by its label.

        Recognised: names already labelled that no French word can equal (a digit or a sign in
        them), hosts below a labelled domain, and IP addresses. A bare word ("sauvegarde") stays:
        replacing it would garble sentences that do not speak of the account.
        """
        for name in self._phrases_in(text):
            text = re.sub(re.escape(name), self._known[name], text, flags=re.IGNORECASE)
        return _TOKEN.sub(lambda found: self._replaced(found.group()), text)

    def named_in(self, text: str) -> bool:
        """True when `erase` would change this text."""
        return self.erase(text) != text

    def _phrases_in(self, text: str) -> list[str]:
        """Labelled names of several words (distinguished names, groups) found in the text."""
        folded = text.casefold()
        found = [one for one in self._known if one in folded and not _TOKEN.fullmatch(one)]
        return sorted(found, key=len, reverse=True)

    def _replaced(self, token: str) -> str:
        name = token.rstrip(_TRAILING)
        rest = token[len(name) :]
        label = self._of(name)
        if label is None and ":" in name:
            name, port = name.rsplit(":", 1)
            label, rest = self._of(name), f":{port}{rest}"
        return token if label is None else label + rest

    def _of(self, name: str) -> str | None:
        wanted = name.casefold()
        if wanted in self._known and not wanted.isalpha():
            return self._known[wanted]
        if _is_address(wanted):
            return self.label(Kind.HOST, name)
        if any(part in self._known for part in _PARTS.split(wanted)[1:]):
            return self.label(Kind.ACCOUNT, name)
        parents = wanted.split(".")
        if any(".".join(parents[cut:]) in self._known for cut in range(1, len(parents) - 1)):
            return self.label(Kind.HOST, name)
        return None


def _is_address(text: str) -> bool:
    return is_address(text) and len(text) > len("::1")
