"""Calendar dates that are written out: those of mastheads, imprints, datelines and colophons.

Dates that need a context to be resolved ("the 4th", "yesterday") are not the business of this package.
"""

from tei_serge.dates.find import find_full_dates, sole_date
from tei_serge.dates.values import Bounds, FullDate, bounds, same_time

__all__ = ["Bounds", "FullDate", "bounds", "find_full_dates", "same_time", "sole_date"]
