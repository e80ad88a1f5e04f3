"""Risks accepted for a while."""
