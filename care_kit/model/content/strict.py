"""Marks the dataclasses that files are read into: an unknown key in the file is an error."""

from typing import Any, ClassVar


class Strict:
    """Mixin read by pydantic's validation of standard dataclasses; it imports nothing of it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}
