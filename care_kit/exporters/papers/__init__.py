"""The three funding papers of a programme: what they say, then Word, PDF and annexes."""
