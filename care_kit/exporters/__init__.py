"""From an assessed dossier to the documents people read."""
