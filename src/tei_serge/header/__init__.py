"""The header: what masthead, front block and last line say about a text, read into one `Header`."""

from tei_serge.header.model import Header
from tei_serge.header.read import HeaderReading, read_header

__all__ = ["Header", "HeaderReading", "read_header"]
