"""What probes collect and how, and what rules conclude from it."""
