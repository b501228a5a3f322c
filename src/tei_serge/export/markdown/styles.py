"""Which parts of a line are set off in Markdown, and how."""

from collections.abc import Mapping
from typing import NamedTuple

from tei_serge.edition.model import Kind, Part
from tei_serge.export.markdown.addresses import fragment, link_address
from tei_serge.export.markup.tags import rend_of

__all__ = ["Style", "link_of", "signs_of", "styles_of", "to_address"]


class Style(NamedTuple):
    """The marks before and behind; `solid` is its name if they bear words alone."""

    before: str
    after: str
    solid: str = ""


_STYLES: Mapping[str, Style] = {
    "italic": Style("*", "*"),
    "bold": Style("**", "**"),
    "superscript": Style("^", "^", "superscript"),
    "subscript": Style("~", "~", "subscript"),
    "struck": Style("~~", "~~"),
    "small capitals": Style("[", "]{.smallcaps}"),
    "underlined": Style("[", "]{.underline}"),
}
# What the words of rend say, in the terms of HTML.
_LOOKS: Mapping[str, str] = {
    "em": "italic",
    "i": "italic",
    "b": "bold",
    "sup": "superscript",
    "sub": "subscript",
    "s": "struck",
    "u": "underlined",
    "small-capitals": "small capitals",
}
# Marks for texts that have none of their own around what they quote or supply; and around the second of two
# readings, which would run together with the first.
_SIGNS: Mapping[Kind, tuple[str, str]] = {
    Kind.QUOTATION: ("\\“", "”"),
    Kind.SO_CALLED: ("\\‘", "’"),
    Kind.SUPPLIED: ("\\[", "\\]"),
    Kind.CORRECTED: ("\\[", "\\]"),
    Kind.READING: ("\\[", "\\]"),
}
_QUOTING = frozenset((Kind.QUOTATION, Kind.SO_CALLED))
_USUAL: Mapping[Kind, str] = {
    Kind.EMPHASIS: "italic",
    Kind.FOREIGN: "italic",
    Kind.STAGE: "italic",
    Kind.SPEAKER: "bold",
    Kind.DELETED: "struck",
}


def styles_of(part: Part) -> tuple[tuple[str, Style], ...]:
    """The styles of a part, outermost first, each with its name.

    What the TEI says of the look (`rend`, `style`) goes before what is usual for the kind of part.
    """
    elements, classes = rend_of(part)
    named = [_LOOKS[word] for word in (*elements, *classes) if word in _LOOKS]
    usual = _USUAL.get(part.kind, "")
    if usual and not named:
        named = [usual]
    return tuple((name, _STYLES[name]) for name in dict.fromkeys(named))


def signs_of(part: Part, quoted: bool, supplied: bool) -> tuple[str, str] | None:
    """The marks that a quotation or an addition of the editor gets where the text has none; a reading
    gets them always.

    `quoted` and `supplied` tell that it has some (`markup.plan`).
    """
    if part.block or (part.kind in _QUOTING and quoted) or (part.kind is Kind.SUPPLIED and supplied):
        return None
    return _SIGNS.get(part.kind)


def link_of(part: Part) -> Style | None:
    """The marks of a link, where it leads to somewhere."""
    if not part.target:
        return None
    return to_address(fragment(part.target) if part.inside else link_address(part.target))


def to_address(url: str) -> Style | None:
    """The marks of a link to an address; None for none."""
    return Style("[", f"]({url})") if url else None
