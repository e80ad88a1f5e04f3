"""Events to state, subject by subject."""
