"""Keys, places, palette, themes: what surrounds the screens."""
