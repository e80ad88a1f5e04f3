"""One module per screen: layout and keys."""
