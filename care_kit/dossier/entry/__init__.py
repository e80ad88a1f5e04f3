"""What people typed, or the files they gave, to events."""
