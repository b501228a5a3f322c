"""References to texts: what the header says turned into a reference, and that into formats."""
