"""The commands by which people answer, and talk about the answers."""
