"""Stored bytes read as a file, in parts: SQLite hands over only what is asked for."""

import io
import sqlite3


class BlobStream(io.RawIOBase):
    """A read-only, seekable stream over a value of the database."""

    def __init__(self, stored: sqlite3.Blob) -> None:
        self._stored = stored

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move, and tell where."""
        self._stored.seek(offset, whence)
        return self._stored.tell()

    def read(self, size: int = -1) -> bytes:
        """The next bytes, all of them without a size."""
        return self._stored.read(size)
