"""The steps of the demonstration, in the order a hospital takes them."""
