"""Shapes of the content files: what is asked, checked, funded and exported."""
