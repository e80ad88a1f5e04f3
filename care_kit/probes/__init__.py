"""Collect facts, never judge them."""
