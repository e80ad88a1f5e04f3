"""What screens read: pure, worked out once."""
