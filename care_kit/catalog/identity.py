"""Tells one state of the content from another: fingerprints, overlay files, values they change."""

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from care_kit import resources
from care_kit.catalog import toml_file
from care_kit.catalog.content import Content, read
from care_kit.model.content.identity import ContentChange, ContentIdentity, OwnFile
from care_kit.model.formats.codec import adapter, canonical, sha512
from care_kit.model.words.errors import ContentError
from care_kit.model.words.french import cut

KINDS = ("checks", "questionnaires", "exports", "templates")
_CARRIED = (".toml", ".json.gz")
_LARGEST = 20_000_000
_LONGEST_VALUE = 400
_ABSENT = object()


def identity(content: Content, carried: Mapping[str, bytes]) -> ContentIdentity:
    """Identity of the content in use; `carried` are the `own_files` it was read with."""
    fingerprints = {**_each(content), **dict(_templates())}
    own = tuple(
        OwnFile(path, sha512(carried[path]), _shipped(path)) for path in sorted(carried)
    ) + tuple(_own_templates())
    return ContentIdentity(fingerprints, own, changes(content) if carried else ())


def own_files() -> dict[str, bytes]:
    """Content files of the overlay, by path; templates are told by their fingerprint only."""
    found: dict[str, bytes] = {}
    for kind in KINDS[:-1]:
        found |= {name: _bytes(path) for name, path in _overlay(kind) if name.endswith(_CARRIED)}
    return found


def changes(content: Content) -> tuple[ContentChange, ...]:
    """Every value that differs between the shipped content and the one in use."""
    with tempfile.TemporaryDirectory() as empty, resources.overlaid(Path(empty)):
        shipped = _plain(read())
    used = _plain(content)
    return tuple(
        change
        for key in sorted(shipped.keys() | used.keys())
        for change in _differences(key, shipped.get(key, _ABSENT), used.get(key, _ABSENT))
    )


def _each(content: Content) -> dict[str, str]:
    return {key: hashlib.sha256(canonical(one)).hexdigest() for key, one in _objects(content)}


def _plain(content: Content) -> dict[str, Any]:
    return {key: adapter(type(one)).dump_python(one, mode="json") for key, one in _objects(content)}


def _objects(content: Content) -> Iterator[tuple[str, object]]:
    kinds: tuple[tuple[str, Mapping[str, object]], ...] = (
        ("questionnaire", content.questionnaires),
        ("programme", content.programmes),
        ("referential", content.referentials),
        ("check", content.checks),
        ("profile", content.profiles),
    )
    for kind, each in kinds:
        yield from ((f"{kind}/{key}", each[key]) for key in sorted(each))
    yield "points/anssi", content.points


def _templates() -> Iterator[tuple[str, str]]:
    """Fingerprints of the document templates in use: the hospital's own stand for ours."""
    own = resources.overlay("templates")
    for file in sorted(resources.data("templates").iterdir(), key=lambda one: one.name):
        if file.is_file():
            mine = own / file.name if own is not None else None
            raw = mine.read_bytes() if mine and mine.is_file() else file.read_bytes()
            yield f"template/{file.name}", hashlib.sha256(raw).hexdigest()


def _own_templates() -> Iterator[OwnFile]:
    for name, path in _overlay("templates"):
        yield OwnFile(name, sha512(_bytes(path)), _shipped(name))


def _overlay(kind: str) -> Iterator[tuple[str, Path]]:
    """Files of the overlay of one kind, with their path in it."""
    root = resources.overlay(kind)
    if root is not None:
        for path in sorted(root.rglob("*")):
            if path.is_file():
                yield f"{kind}/{path.relative_to(root).as_posix()}", path


def _shipped(path: str) -> bool:
    kind, _, name = path.partition("/")
    return resources.data(kind).joinpath(*name.split("/")).is_file()


def _bytes(path: Path) -> bytes:
    raw = toml_file.read_bytes(path) if path.suffix == ".toml" else path.read_bytes()
    if len(raw) > _LARGEST:
        raise ContentError(
            f"Le fichier « {path} » est trop gros pour un fichier de contenu.",
            "Retirez-le de votre dossier de surcharge.",
        )
    return raw


def _differences(place: str, shipped: Any, used: Any) -> Iterator[ContentChange]:
    """Leaf by leaf; what was added or removed whole is told once."""
    if shipped == used:
        return
    if isinstance(shipped, dict) and isinstance(used, dict):
        for key in sorted(shipped.keys() | used.keys()):
            yield from _differences(
                f"{place}.{key}", shipped.get(key, _ABSENT), used.get(key, _ABSENT)
            )
    elif isinstance(shipped, list) and isinstance(used, list) and _named(shipped, used):
        before, after = ({one["id"]: one for one in side} for side in (shipped, used))
        for key in sorted(before.keys() | after.keys()):
            yield from _differences(
                f"{place}[{key}]", before.get(key, _ABSENT), after.get(key, _ABSENT)
            )
    else:
        yield ContentChange(place, _told(shipped), _told(used))


def _named(*sides: list[Any]) -> bool:
    return all(isinstance(one, dict) and "id" in one for side in sides for one in side)


def _told(value: Any) -> str:
    if value is _ABSENT:
        return ""
    if isinstance(value, dict):
        return cut(str(value.get("title") or value.get("label") or "ajouté"), _LONGEST_VALUE)
    return cut(value if isinstance(value, str) else repr(value), _LONGEST_VALUE)
