"""What to do first: actions, simulated."""
