"""The other side of the counter: verify what was received."""
