"""Dated events out of plain prose: what happened, when, where, to whom, and the passage that says so.

Read `build` first, then `find`, then the one module of interest: `clauses`, `triggers`, `reality`, `dating`,
`placing`, `parties`, `passages`, `labels`. The words stand in the table `en/events`.
"""

from tei_serge.events.build import with_events

__all__ = ["with_events"]
