"""BloodHound's collections (SharpHound, BloodHound.py): counted as evidence, never a level."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from care_kit.model.words.errors import InputError
from care_kit.model.words.text import printable
from care_kit.probes.imports.refusals import malformed, refused
from care_kit.probes.imports.report_file import MAX_BYTES, bounded, parsed_json, read_report
from care_kit.probes.imports.source import open_source

TITLE = "Collecte BloodHound"  # how the title of such a piece begins
_STAMP = re.compile(r"(?:^|/)(\d{14})_")
_FRENCH = {
    "users": "comptes",
    "computers": "machines",
    "groups": "groupes",
    "domains": "domaines",
    "gpos": "GPO",
    "ous": "unités d'organisation",
    "containers": "conteneurs",
}


@dataclass(frozen=True)
class Collection:
    """Objects by kind, format version, and the day in the file names (None when not there).

    `left_out` are the files of a zip that are not of a kind we know, such as an OpenGraph.
    """

    counts: tuple[tuple[str, int], ...]
    version: int
    collected: date | None
    left_out: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """One French line: what was collected, in which format."""
        told = ", ".join(f"{_FRENCH.get(kind, kind)} {count}" for kind, count in self.counts)
        apart = f" ; laissé de côté : {', '.join(self.left_out)}" if self.left_out else ""
        return f"{TITLE} (format {self.version}) : {told}{apart}"


def read_bloodhound(path: Path) -> Collection:
    """Count the objects of a JSON file or of a zip of them; InputError when it is neither."""
    alone = path.suffix.casefold() == ".json"
    files = {path.name: read_report(path)} if alone else _unzipped(path)
    counts: Counter[str] = Counter()
    versions, foreign = set(), list[str]()
    refusal: InputError | None = None
    for name, raw in files.items():
        try:
            kind, count, version = _told(raw, name)
        except InputError as error:
            refusal = refusal or error
            foreign.append(printable(name.rpartition("/")[2])[:60])
            continue
        counts[kind] += count
        versions.add(version)
    if refusal is not None and not versions:
        raise refusal
    found = tuple(sorted(counts.items()))
    return Collection(found, max(versions), _day((path.name, *files)), tuple(foreign))


def _unzipped(path: Path) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    left = MAX_BYTES
    with open_source(path) as source:
        for name in source.names:
            if name.casefold().endswith(".json"):
                with source.open(name) as stream:
                    files[name] = stream.read(left + 1)
                left -= len(files[name])
                if left < 0:
                    raise refused(path.name, "est trop gros une fois extrait", "Séparez-le.")
    if not files:
        raise refused(path.name, "ne contient aucun JSON", "Indiquez la collecte de BloodHound.")
    return files


def _told(raw: bytes, name: str) -> tuple[str, int, int]:
    found = parsed_json(raw, name)
    meta = found.get("meta") if isinstance(found, dict) else None
    data = found.get("data") if isinstance(found, dict) else None
    if not isinstance(meta, dict) or not isinstance(data, list):
        raise malformed(name, "meta", "ce n'est pas un fichier de BloodHound")
    kind = meta.get("type")
    if not isinstance(kind, str) or not re.fullmatch(r"[a-z]{1,30}", kind):
        raise malformed(name, "meta.type", "un genre d'objets est attendu")
    if meta.get("count") not in (0, len(data)):  # BloodHound ignores it, and some write 0
        raise malformed(name, "meta.count", f"{len(data)} objets sont présents, pas ce nombre")
    return kind, len(data), bounded(meta.get("version"), 0, 99, name, "meta.version")


def _day(names: tuple[str, ...]) -> date | None:
    """SharpHound starts the names of its files with AAAAMMJJhhmmss."""
    for name in names:
        if stamp := _STAMP.search(name):
            try:
                return datetime.strptime(stamp[1], "%Y%m%d%H%M%S").date()
            except ValueError:
                continue
    return None
