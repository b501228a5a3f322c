"""Texts that once broke a promise: shrunk by hand or by machine, each kept so that it never does again."""

import pytest
from lxml import etree

from tei_serge.config import Config
from tei_serge.tei import to_bytes
from test_laws import TEI, characters, encoded, hard, schema

HEAD = "Jane Doe 1912\n\nOn Clocks\n\nSource: The Clock, May 1912;\n\n"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
TEXTS = {
    "second marker of a note whose number returns": HEAD
    + "Text [1] and [1] again is here.\n\nNotes\n\n1. All.\n\nPart Two\n\nPart two [1] here is text.\n\n"
    + "Notes\n\n1. None.\n",
    "many markers of notes whose numbers return": HEAD
    + "Text [1] and [1] and [1] is here.\n\nNotes\n\n1. All.\n\nPart Two\n\nPart [1] two [1] is text.\n\n"
    + "Notes\n\n1. None.\n\nPart Three\n\nPart [1] three [1] is text.\n\nNotes\n\n1. None.\n",
    "form feed before the tab behind a cell": "a\t~\n²\x0c\tw\tb",
    "space before the tab behind a cell": HEAD + "a \tb\tc\nd\te\tf\n",
    "lists as deep as they like": HEAD + "".join(" " * (i + 1) + "1. a b\n" for i in range(300)),
    "thousands of page numbers": HEAD + "A Heading\n\n" + "[12]\n\n" * 3_000 + "Text is here.\n",
    "thousands of separators": HEAD + "A Heading\n\n" + "* * *\n\n" * 3_000 + "Text is here.\n",
    "notes behind notes": "*[3].\n[A]\n\n[A].\n3]*\n\n[Editor’s note",
    "closer behind notes": "***\n.\u2029\x0c\r\x00\nPS [a]\r[a]—\n\nP",
    "notes before all else": "Note:[*]\x85\u2028*.\nLast update3\nr",
    "editorial note and notes": "Published\n\nEditorial Note\na)\te\u2029Footnote",
    "note without a marker": HEAD + "Text is here.\n\nNotes\n\n1. All.\n",
    "paragraph below notes without a label": HEAD + "Text is here.\n\nNotes\n\nAll of it is true.\n",
    "letter without a paragraph": HEAD + "Dear Anna,\n\nYours fraternally,\n\nJane Doe\n",
    "letters without a paragraph": HEAD + "Dear Anna,\n\nYours,\n\nJane\n\nDear Karl,\n\nYours,\n\nJane\n",
    "form feed between title and text": "Title\n\n\x0c\n\nText",
    "colon and quotation mark": ' :"x',
    "control character before a marker": "[1]1.\u2028\u001d[1]\u001f\u20281.\u001f\u0085Editorial Note",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_hostile_text_breaks_no_promise(text: str) -> None:
    document = encoded(text)
    assert document is not None
    root = etree.fromstring(to_bytes(document, Config()))
    grammar = schema()
    assert grammar.validate(root), grammar.error_log
    body = root.find(f"{TEI}text")
    assert body is not None
    assert hard(characters(body)) == hard(text)
    ids = [element.get(XML_ID) for element in root.iter(f"{TEI}*") if element.get(XML_ID)]
    assert len(ids) == len(set(ids))
    pointers = " ".join(element.get("target", "") for element in root.iter(f"{TEI}ref", f"{TEI}note")).split()
    assert {pointer[1:] for pointer in pointers if pointer.startswith("#")} <= set(ids)
    assert to_bytes(document, Config()) == to_bytes(document, Config())


def test_a_list_too_deep_is_reported_and_the_others_are_not() -> None:
    for levels, codes in ((20, []), (21, ["SCN-002"]), (300, ["SCN-002"])):
        document = encoded(HEAD + "".join(" " * (i + 1) + "1. a b\n" for i in range(levels)))
        assert document is not None
        found = [found.code for found in document.diagnostics if found.code == "SCN-002"]
        assert found == codes, levels
