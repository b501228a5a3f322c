"""Notes: their bodies, the markers in the text, and the links between the two.

A `1.` at the start of a paragraph is a note only if the document as a whole says so: a heading before the
run of labels, or markers in the text before it that fit the labels. What stays alone is reported.
"""

from tei_serge.notes.build import NotesReading, read_notes

__all__ = ["NotesReading", "read_notes"]
