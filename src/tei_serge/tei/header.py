"""The complete `teiHeader`: every statement in it is true of this run and made from it."""

from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import etree

from tei_serge.config import Config
from tei_serge.header.model import Credit, Header, Licence, Name
from tei_serge.model import Document
from tei_serge.namespaces import XML_ID
from tei_serge.tei.builder import child, element, tag
from tei_serge.tei.encoding_desc import build_encoding_desc
from tei_serge.tei.header_text import put, put_name
from tei_serge.tei.profile_desc import build_profile_desc
from tei_serge.tei.source_desc import build_source_desc
from tei_serge.tei.stand_off import count_mentions, write_registers

__all__ = ["SOFTWARE_ID", "build_header", "count_tags", "credit_ids"]

SOFTWARE_ID = "tei_serge"
_ANA = etree.XPath("descendant-or-self::*/@ana", smart_strings=False)
_RELATORS = {
    "translator": "trl",
    "transcriber": "trc",
    "markup": "mrk",
    "proofreader": "pfr",
    "editor": "edt",
    "annotator": "ann",
}


def build_header(
    header: etree._Element,
    document: Document,
    config: Config,
    text_element: etree._Element,
    stand_off: etree._Element | None = None,
) -> None:
    """Fill the header of a document; `text_element` is its finished `text`, which is counted.

    `stand_off` is the finished `standOff`, if there is one. Registers that are to stand in the header are
    written here.
    """
    file_desc = child(header, "fileDesc")
    _title_stmt(file_desc, document, config)
    _extent(file_desc, document, text_element)
    _publication_stmt(file_desc, document, config)
    if config.header.series:
        put(child(child(file_desc, "seriesStmt"), "title", [("level", "s")]), config.header.series)
    _notes_stmt(file_desc, document.header)
    source_desc = build_source_desc(file_desc, document)
    if config.registers == "source":
        write_registers(source_desc, document.entities, count_mentions(text_element), document)
    encoding_desc = child(header, "encodingDesc")
    profile_desc = child(header, "profileDesc")
    genre = build_profile_desc(profile_desc, document, text_element)
    revision = _revision_desc(document.header, config)
    if revision is not None:
        header.append(revision)
    used = _rules_used(tree for tree in (header, text_element, stand_off) if tree is not None)
    tags = count_tags(text_element)
    build_encoding_desc(encoding_desc, document, config, used, tags, genre, text_element)


def count_tags(text_element: etree._Element) -> tuple[tuple[str, int, int], ...]:
    """How often each element occurs in the text, and how often with an `xml:id`, by name.

    >>> from tei_serge.tei.builder import child, element
    >>> body = child(element("text"), "body")
    >>> _ = child(body, "p", [("xml:id", "p1")]), child(body, "p")
    >>> count_tags(body.getparent())
    (('body', 1, 0), ('p', 2, 1), ('text', 1, 0))
    """
    occurs: Counter[str] = Counter()
    with_id: Counter[str] = Counter()
    for node in text_element.iter(etree.Element):
        name = str(node.tag)
        occurs[name] += 1
        if XML_ID in node.attrib:
            with_id[name] += 1
    names = {name.rpartition("}")[2]: name for name in occurs}
    return tuple((name, occurs[names[name]], with_id[names[name]]) for name in sorted(names))


def _rules_used(trees: Iterable[etree._Element]) -> frozenset[str]:
    """The rules that `@ana` points to anywhere."""
    return frozenset(
        pointer[1:]
        for tree in trees
        for value in _ANA(tree)
        for pointer in value.split()
        if pointer.startswith("#")
    )


def _title_stmt(parent: etree._Element, document: Document, config: Config) -> None:
    header, defaults = document.header, config.header
    statement = child(parent, "titleStmt")
    for title in header.titles:
        put(child(statement, "title", [("level", "a"), ("type", title.type)]), title.text)
    if not header.titles:
        put(child(statement, "title", [("level", "a"), ("type", "main")]), document.source.name)
    for author in header.authors:
        put_name(child(statement, "author"), author)
    for name, identifier, resps in _grouped(header.credits):
        responsibility = child(statement, "respStmt", [("xml:id", identifier), ("ana", "#rH8")])
        for resp in resps:
            put(child(responsibility, "resp"), resp)
        put_name(responsibility, name)
    software = child(statement, "respStmt", [("xml:id", SOFTWARE_ID)])
    put(child(software, "resp"), "automatic encoding in TEI by rule")
    put(child(software, "name", [("type", "software")]), "tei_serge")
    if defaults.encoder:
        encoder = child(statement, "respStmt", [("xml:id", "encoder")])
        put(child(encoder, "resp"), "encoding")
        put(child(encoder, "name", [("type", "person")]), defaults.encoder)
    for name_, value in (
        ("principal", defaults.principal),
        ("funder", defaults.funder),
        ("sponsor", defaults.sponsor),
    ):
        if value:
            put(child(statement, name_), value)


def _grouped(credits: Iterable[Credit]) -> Iterator[tuple[Name, str, tuple[str, ...]]]:
    """Each name once, with its id and all that it did, in the words of the source."""
    credits = tuple(credits)
    identifiers = credit_ids(credits)
    for text, identifier in identifiers.items():
        own = [credit for credit in credits if credit.name.text == text]
        yield own[0].name, identifier, tuple(dict.fromkeys(credit.resp for credit in own))


