"""A document as bytes: its encoding, what it wants from elsewhere, and where things stand in it."""
