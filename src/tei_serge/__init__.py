"""tei_serge: from plain-text transcriptions of an archive to valid, scholarly TEI P5."""

from tei_serge.api import encode
from tei_serge.diagnostics import Diagnostic, TeiSergeError
from tei_serge.model import Document
from tei_serge.temporal import FoundDate, find_dates
from tei_serge.validate import validate
from tei_serge.version import __version__

__all__ = [
    "Diagnostic",
    "Document",
    "FoundDate",
    "TeiSergeError",
    "__version__",
    "encode",
    "find_dates",
    "validate",
]
