"""What makes a file no XML, in words for people who edit texts."""

from tei_serge.relaxng import Fault

# What the reader of XML says, and what that means to an editor.
_PLAIN = {
    "mismatched tag": "this end tag does not fit the element that is open{open}",
    "no element found": "the file ends before it is complete{open}",
    "unclosed token": "a tag, comment or instruction that begins here is not closed",
    "undefined entity": "the entity{name} is not declared; write the character itself, or &amp; for the sign &",
    "duplicate attribute": "the attribute{name} is given twice in one tag",
    "junk after document element": "something stands behind the end of the root element",
    "unbound prefix": "the prefix{name} is not declared: its xmlns:… is missing",
    "not well-formed (invalid token)": "{token}",
    "reference to invalid character number": "a character reference names a character that XML forbids",
    "XML or text declaration not at start of entity": "<?xml …?> can only be the very first thing in the file",
    "unclosed CDATA section": "a CDATA section that begins here is not closed",
    "unknown encoding": "the character encoding that the first line names is not known",
    "encoding specified in XML declaration is incorrect": "the file is not in the encoding that its first line names",
    "syntax error": "this is not XML",
    "limit on input amplification factor (from DTD and entities) breached": (
        "the entities of this file would grow without end"
    ),
    "recursive entity reference": "an entity refers to itself",
    "out of memory": "the file is too large",
}
_TOKENS = {
    "&": "& must be written &amp;, unless an entity follows, such as &lt;",
    "<": "< must be written &lt;, unless a tag begins",
    "\x00": "the file holds a NUL character, which XML forbids",
}


def well_formedness(fault: Fault, _manner: object) -> str:
    """The reason why a file is no XML, or why its entities are refused."""
    plain = _PLAIN.get(fault.reason)
    if plain is None:
        return fault.reason
    name = f" {fault.value}" if fault.value else ""
    is_open = (
        f": {fault.element}, which begins in line {fault.first.line}" if fault.element and fault.first else ""
    )
    return plain.format(name=name, open=is_open, token=_token(fault))


def _token(fault: Fault) -> str:
    extent = fault.extent
    at = extent.column - extent.shown_from
    character = extent.shown[at : at + 1]
    before = extent.shown[:at]
    begun = before.rfind("&")
    if begun >= 0 and ";" not in before[begun:] and " " not in before[begun:]:
        return _TOKENS["&"]
    if character in _TOKENS:
        return _TOKENS[character]
    if not character:
        return "a tag or reference breaks off here"
    if not character.isprintable():
        return f"the character U+{ord(character):04X} is not allowed in XML"
    if character == "\ufffd":
        return "a byte here is no character of the encoding of the file"
    return f"“{character}” cannot stand here: a tag, attribute or reference is not written as XML wants it"
