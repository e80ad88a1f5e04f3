"""Work done away from the screen, and the open dossier."""
