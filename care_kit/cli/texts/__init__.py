"""Long answers of the commands, as text that reads without colour."""
