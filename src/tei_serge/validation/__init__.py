"""Check encodings: well-formed, valid against schemas, rules kept, pointers good, text whole."""

from pathlib import Path

from lxml import etree

from tei_serge.findings import Finding
from tei_serge.schema_store import OWN
from tei_serge.validation.schemas import AUTO, load_schema, schema_file
from tei_serge.validation.validator import Options, Validator

__all__ = ["AUTO", "Options", "Validator", "load_schema", "schema_file", "validate"]


def validate(
    target: Path | str | bytes | etree._Element | etree._ElementTree,
    schema: str | Path | None = OWN,
    source: Path | None = None,
    encoding: str | None = None,
    name: str = "",
) -> list[Finding]:
    """Check one encoding and give all that is wrong with it, in the order of the file.

    `schema` is a name of `schema_store`, a RELAX NG file, None for no schema, or `AUTO` for those that the
    file asks for; `name` is shown as path for bytes and trees that come from somewhere. With `source`, a file
    or a folder, the raw text must be found; without it, it is compared where it lies near, and a remark says
    where it does not (`TXT-005`). `encoding` is that of the raw text, if it is not to be detected.
    Raises TeiSergeError only for a schema that is missing or unusable (`SCH-005`, `SCH-007`).
    """
    return Validator(Options(schema=schema, source=source, encoding=encoding)).check(target, name)
