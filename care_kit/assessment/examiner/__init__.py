"""What an examiner would refuse."""
