"""A small ODD compiler: one TEI customisation in, RELAX NG and Schematron out.

It knows the constructs that `schemas/tei_serge.odd` uses (TEI Guidelines, chapter "Documentation
Elements") and says of every other one, with its line, that it does not know it.
"""

from pathlib import Path

from tei_serge.odd.relaxng import relaxng
from tei_serge.odd.schematron import schematron
from tei_serge.odd.spec import Schema, parse_odd, read_odd

__all__ = ["Schema", "compile_odd", "parse_odd", "read_odd", "relaxng", "schematron"]


def compile_odd(path: Path) -> dict[str, bytes]:
    """Compile an ODD file: the bytes of each schema, by file name (`NAME.rng`, `NAME.sch`).

    Raises TeiSergeError with a code of the family `ODD` and exit status 2.
    """
    schema = read_odd(path)
    return {f"{path.stem}.rng": relaxng(schema), f"{path.stem}.sch": schematron(schema)}
