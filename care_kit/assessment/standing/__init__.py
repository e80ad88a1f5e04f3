"""Where a dossier stands, all of it at once."""
