"""tei_serge: from plain-text transcriptions of an archive to valid, scholarly TEI P5."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from tei_serge.version import __version__

if TYPE_CHECKING:
    from tei_serge.api import encode
    from tei_serge.diagnostics import Diagnostic, TeiSergeError
    from tei_serge.model import Document
    from tei_serge.temporal import FoundDate, find_dates
    from tei_serge.validation import validate

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

# Loaded when they are asked for: what validates has no need of what encodes, and both are to start fast.
_LATER = {
    "Diagnostic": "diagnostics",
    "Document": "model",
    "FoundDate": "temporal",
    "TeiSergeError": "diagnostics",
    "encode": "api",
    "find_dates": "temporal",
    "validate": "validation",
}


def __getattr__(name: str) -> Any:
    """One of the names that are loaded later."""
    if name in _LATER:
        return getattr(import_module(f"tei_serge.{_LATER[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
