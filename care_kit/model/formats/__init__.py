"""Shapes of bytes: JSON, zip, the exchange format of the State."""
