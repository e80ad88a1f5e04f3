"""What the GUIDs of permissions name, as the directory's own schema tells it."""

from collections.abc import Iterable

from care_kit.model.facts.directory import WATCHED_SCHEMA, DirectoryEntry, Part
from care_kit.model.facts.security_descriptor import guid_text

_INDISPENSABLE = {"member", "gPLink", "servicePrincipalName"}


class Identifiers:
    """Attributes, property sets, classes and extended rights by GUID; see `complete`.

    A property set names every watched attribute that belongs to it.
    """

    def __init__(self, entries: Iterable[DirectoryEntry]) -> None:
        self._attributes: dict[str, set[str]] = {}
        self._classes: dict[str, str] = {}
        self._rights: dict[str, str] = {}
        for entry in entries:
            if entry.part is Part.SCHEMA:
                self._schema(entry)
            elif entry.part is Part.CONFIGURATION and entry.values("rightsGuid"):
                guid = (entry.text("rightsGuid") or "").lower()
                self._rights[guid] = entry.text("cn") or ""

    @property
    def complete(self) -> bool:
        """Whether both the schema and the extended rights were readable."""
        named = {name for names in self._attributes.values() for name in names}
        return named >= _INDISPENSABLE and "User-Force-Change-Password" in self._rights.values()

    def attributes(self, guid: str) -> frozenset[str]:
        """Watched attributes that this GUID names, alone or as a property set."""
        return frozenset(self._attributes.get(guid, ()))

    def class_name(self, guid: str) -> str:
        """The watched class of that GUID, "" when it is none of them."""
        return self._classes.get(guid, "")

    def knows(self, name: str) -> bool:
        """Whether the schema has that watched attribute or class."""
        return name in self._classes.values() or any(
            name in found for found in self._attributes.values()
        )

    def right(self, guid: str) -> str:
        """The watched extended right or validated write of that GUID, "" when it is none."""
        return self._rights.get(guid, "")

    def _schema(self, entry: DirectoryEntry) -> None:
        name = entry.text("lDAPDisplayName")
        if name not in WATCHED_SCHEMA:
            return
        own = [_guid(raw) for raw in entry.values("schemaIDGUID")]
        if "classSchema" in entry.classes:
            self._classes |= dict.fromkeys(own, name)
            return
        sets = [_guid(raw) for raw in entry.values("attributeSecurityGUID")]
        for guid in own + sets:
            self._attributes.setdefault(guid, set()).add(name)


def _guid(raw: bytes) -> str:
    return guid_text(raw) if len(raw) == 16 else ""
