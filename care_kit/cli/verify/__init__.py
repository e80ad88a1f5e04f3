"""`care verify`, `care verify-opssies`."""
