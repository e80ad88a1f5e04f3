"""Dataclasses to JSON and back; the JSON is canonical so that its hash is stable."""

import gzip
import hashlib
import json
from typing import Any, TypeVar

T = TypeVar("T")
_ADAPTERS: dict[Any, Any] = {}
PART = 1_000_000
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical(value: object) -> bytes:
    """UTF-8 JSON of a dataclass (or plain value): sorted keys, no spaces, no escapes."""
    plain: Any = adapter(type(value)).dump_python(value, mode="json")
    return canonical_plain(plain)


def canonical_plain(value: object) -> bytes:
    """Canonical UTF-8 JSON of a value already made of dicts, lists, texts and numbers."""
    return _CANONICAL.encode(value).encode("utf-8")


def decode(shape: type[T], data: bytes | str) -> T:
    """Rebuild a dataclass from JSON; pydantic.ValidationError when the shape does not fit."""
    found: T = adapter(shape).validate_json(data)
    return found


def adapter(shape: Any) -> Any:
    """What pydantic knows of a shape, kept: a journal of hundreds of events asks it each time."""
    from pydantic import TypeAdapter

    if shape not in _ADAPTERS:
        _ADAPTERS[shape] = TypeAdapter(shape)
    return _ADAPTERS[shape]


def sha512(data: bytes) -> str:
    """Lower-case hexadecimal SHA-512."""
    return hashlib.sha512(data).hexdigest()


def compress(data: bytes) -> bytes:
    """gzip without a timestamp: the same bytes in give the same bytes out."""
    return gzip.compress(data, mtime=0)


def decompress(data: bytes, limit: int = 2_000_000_000) -> bytes:
    """Undo `compress`; ValueError when damaged, or when it would grow past `limit` bytes."""
    import io
    import zlib

    plain = bytearray()
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            # By parts: asked for the whole limit at once, gzip would reserve that much memory.
            while part := stream.read(PART):
                plain += part
                if len(plain) > limit:
                    raise ValueError(f"more than {limit} bytes once decompressed")
    except (zlib.error, EOFError, OSError) as cause:
        raise ValueError("damaged gzip data") from cause
    return bytes(plain)
