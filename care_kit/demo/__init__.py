"""The demonstration hospital: its servers, its answers, and the tour of every command."""
