"""The examples in the pages of the codes: what is called wrong gives the code, what is called right gives nothing."""

import re
from pathlib import Path

import pytest

from hand_made import filled, in_skeleton
from tei_serge.diagnostics import Code, catalogue
from tei_serge.findings import Finding
from tei_serge.validation import Options, Validator

_CODES = re.compile(r"SCH-001|SCH-0[23]\d|REF-\d+|DAT-10\d")
EXAMPLES = [entry for code, entry in catalogue().items() if _CODES.fullmatch(code) and entry.wrong]
# In which part of a sound file an element of an example stands; others stand in a paragraph.
PARTS = {
    "TEI": "file",
    "text": "file",
    "fileDesc": "teiHeader",
    "listRelation": "standOff",
    "div": "body",
    "lg": "div",
    "p": "div",
}
PEOPLE = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><p xml:id="jane-doe"/><p xml:id="a"/><p xml:id="b"/></TEI>'
# What no part of TEI shows: identifiers that a schema declares as such.
ITEMS = """
datatypes xsd = "http://www.w3.org/2001/XMLSchema-datatypes"
start = element items {
  element item { attribute id { xsd:ID }?, attribute n { text }? }*,
  element see { attribute item { xsd:IDREF } }*
}
"""


def written(example: str) -> str:
    """A whole file of an example, in which … stands for sound content."""
    whole = re.sub(r"(<(\w+)[^>]*>) … (?=</\2>)", lambda found: found[1] + filled(f"{{{found[2]}}}"), example)
    name = re.match(r"<(\w+)", example)
    assert name is not None
    return in_skeleton(PARTS.get(name[1], "p"), whole)


def check(entry: Code, example: str, tei_all: Path, folder: Path) -> list[Finding]:
    if entry.code == "SCH-033":
        schema = folder / "items.rnc"
        schema.write_text(ITEMS, "utf-8")
        return Validator(Options(schema=schema)).check(f"<items>{example}</items>".encode())
    (folder / "people.xml").write_text(PEOPLE, "utf-8")
    file = folder / "example.xml"
    file.write_text(written(example), "utf-8")
    # With a schema that knows what an identifier is, the schema says it.
    return Validator(Options(schema=None if entry.code == "REF-001" else tei_all)).check(file)


def test_enough_have_examples() -> None:
    with_examples = {entry.code for entry in EXAMPLES}
    assert {f"SCH-{number:03}" for number in range(20, 34)} <= with_examples
    assert {"SCH-001", "REF-001", "REF-002", "REF-004", "REF-006", "DAT-101", "DAT-102"} <= with_examples
    assert all(entry.right for entry in EXAMPLES)


@pytest.mark.parametrize("entry", EXAMPLES, ids=lambda entry: entry.code)
def test_examples(entry: Code, tei_all: Path, tmp_path: Path) -> None:
    wrong = check(entry, entry.wrong, tei_all, tmp_path)
    assert [one.code for one in wrong] == [entry.code], (entry.wrong, [one.message for one in wrong])
    right = check(entry, entry.right, tei_all, tmp_path)
    assert [one.message for one in right if one.code != "REF-004" or entry.code == "REF-004"] == [], (
        entry.right
    )
