"""RELAX NG in compact syntax: read as the tree of XML syntax that says the same."""

from tei_serge.relaxng.compact.read import read_compact
from tei_serge.relaxng.compact.tokens import CompactSyntaxError

__all__ = ["CompactSyntaxError", "read_compact"]
