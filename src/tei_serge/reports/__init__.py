"""What was found in files, as the documents that other programs read, and as text for people.

Each module has pure functions from rows of a path and its findings, the clean files among them, to text.
"""
