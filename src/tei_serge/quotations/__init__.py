"""Quotations: marks are paired, what stands between them gets a kind, and the words of its speaker."""

from tei_serge.quotations.finder import find_quotations, read_quotations
from tei_serge.quotations.model import Insertion, Part, Quotation, Reading

__all__ = ["Insertion", "Part", "Quotation", "Reading", "find_quotations", "read_quotations"]
