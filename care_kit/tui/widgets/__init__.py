"""What the screens are made of: each widget shows, none changes the dossier."""
