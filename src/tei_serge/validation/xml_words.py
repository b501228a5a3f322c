"""What makes a file no XML, in words for people who edit texts."""

import re
from collections.abc import Callable
from html.entities import name2codepoint

from tei_serge.namespaces import EXAMPLES, TEI
from tei_serge.relaxng import Fault

# What the reader of XML says, and what that means to an editor.
_PLAIN = {
    "mismatched tag": "{end_tag}",
    "no element found": "{end_of_file}",
    "unclosed token": "a tag, comment or instruction that begins here is not closed",
    "undefined entity": "the entity{name} is not declared; {character}",
    "duplicate attribute": "the attribute{name} is given twice in one tag",
    "junk after document element": "something stands behind the end of the root element",
    "unbound prefix": "the prefix{name} is not declared: {declaration} is missing",
    "not well-formed (invalid token)": "{token}",
    "reference to invalid character number": "a character reference names a character that XML forbids",
    "XML or text declaration not at start of entity": "<?xml …?> can only be the first thing in the file",
    "unclosed CDATA section": "a CDATA section that begins here is not closed",
    "unknown encoding": "the character encoding that the first line names is not known",
    "encoding specified in XML declaration is incorrect": "the first line names another encoding",
    "syntax error": "this is not XML, which begins with a tag",
    "limit on input amplification factor (from DTD and entities) breached": (
        "the entities of this file would grow without end"
    ),
    "recursive entity reference": "an entity refers to itself",
    "out of memory": "the file is too large",
    "asynchronous entity": "an entity holds a tag without the one that belongs to it, or ends within a tag",
    "partial character": "the file ends within a character",
    "illegal parameter entity reference": "in a document type inside a file, % cannot stand in a declaration",
    "reference to binary entity": "an entity for a file that is no text cannot be used in the text",
    "reference to external entity in attribute": "an entity that is elsewhere cannot be used in an attribute",
    "error in processing external entity reference": "an entity that is elsewhere was not read",
    "document is not standalone": "the first line says that nothing else is needed, which is not so",
    "entity declared in parameter entity": "an entity is used whose declaration was not read",
    "must not undeclare prefix": 'a prefix cannot be declared as nothing: xmlns:…="" is not allowed',
    "incomplete markup in parameter entity": "a declaration in the document type begins and does not end",
    "XML declaration not well-formed": (
        'the first line must be written as <?xml version="1.0" encoding="UTF-8"?>'
    ),
    "text declaration not well-formed": "the first line of a file that is read into this one is wrong",
    "illegal character(s) in public id": (
        "the public identifier of the document type holds a character that cannot stand in it"
    ),
    "reserved prefix (xml) must not be undeclared or bound to another namespace name": (
        "the prefix xml has its meaning by itself and cannot get another"
    ),
    "reserved prefix (xmlns) must not be declared or undeclared": "the prefix xmlns cannot be declared",
    "prefix must not be bound to one of the reserved namespace names": (
        "the namespaces of xml and xmlns belong to these prefixes alone"
    ),
}
# What can only be told of the program that reads, not of the file.
_INTERNAL = frozenset(
    {
        "unexpected parser state - please send a bug report",
        "requested feature requires XML_DTD support in Expat",
        "cannot change setting once parsing has begun",
        "parser suspended",
        "parser not suspended",
        "parsing aborted",
        "parsing finished",
        "cannot suspend in external parameter entity",
        "invalid argument",
        "a successful prior call to function XML_GetBuffer is required",
    }
)
_UNDECLARED = re.compile(r"the entity (?P<name>\S+) is not declared in this file")
_AMPERSAND = "& must be written &amp;, unless an entity follows, such as &lt;"
_LESS_THAN = "< must be written &lt;, unless a tag begins"
# What stands before a character that is out of place, the character itself, and what is wrong.
_TOKENS = tuple(
    (re.compile(before), re.compile(character), words)
    for before, character, words in (
        (r"&[^;\s<>]*$", r"", _AMPERSAND),
        (r"--$", r"", "two hyphens cannot stand in a comment"),
        (r"<$", r"\s", f"{_LESS_THAN}, and the name of a tag follows its < at once"),
        (r"<$", r"[=<]", _LESS_THAN),
        (r"</?$", r"[-.\d]", "the name of an element cannot begin with {character}"),
        (
            r"(?P<name>[^\s=<>\"'/]+)\s*=\s*$",
            "[“”„‟‘’‚′″«»]",
            'the value of {name} must stand in straight quotation marks: {name}="…"',
        ),
        (
            r"(?P<name>[^\s=<>\"'/]+)\s*=\s*$",
            r"[^\s<]",
            'the value of {name} must stand in quotation marks: {name}="…"',
        ),
        (
            r"<[^\s<>\"']+(?:\s+[^\s=<>\"']+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s+(?P<name>[^\s=<>\"'/]+)\s*$",
            r"[^=]",
            'the attribute {name} has no value: write {name}="…"',
        ),
        (r"=\s*(?:\"[^\"]*\"|'[^']*')$", r"[^\W\d]", "a space is missing between two attributes"),
        (
            r"<[^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*(?:\"[^\"]*|'[^']*)$",
            r"<",
            "a quotation mark is missing before this <, or < must be written &lt;",
        ),
        (r"", r"<", _LESS_THAN),
        (r"", r"\x00", "the file holds a NUL character, which XML forbids"),
        (r"", r"\ufffd", "a byte here is no character of the encoding of the file"),
        (r"<[^<>]*$", r"[ -~]", "“{character}” cannot stand here in a tag"),
    )
)


