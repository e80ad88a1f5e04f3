"""YAML others wrote, read with PyYAML's safe loader, after what could exhaust the machine."""

import re
from pathlib import Path
from typing import Any

import yaml

from care_kit.catalog.toml_file import MAX_BYTES, read_bytes
from care_kit.model.words.errors import InputError

MAX_DEPTH = 40
MAX_EVENTS = 600_000
MAX_ALIASES = 1_000
MAX_NODES = 600_000
_LONG_NUMBER = re.compile(r"[-+0-9:._]{60,}")
# libyaml's loader is ten times faster; both only build plain values.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(file: Path) -> dict[str, Any]:
    """The top mapping of a YAML file; InputError when it is damaged, hostile or no mapping."""
    raw = read_bytes(file, InputError)
    if len(raw) > MAX_BYTES:
        raise _refused(file, f"il dépasse {MAX_BYTES // 1_000_000} Mo")
    try:
        _refuse_excess(raw, file)
        loader = _LOADER(raw)
        try:
            node = loader.get_single_node()
            _refuse_expansion(node, file)
            value = loader.construct_document(node) if node is not None else None
        finally:
            loader.dispose()
    except (
        yaml.YAMLError,
        ValueError,
        TypeError,
        KeyError,
        RecursionError,
        OverflowError,
    ) as cause:
        raise InputError(
            f"« {file} » n'est pas un fichier YAML lisible{_line(cause)}.",
            "Vérifiez que c'est bien une bibliothèque CISO Assistant, en UTF-8.",
        ) from cause
    if not isinstance(value, dict):
        raise _refused(file, "il ne contient pas de bibliothèque")
    return value


def _refuse_excess(raw: bytes, file: Path) -> None:
    """Look at the flow of events, which costs no memory, before building anything."""
    depth = aliases = 0
    for count, event in enumerate(yaml.parse(raw, Loader=_LOADER), start=1):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            aliases += 1
        elif isinstance(event, yaml.ScalarEvent) and _LONG_NUMBER.fullmatch(event.value):
            raise _refused(file, "il contient un nombre démesuré")
        if depth > MAX_DEPTH:
            raise _refused(file, "il emboîte trop de niveaux")
        if aliases > MAX_ALIASES or count > MAX_EVENTS:
            raise _refused(file, "il contient trop d'éléments")


def _refuse_expansion(top: yaml.Node | None, file: Path) -> None:
    """Aliases multiply: count the nodes as if each alias were written out in full."""
    sizes: dict[int, int] = {}

    def size(node: yaml.Node) -> int:
        if id(node) not in sizes:
            sizes[id(node)] = MAX_NODES + 1  # a node met inside itself is refused
            sizes[id(node)] = 1 + sum(size(one) for one in _children(node))
        return sizes[id(node)]

    if top is not None and size(top) > MAX_NODES:
        raise _refused(file, "ses renvois internes le feraient grossir sans mesure")


def _children(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [one for pair in node.value for one in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _line(cause: Exception) -> str:
    mark = getattr(cause, "problem_mark", None)
    return f" (ligne {mark.line + 1}, colonne {mark.column + 1})" if mark else ""


def _refused(file: Path, why: str) -> InputError:
    return InputError(
        f"« {file} » est refusé : {why}.",
        "Reprenez le fichier à sa source ; une bibliothèque ordinaire ne fait pas cela.",
    )
