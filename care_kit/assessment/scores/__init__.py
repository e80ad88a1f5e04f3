"""Levels, indexes, coverage and confidence."""
