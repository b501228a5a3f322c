"""Keeping authority files: what encodings name, likely variants, and entries written to files."""
