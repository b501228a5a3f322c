"""tei_serge: from plain-text transcriptions of an archive to valid, scholarly TEI P5."""

from typing import TYPE_CHECKING, Any

from tei_serge.api import encode
from tei_serge.diagnostics import Diagnostic, TeiSergeError
from tei_serge.model import Document
from tei_serge.validate import validate
from tei_serge.version import __version__

if TYPE_CHECKING:
    from tei_serge.temporal import FoundDate, find_dates

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


def __getattr__(name: str) -> Any:
    """Load what finds dates when it is asked for: its tables are large."""
    if name in ("FoundDate", "find_dates"):
        from tei_serge import temporal

        return getattr(temporal, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