def credit_ids(credits: Iterable[Credit]) -> dict[str, str]:
    """The `xml:id` of each credited name, from its first role: `trl`, `trl2`, `mrk`."""
    numbers: Counter[str] = Counter()
    identifiers: dict[str, str] = {}
    for credit in credits:
        if credit.name.text not in identifiers:
            code = _RELATORS.get(credit.role, "ctb")
            numbers[code] += 1
            identifiers[credit.name.text] = code if numbers[code] == 1 else f"{code}{numbers[code]}"
    return identifiers


def _lines(text: str) -> Iterator[str]:
    """The lines of a text with their line feeds, one at a time: a list would be a second copy of the text."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _extent(parent: etree._Element, document: Document, text_element: etree._Element) -> None:
    """Machine-counted measures of the text."""
    text = document.source.text
    words = characters = size = 0
    for line in _lines(text):
        found = line.split()
        words += len(found)
        characters += sum(map(len, found))
        size += len(line.encode("utf-8", "surrogatepass"))
    paragraphs = sum(1 for _ in text_element.iter(tag("p")))
    counts = (
        ("words", words, "word", "words"),
        ("characters", characters, "character", "characters"),
        ("paragraphs", paragraphs, "paragraph", "paragraphs"),
        ("bytes", size, "byte", "bytes"),
    )
    notes = {"characters": " without white space", "bytes": " of source text in UTF-8"}
    extent = child(parent, "extent")
    for unit, number, one, many in counts:
        measure = child(extent, "measure", [("unit", unit), ("quantity", str(number))])
        put(measure, f"{number:,} {one if number == 1 else many}{notes.get(unit, '')}")


def _publication_stmt(parent: etree._Element, document: Document, config: Config) -> None:
    defaults = config.header
    statement = child(parent, "publicationStmt")
    put(child(statement, "publisher"), defaults.publisher or "tei_serge project")
    if defaults.publication_place:
        put(child(statement, "pubPlace"), defaults.publication_place)
    if defaults.publication_date:
        put(child(statement, "date", [("when", defaults.publication_date)]), defaults.publication_date)
    put(child(statement, "idno", [("type", "source-file")]), document.source.name)
    _availability(statement, document, config)


def _availability(statement: etree._Element, document: Document, config: Config) -> None:
    """The rights: the source's own statement first, then that of the project on the encoding."""
    licence = document.header.licence
    availability = child(statement, "availability", [("status", licence.status if licence else "unknown")])
    if licence is None:
        put(child(availability, "p"), "No licence is stated in the source.")
    else:
        _licence(availability, licence, document.header)
    defaults = config.header
    if defaults.licence or defaults.licence_text:
        target = [("target", defaults.licence)] if defaults.licence else []
        own = child(availability, "licence", target)
        put(child(own, "p"), defaults.licence_text or "Licence of this encoding, as distinct from the text.")


def _licence(availability: etree._Element, licence: Licence, header: Header) -> None:
    attributes = [("target", licence.target)] if licence.target else []
    attributes += [("when", licence.when)] if licence.when else []
    attributes += [("cert", licence.cert.value)] if licence.cert else []
    made = child(availability, "licence", [*attributes, ("ana", "#rH5")])
    wording = child(made, "p")
    put(wording, "Licence statement of the source, in its own words: ")
    online = any(publication.id == "src-online" for publication in header.publications)
    put(child(wording, "quote", [("source", "#src-online")] if online else []), licence.wording)
    if licence.inference:
        put(child(made, "p"), licence.inference)


def _notes_stmt(parent: etree._Element, header: Header) -> None:
    if not header.remarks:
        return
    statement = child(parent, "notesStmt")
    for remark in header.remarks:
        attributes = [("type", remark.type), ("n", remark.n)]
        if remark.type == "source-defect":
            attributes.append(("cert", "medium"))
        if remark.rule:
            attributes.append(("ana", f"#{remark.rule}"))
        note = child(statement, "note", attributes)
        if remark.type == "statement":
            put(note, "A line of the front block that no rule reads, in its own words: ")
            put(child(note, "quote"), remark.text)
        else:
            put(note, remark.text)


def _revision_desc(header: Header, config: Config) -> etree._Element | None:
    """The encoding, if the settings date it, and the source's own last change; newest first."""
    changes: list[tuple[str, list[tuple[str, str]], str]] = []
    if config.header.publication_date:
        date = config.header.publication_date
        who = [("who", f"#{SOFTWARE_ID}")]
        changes.append((date, [("when", date), *who, ("type", "encoding")], "Encoded in TEI by tei_serge."))
    online = any(publication.id == "src-online" for publication in header.publications)
    for updated in header.updated:
        value = next((value for name, value in updated.attributes if name != "cert"), "")
        source = [("source", "#src-online")] if online else []
        attributes = [*updated.attributes, *source, ("type", "source"), ("ana", "#rH4")]
        changes.append((value, attributes, f"Source page: “{updated.wording}”."))
    if not changes:
        return None
    revision = element("revisionDesc")
    for _, attributes, words in sorted(changes, key=lambda change: change[0], reverse=True):
        put(child(revision, "change", attributes), words)
    return revision
