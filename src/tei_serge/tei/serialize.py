"""From the tree to bytes: line breaks between blocks only, the same bytes for the same tree."""

from io import BytesIO

from lxml import etree

from tei_serge.tei.builder import tag

MODEL = (
    'href="https://vault.tei-c.org/P5/4.3.0/xml/tei/custom/schema/relaxng/tei_all.rng" '
    'type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"'
)
# Elements whose content is elements only: white space between their children is nobody's text.
_CONTAINERS = frozenset(
    tag(name)
    for name in [
        "TEI",
        "teiHeader",
        "fileDesc",
        "titleStmt",
        "editionStmt",
        "extent",
        "publicationStmt",
        "availability",
        "licence",
        "seriesStmt",
        "notesStmt",
        "sourceDesc",
        "biblStruct",
        "analytic",
        "monogr",
        "imprint",
        "encodingDesc",
        "projectDesc",
        "editorialDecl",
        "correction",
        "normalization",
        "quotation",
        "hyphenation",
        "segmentation",
        "stdVals",
        "interpretation",
        "punctuation",
        "tagsDecl",
        "namespace",
        "refsDecl",
        "citeStructure",
        "classDecl",
        "taxonomy",
        "category",
        "charDecl",
        "char",
        "appInfo",
        "application",
        "profileDesc",
        "langUsage",
        "textClass",
        "keywords",
        "revisionDesc",
        "respStmt",
        "listChange",
        "text",
        "front",
        "body",
        "back",
        "div",
        "docTitle",
        "list",
        "item",
        "opener",
        "closer",
        "address",
        "postscript",
        "epigraph",
        "sp",
        "lg",
        "table",
        "row",
        "note",
        "quote",
        "standOff",
        "listPerson",
        "listPlace",
        "listOrg",
        "listBibl",
        "listEvent",
        "listRelation",
        "samplingDecl",
        "listPrefixDef",
        "prefixDef",
        "correspDesc",
        "correspAction",
    ]
)
_STEP = "  "


def serialize(tree: etree._ElementTree) -> bytes:
    """The document as UTF-8 with an XML declaration and the schema it is valid against."""
    root = tree.getroot()
    _indent(root)
    # Written piece by piece into one buffer: a long text would stand in memory three times otherwise.
    out = BytesIO()
    out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<?xml-model {MODEL}?>\n'.encode("ascii"))
    tree.write(out, encoding="UTF-8", xml_declaration=False)
    out.write(b"\n")
    return out.getvalue()


def _indent(root: etree._Element) -> None:
    """Break lines inside the elements that hold only elements; mixed content is never touched."""
    waiting: list[tuple[etree._Element, str]] = [(root, "\n")]
    while waiting:
        element, outer = waiting.pop()
        if not _holds_elements_only(element):
            continue
        inner = outer + _STEP
        element.text = inner
        # One child at a time: lxml makes a Python object of each that is held.
        for item in element:
            item.tail = inner
            if item.tag in _CONTAINERS:
                waiting.append((item, inner))
        element[-1].tail = outer


def _holds_elements_only(element: etree._Element) -> bool:
    if not len(element) or (element.text or "").strip():
        return False
    return not any(tail.strip() for item in element if (tail := item.tail))