def well_formedness(fault: Fault, _manner: object) -> str:
    """The reason why a file is no XML, or why its entities are refused."""
    if fault.reason in _INTERNAL:
        return "the reading of the file broke off here"
    undeclared = _UNDECLARED.fullmatch(fault.reason)
    if undeclared:
        return f"{fault.reason}; {_character(undeclared['name'])}"
    plain = _PLAIN.get(fault.reason)
    if plain is None:
        return fault.reason
    filled = {key: words(fault) for key, words in _FILLED.items() if f"{{{key}}}" in plain}
    return plain.format(name=f" {fault.value}" if fault.value else "", value=fault.value or "…", **filled)


def _end_tag(fault: Fault) -> str:
    """An end tag that does not fit what is open."""
    extent = fault.extent
    begin = extent.column - extent.shown_from
    written = extent.shown[begin : begin + extent.end_column - extent.column]
    if not fault.element or not fault.first:
        return f"{written} ends nothing that is open"
    if written[2:-1].strip().casefold() == fault.element.casefold():
        return f"{written} must be </{fault.element}>, as in line {fault.first.line}: capital letters count"
    began = f"{fault.element}, which begins in line {fault.first.line}"
    return f"{written} does not fit here: {began}, must end first"


def _end_of_file(fault: Fault) -> str:
    if fault.element and fault.first:
        began = f"{fault.element}, which begins in line {fault.first.line}, is still open"
        return f"the file ends before it is complete: {began}"
    return "the file ends before its first element"


def _character(name: str) -> str:
    """What to write for an entity that only HTML has."""
    code = name2codepoint.get(name)
    if code is None:
        return "write the character itself, or &amp; for the sign &"
    character = chr(code)
    return f"write {character}" if character.isprintable() else f"write &#x{code:X};"


# The namespaces of prefixes that everybody uses for the same.
_PREFIXES = {
    "tei": TEI,
    "egx": EXAMPLES,
    "xlink": "http://www.w3.org/1999/xlink",
    "xi": "http://www.w3.org/2001/XInclude",
    "svg": "http://www.w3.org/2000/svg",
    "mml": "http://www.w3.org/1998/Math/MathML",
    "m": "http://www.w3.org/1998/Math/MathML",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "mei": "http://www.music-encoding.org/ns/mei",
}


def _declaration(fault: Fault) -> str:
    return f'xmlns:{fault.value or "…"}="{_PREFIXES.get(fault.value, "…")}"'


def _token(fault: Fault) -> str:
    extent = fault.extent
    at = extent.column - extent.shown_from
    character = extent.shown[at : at + 1]
    before = extent.shown[:at]
    for around, at_fault, words in _TOKENS:
        found = around.search(before)
        if found and at_fault.match(character):
            return words.format(character=character, **found.groupdict())
    if not character:
        return "a tag or reference breaks off here"
    if not character.isprintable():
        return f"the character U+{ord(character):04X} is not allowed in XML"
    return f"“{character}” cannot stand here: a tag, attribute or reference is not written as XML wants it"


_FILLED: dict[str, Callable[[Fault], str]] = {
    "end_tag": _end_tag,
    "end_of_file": _end_of_file,
    "declaration": _declaration,
    "character": lambda fault: _character(fault.value),
    "token": _token,
}
