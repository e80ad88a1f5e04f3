"""A funding programme: pieces, objectives, shares, money, days to keep."""
