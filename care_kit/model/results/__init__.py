"""What is computed from a dossier, never stored."""
