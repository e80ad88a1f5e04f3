"""Judges a package again from its journal, and compares with what it prints."""
