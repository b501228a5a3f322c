"""tei_serge: from plain-text transcriptions of an archive to valid, scholarly TEI P5."""

__version__ = "0.1.0"
