"""`care export`."""
