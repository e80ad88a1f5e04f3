"""Plain typed values shared by every floor; this package imports nothing else of ours."""
