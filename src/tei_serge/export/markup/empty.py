"""Parts without characters: breaks, gaps, pictures, anchors. What a reader sees of them is made here."""

from collections.abc import Mapping

from tei_serge.edition.model import Kind, Part
from tei_serge.export.markup.anchors import safe_target
from tei_serge.export.markup.options import Options
from tei_serge.export.markup.table import forms
from tei_serge.export.markup.tags import GENERATED, generated, tag

__all__ = ["empty"]

_LONGEST = 40


def empty(part: Part, anchor: str, options: Options, linked: bool, words: str = "") -> str:
    """The markup of a part without characters; `linked` tells that it stands in a link, where none may.

    `words` are what a figure says of its picture.
    """
    form = forms()[part.kind]
    attributes = {"id": anchor, "role": form.role}
    if options.epub and form.epub:
        attributes["epub:type"] = form.epub
    if part.kind is Kind.LINE_BREAK:
        return "<br/>"
    if part.kind is Kind.PAGE_BREAK:
        name = _short(part.said.get("n", ""))
        attributes["aria-label"] = f"Page {name}" if name else "Page break"
        return generated("span", name, attributes, form.classes)
    if part.kind is Kind.COLUMN_BREAK:
        return generated("span", "", {"id": "" if part.made else anchor}, form.classes)
    if part.kind is Kind.GAP:
        return generated("span", "[…]", attributes | {"title": gap_words(part.said)}, form.classes)
    if part.kind is Kind.GRAPHIC:
        return _graphic(part, attributes, form.classes, options, linked, words)
    return "" if part.made or not anchor else f"{tag('span', attributes, (form.classes,))}</span>"


def _graphic(
    part: Part, attributes: Mapping[str, str], classes: str, options: Options, linked: bool, words: str
) -> str:
    """A picture of the edition itself, else a link to where one is, else its name."""
    url = part.said.get("url", "")
    if here := options.image(url):
        size = {name: part.said.get(name, "").removesuffix("px") for name in ("width", "height")}
        sized = {
            name: value
            for name, value in size.items()
            if value.isascii() and value.isdigit() and len(value) < 6
        }
        # Without words of the text nothing is said: an empty alternative, which tag() would leave out.
        alt = tag("img", {"alt": words}) if words else '<img alt="">'
        named = {"src": here, **sized, "loading": "" if options.epub else "lazy"}
        image = tag("img", {**attributes, **named, GENERATED: ""}, (classes,))
        return f"{alt[:-1]}{image.removeprefix('<img')[:-1]}/>"
    name = _short(url.rstrip("/").rpartition("/")[2].partition("?")[0])
    label = f"[picture: {name}]" if name else "[picture]"
    if (address := safe_target(url)) and not linked:
        return generated("a", label, {**attributes, "href": address, "rel": "external noreferrer"}, classes)
    return generated("span", label, attributes, classes)


def gap_words(said: Mapping[str, str]) -> str:
    """What is said of a gap.

    >>> gap_words({"reason": "illegible", "quantity": "3", "unit": "words"})
    'gap: illegible, 3 words'
    """
    size = " ".join(said[name] for name in ("quantity", "unit") if said.get(name))
    words = ", ".join(_short(one) for one in (said.get("reason", ""), size) if one)
    return f"gap: {words}" if words else "gap"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
