"""The dossier: an append-only, hash-chained journal, its store, and its fold to a state."""
