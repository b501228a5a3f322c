"""A RELAX NG validator in pure Python: `load` a schema, ask it for the `faults` of documents.

It knows nothing of the rest of the program, and nothing of TEI.

The way through a schema: `schema_files` reads its files (`compact` those in compact syntax), `syntax` checks
each, `grammar` takes includes in, `build` makes `patterns` with `datatypes` (`xsd`), `restrictions` and
`identifiers` check them, `schema` holds it all.

The way through a document: `document` gives its bytes, `stream` drives the patterns with its events by
`derivatives`, `mending` notes what is wrong and how to go on, `document` says where that stands.
"""

from pathlib import Path

from tei_serge.relaxng.datatypes import FORM
from tei_serge.relaxng.document.extents import Extent
from tei_serge.relaxng.document.places import Places
from tei_serge.relaxng.fault import Fault, Kind
from tei_serge.relaxng.names import expanded as expanded_name
from tei_serge.relaxng.names import split as split_name
from tei_serge.relaxng.schema import Schema
from tei_serge.relaxng.schema_error import SchemaError
from tei_serge.relaxng.schema_files import Resolver
from tei_serge.relaxng.stream import UNTYPED, URI
from tei_serge.relaxng.validate import Verdict, validate

__all__ = [
    "FORM",
    "UNTYPED",
    "URI",
    "Extent",
    "Fault",
    "Kind",
    "Places",
    "Schema",
    "SchemaError",
    "Verdict",
    "expanded_name",
    "load",
    "split_name",
    "validate",
]


def load(path: Path, check: bool = True, resolve: Resolver | None = None) -> Schema:
    """Load a schema, in XML or compact syntax, from a file.

    With `check` the whole schema is checked; without, faults in it show when a document comes to them.
    `resolve` gives the file for an address on the network, which is never used. Raises SchemaError.
    """
    return Schema(path, check, resolve)
