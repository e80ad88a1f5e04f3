"""The text of one thing, as the parts of a text."""
