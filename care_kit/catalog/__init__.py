"""Reads and validates content files; the only place that parses them."""
