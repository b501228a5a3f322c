"""Dates in running text: found by rules over words, resolved like a historian, written as TEI, TIMEX3 and
EDTF.

Read `model`, then `finder`, `resolver`, `compose`, `writers`.
"""

from tei_serge.temporal.dates import find_dates
from tei_serge.temporal.model import FoundDate, Timex

__all__ = ["FoundDate", "Timex", "find_dates"]
