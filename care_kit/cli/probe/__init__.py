"""`care probe`."""
