"""The full-screen terminal application over the same core."""
