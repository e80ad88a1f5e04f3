"""The few keywords that the official D1 schema uses, read straight from it."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "opssies"
D1: dict[str, Any] = json.loads((FOLDER / "schema-d1.json").read_text("utf-8"))
GENERAL: dict[str, Any] = json.loads((FOLDER / "schema-multi-refs-v13.json").read_text("utf-8"))
_KNOWN = {"$schema", "title", "type", "properties", "items", "required"}
_TYPES = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "number": (int, float),
    "boolean": (bool,),
}


def refusals(value: Any, schema: dict[str, Any] = D1, where: str = "") -> list[str]:
    """Places the official schema refuses; a keyword it does not know of is an error."""
    assert schema.keys() <= _KNOWN, schema.keys()
    kinds = _TYPES[schema["type"]]
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        return [where]
    if isinstance(value, list):
        return [
            one
            for rank, item in enumerate(value)
            for one in refusals(item, schema["items"], f"{where}[{rank}]")
        ]
    if not isinstance(value, dict):
        return []
    missing = [f"{where}.{key}" for key in schema.get("required", ()) if key not in value]
    inside = [
        one
        for key, sub in schema.get("properties", {}).items()
        if key in value
        for one in refusals(value[key], sub, f"{where}.{key}")
    ]
    return missing + inside
