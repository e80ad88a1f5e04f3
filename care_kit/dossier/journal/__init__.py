"""What happened: events, their hash chain, the bytes that hold them."""
