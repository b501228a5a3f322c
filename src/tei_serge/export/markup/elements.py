"""Which element of HTML a part becomes, with attributes and classes, and which stand inside it."""

from typing import NamedTuple

from tei_serge.edition.model import Kind, Part
from tei_serge.export.markup.anchors import class_word
from tei_serge.export.markup.mentions import Lead
from tei_serge.export.markup.options import Options
from tei_serge.export.markup.shown import Plan, Shown
from tei_serge.export.markup.table import Form, forms
from tei_serge.export.markup.tags import direction_of, rend_of

__all__ = ["Tag", "elements_of"]

_QUOTED = frozenset((Kind.QUOTATION, Kind.SO_CALLED))
# Of these the type says more than the kind, of those the name of the element.
_TYPED = frozenset(
    (Kind.DIVISION, Kind.GROUP, Kind.TITLE_LINE, Kind.BLOCK, Kind.NOTE, Kind.LINE, Kind.SPEECH)
)
_TAGGED = frozenset((Kind.BLOCK, Kind.SPAN, Kind.GROUP))
# Words of @rend for: without marks.
_UNQUOTED = frozenset(("none", "unmarked", "noquotes", "no-quotes"))
_NOTES = "notes"
_DEEPEST = 6


class Tag(NamedTuple):
    """An element that is to be opened."""

    element: str
    attributes: dict[str, str]
    classes: tuple[str, ...] = ()


def elements_of(
    place: int, part: Part, shown: Shown, plan: Plan, options: Options, lead: Lead, given: str
) -> list[Tag]:
    """The element of a part, and those inside it that stand around its words.

    `given` is the element that a list or table asks for. In the order in which they begin.
    """
    form = forms()[part.kind]
    block = part.block or not form.inline
    in_line = not block and not shown.flow and not given
    looks, classes = rend_of(part)
    element = given or _element(form, block, shown.flow)
    language, direction = direction_of(part, shown.right, shown.flow, plan.turned)
    attributes = {"lang": language, "dir": direction, "role": form.role}
    if options.epub and form.epub:
        attributes["epub:type"] = form.epub
    words = (form.holder_class if shown.flow else "", form.classes, *_said(part), *classes)
    inner: list[Tag] = []
    if in_line:
        inner = [Tag(one, {}) for one in looks]
        if part.kind is Kind.EMPHASIS and inner:
            element, inner = inner[0].element, inner[1:]
        elif part.kind is Kind.EMPHASIS and classes:
            # Small capitals, spaced or large letters are an emphasis of their own.
            element = "span"
    else:
        words = (*words, *(f"rend-{one}" for one in looks))
    if (
        part.kind in _QUOTED
        and not plan.quoted
        and part.said.get("rend", "").strip().lower() not in _UNQUOTED
    ):
        element, words = ("q", words) if in_line else (element, (*words, "unmarked"))
    elif part.kind is Kind.READING and shown.first:
        words = (*words, "first")
    elif part.kind is Kind.SUPPLIED and not plan.supplied:
        words = (*words, "unmarked")
    elif part.kind in (Kind.HEADING, Kind.TITLE_LINE) and not given:
        element = _heading(place, shown, plan, options, element, attributes)
    elif part.kind is Kind.HEADING or (part.kind is Kind.CAPTION and shown.caption):
        element = given or "figcaption"
    elif part.kind is Kind.NOTE and part.block and part.said.get("place") != "inline":
        element = _note(part, attributes, plan, options)
    elif part.kind is Kind.DIVISION and part.said.get("type") != _NOTES:
        # A section of HTML has a heading.
        element = given or ("section" if shown.headed else "div")
    elif part.kind is Kind.DIVISION:
        attributes |= {"role": "doc-endnotes"} | ({"epub:type": "footnotes"} if options.epub else {})
    if lead.inner:
        inner.append(Tag(lead.inner, {"datetime": lead.time} if lead.inner == "time" else {}))
    if not (lead.element or lead.active):
        return [Tag(element, attributes, (*words, *lead.classes)), *inner]
    if in_line:
        return [Tag(lead.element or element, attributes | lead.attributes, (*words, *lead.classes)), *inner]
    return [
        Tag(element, attributes, words),
        Tag(lead.element or "span", dict(lead.attributes), lead.classes),
        *inner,
    ]


def _element(form: Form, block: bool, flow: bool) -> str:
    if flow:
        return form.holder or form.block
    return form.block if block else form.inline


def _said(part: Part) -> tuple[str, ...]:
    """Classes from what TEI says of a part: the name of its element, its type, the part of a line."""
    word = class_word(part.tag) if part.kind in _TAGGED else ""
    words = [f"tei-{word}"] if word else []
    if part.kind in _TYPED and (type := class_word(part.said.get("type", ""))):
        words.append(f"type-{type}")
    if part.kind is Kind.LINE and part.said.get("part", "") in ("M", "F"):
        words.append("later-part")
    return tuple(words)


def _heading(
    place: int, shown: Shown, plan: Plan, options: Options, element: str, attributes: dict[str, str]
) -> str:
    """A heading of HTML; one in which blocks stand is a heading by its role."""
    if shown.caption:
        return "figcaption"
    level = 1 if place == plan.title else shown.level and min(shown.level + options.heading, _DEEPEST)
    if not level:
        return element
    if not shown.flow:
        return f"h{level}"
    attributes |= {"role": "heading", "aria-level": str(level)}
    return element


def _note(part: Part, attributes: dict[str, str], plan: Plan, options: Options) -> str:
    """A note between blocks: one that a marker leads to is a footnote, another a remark."""
    if not part.said.get("target") and part.id not in plan.pointed:
        attributes["role"] = "note"
        return "div"
    attributes |= {"role": "doc-footnote"} | ({"epub:type": "footnote"} if options.epub else {})
    return "aside"
