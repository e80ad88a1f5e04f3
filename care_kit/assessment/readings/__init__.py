"""Readings compared, and reports received beside them."""
