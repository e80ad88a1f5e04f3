"""What people said and joined: the state of a dossier, piece by piece."""
