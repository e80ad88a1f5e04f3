"""Dataclasses to JSON and back; the JSON is canonical so that its hash is stable."""

import gzip
import hashlib
import json
from typing import Any, TypeVar

T = TypeVar("T")


def canonical(value: object) -> bytes:
    """UTF-8 JSON of a dataclass (or plain value): sorted keys, no spaces, no escapes."""
    from pydantic import TypeAdapter

    plain: Any = TypeAdapter(type(value)).dump_python(value, mode="json")
    return canonical_plain(plain)


def canonical_plain(value: object) -> bytes:
    """Canonical UTF-8 JSON of a value already made of dicts, lists, texts and numbers."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8")


def decode(shape: type[T], data: bytes | str) -> T:
    """Rebuild a dataclass from JSON; pydantic.ValidationError when the shape does not fit."""
    from pydantic import TypeAdapter

    return TypeAdapter(shape).validate_json(data)


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

    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            plain = stream.read(limit + 1)
    except (zlib.error, EOFError, OSError) as cause:
        raise ValueError("damaged gzip data") from cause
    if len(plain) > limit:
        raise ValueError(f"more than {limit} bytes once decompressed")
    return plain
