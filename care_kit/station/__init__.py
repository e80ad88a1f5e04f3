"""What care-kit asks of the machine: files written, words for what the system refused."""
