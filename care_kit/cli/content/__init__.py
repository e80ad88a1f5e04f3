"""`care content`."""
