"""Tools for those who write content: read, check, compare, start, import and export it."""
