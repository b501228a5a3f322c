"""A RELAX NG validator in pure Python: `load` a schema, ask it for the `faults` of documents.

It knows nothing of the rest of the program, and nothing of TEI.

The way through: `documents` reads the files of a schema, `syntax` checks each, `grammar` takes includes in,
`build` makes `patterns`, `restrictions` and `identifiers` check them; `stream` drives them with the events of
a document by `derivatives`, `recovery` notes what is wrong (with the help of `expect`), `places` says where.
"""

from pathlib import Path

from tei_serge.relaxng.datatypes import FORM
from tei_serge.relaxng.documents import Resolver
from tei_serge.relaxng.extents import Extent
from tei_serge.relaxng.fault import Fault, Kind
from tei_serge.relaxng.names import expanded as expanded_name
from tei_serge.relaxng.names import split as split_name
from tei_serge.relaxng.places import Places
from tei_serge.relaxng.schema import Schema
from tei_serge.relaxng.schema_error import SchemaError
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
