"""Windows in which something is typed, and what they write."""
