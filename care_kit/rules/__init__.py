"""Facts to findings: one short function per check, found by the check's id."""
