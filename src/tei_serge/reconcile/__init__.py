"""Reconciliation: candidates for the names of a review table, from a service that speaks the protocol of W3C.

`open_service` reads the manifest, `Reconciliation` asks about the names of a table in batches and gives the
table back. Versions 0.1 and 0.2 of the protocol are spoken, as OpenRefine does.
"""

from tei_serge.reconcile.cache import Cache
from tei_serge.reconcile.model import Answer, Candidate, Manners, Query, Service
from tei_serge.reconcile.names import Wishes
from tei_serge.reconcile.run import Reconciliation, open_service, parse_table

__all__ = [
    "Answer",
    "Cache",
    "Candidate",
    "Manners",
    "Query",
    "Reconciliation",
    "Service",
    "Wishes",
    "open_service",
    "parse_table",
]
