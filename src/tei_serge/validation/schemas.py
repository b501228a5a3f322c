"""The schemas that files are checked with: by name or path, loaded once, and checked themselves."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tei_serge.diagnostics import TeiSergeError, diagnostic
from tei_serge.relaxng import Schema, SchemaError, load
from tei_serge.schema_choice import Kind, Selected
from tei_serge.schema_store import OWN, installed, is_known_good, note_good, own_file

AUTO = "auto"
"""The schemas that a file asks for, or that suit it."""

_ENDINGS = frozenset({".rng", ".rnc", ".xsd", ".dtd", ".sch"})
_SCHEMATRON_RULES = (
    "{http://purl.oclc.org/dsdl/schematron}rule",
    "{http://www.ascc.net/xml/schematron}rule",
)


def schema_file(schema: str | Path) -> Path:
    """The RELAX NG file of a name or path.

    Raises TeiSergeError `SCH-005` for a name that is not installed, `SCH-004` for a path where no file is.
    """
    path = Path(schema)
    if isinstance(schema, str) and path.name == schema and not path.is_file():
        found = installed(schema)
        if found is not None:
            return found
        if path.suffix not in _ENDINGS:
            raise TeiSergeError(diagnostic("SCH-005", name=schema), 2)
    if not path.is_file():
        raise TeiSergeError(diagnostic("SCH-004", name=schema, reason="there is no such file"), 2)
    return path


def load_schema(schema: str | Path) -> Schema:
    """Load a RELAX NG schema, in XML or compact syntax, once in a process.

    One that was checked before, when it was installed, is not checked again.
    Raises TeiSergeError `SCH-004`, `SCH-005` (not there) or `SCH-007` (no use).
    """
    path = schema_file(schema)
    try:
        return _loaded(path, path.stat().st_mtime_ns)
    except SchemaError as error:
        place = f"{error.path}, line {error.line}: " if error.line else ""
        raise TeiSergeError(
            diagnostic("SCH-007", name=schema, reason=f"{place}{error.message}"), 2
        ) from error
    except OSError as error:
        raise TeiSergeError(diagnostic("SCH-007", name=schema, reason=error.strerror), 2) from error


@cache
def _loaded(path: Path, _changed: int) -> Schema:
    if is_known_good(path):
        return load(path, check=False)
    schema = load(path)
    if schema.is_one_file:
        note_good(path)
    return schema


def rules_beside(schema: str | Path) -> Path | None:
    """The Schematron rules that go with a schema: ours, or those of the same name in the same folder."""
    rules = own_file(f"{OWN}.sch") if schema == OWN else schema_file(schema).with_suffix(".sch")
    return rules if rules is not None and rules.is_file() else None


def embedded_rules(schema: Schema) -> int:
    """How many Schematron rules a schema holds as annotations."""
    if schema.path.suffix == ".rnc":
        return left_inside(schema.path).number
    return sum(map(schema.count_annotations, _SCHEMATRON_RULES))


class Left(NamedTuple):
    """How many rules inside a schema are not run, and which, in words."""

    number: int
    which: str


def is_inside(rules: Selected) -> bool:
    """Whether rules stand inside a RELAX NG schema, and not in a file of their own."""
    return rules.path.suffix in (".rng", ".rnc")


def all_rules(asked: Iterable[Selected], schemas: Iterable[tuple[str, Schema]]) -> tuple[Selected, ...]:
    """The rules that a file asks for, and those inside the schemas it is checked with, each file once."""
    chosen = list(asked)
    there = {one.path for one in chosen}
    chosen += (
        Selected(name, schema.path, Kind.RNG, "inside the schema")
        for name, schema in schemas
        if schema.path not in there and embedded_rules(schema)
    )
    return tuple(chosen)


def left_inside(path: Path, phase: str = "", most: int | None = None) -> Left:
    """What of the rules inside a RELAX NG schema is not run; nothing where none of them can be had at all."""
    from tei_serge.validation.schematron import Unusable, load_rules, shown

    try:
        left = load_rules(path, phase).not_run
    except Unusable:
        # That is an error of each file that asks for them.
        return Left(0, "")
    # One of them may be no rule but hold several, which nobody can count.
    return Left(len(left), shown(left, most))
