"""What renderers make wrong of a valid text, said in another valid way: heads, quotation marks, notes, lists.

Every character of the text stays, in its place. The rules come from the default behaviours of CETEIcean 1.9
and from the XSLT of TEIC/Stylesheets (common, html, latex, markdown).
"""

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from tei_serge.export.tei.tei_copy import name_of, t
from tei_serge.export.tei.tei_places import add, child_at, encoding_desc, put, take_out
from tei_serge.namespaces import TEI, XML, XML_ID
from tei_serge.tables import read_table
from tei_serge.xmlfile import Node

__all__ = ["ease_rendering"]

_TABLE = read_table("export/portable")
_OPENING, _CLOSING = (frozenset(_TABLE["quoted"][name]) for name in ("opening", "closing"))
_APOSTROPHES = frozenset("'’")
_BLOCKS, _HOLD_BLOCKS = (frozenset(_TABLE["quoted"][name].split()) for name in ("blocks", "around"))
_GLOBAL = frozenset(
    (
        XML_ID,
        *(f"{{{XML}}}{name}" for name in ("lang", "base", "space")),
        *_TABLE["quoted"]["attributes"].split(),
    )
)
_SPEAKS = frozenset(("who", "toWhom"))
_PLACES, _MOVED = (frozenset(_TABLE["notes"][name].split()) for name in ("places", "moved"))


def ease_rendering(root: Node) -> None:
    """Put heads into divisions, and say otherwise what would be shown with marks or brackets twice."""
    before = _counts(root)
    marked = _declared(root)
    for text in root.iter(t("text")):
        for body in text.iterchildren(t("body")):
            _head_in_division(body)
    _declare_marks(root, marked)
    for node in list(_in_texts(root)):
        _respell(node, marked)
    _recount(root, before)


def _in_texts(root: Node) -> Iterator[Node]:
    for text in root.iter(t("text")):
        if next(text.iterancestors(t("text")), None) is None:
            yield from text.iter(etree.Element)


def _head_in_division(body: Node) -> None:
    """The heads of a body: into its only division, if that has none, else into one around all of it."""
    parts = [node for node in body if isinstance(node.tag, str)]
    heads = [node for node in parts if name_of(node) == "head"]
    if not heads or parts[0] not in heads or any(name_of(node) == "div1" for node in parts):
        return
    divisions = [node for node in parts if name_of(node) == "div"]
    if len(divisions) == 1 and len(parts) == len(heads) + 1 and child_at(divisions[0], "head") is None:
        target = divisions[0]
        for place, head in enumerate(heads):
            take_out(head)
            put(target, head, place)
        return
    inside = list(body)
    division = add(body, "div", place=0)
    for node in inside:
        take_out(node)
        put(division, node)


def _declared(root: Node) -> str:
    """What the header says of quotation marks: all, some or none of them are characters of the text."""
    found = child_at(root, "teiHeader", "encodingDesc", "editorialDecl", "quotation")
    return found.get("marks", "") if found is not None else ""


def _declare_marks(root: Node, declared: str) -> None:
    """Say in the header that the marks stand in the text, where they do everywhere and nothing is said."""
    if declared:
        return
    quoted = [node for node in _in_texts(root) if name_of(node) in ("q", "quote", "said")]
    if not quoted or not all(_is_block(node) or _has_marks(node) for node in quoted):
        return
    encoding = encoding_desc(root)
    if encoding is None:
        return
    editorial = child_at(encoding, "editorialDecl")
    if editorial is None:
        editorial = add(encoding, "editorialDecl")
    elif any(name_of(node) == "quotation" for node in editorial):
        return
    add(editorial, "quotation", {"marks": "all"})


def _respell(node: Node, declared: str) -> None:
    name = name_of(node)
    if name in ("q", "soCalled"):
        if declared == "all" or (declared != "none" and _has_marks(node)):
            _rename_quoted(node, name)
    elif name == "supplied":
        if _edge(node, False) == "[" and _edge(node, True) == "]":
            _rename(node, "seg", "supplied", "reason")
    elif name == "note":
        _place_note(node)
    elif name == "list" and node.get("type") == "gloss" and _holds_more(node):
        node.set("type", "glossary")  # of a gloss CETEIcean keeps the labels and items, and drops the rest


def _place_note(note: Node) -> None:
    """Say of a note where it is to be shown in words that renderers know; the old ones go into `rend`.

    A note that stands where it is shown, in a division, has no place: as an end note it would be moved to
    another end, with a number left behind.
    """
    place, parent = note.get("place", ""), note.getparent()
    here = parent is not None and name_of(parent) in _HOLD_BLOCKS
    if not place.strip() or (place in _PLACES and not (here and place in _MOVED)):
        return
    note.set("rend", " ".join(dict.fromkeys([*note.get("rend", "").split(), *place.split()])))
    if here:
        del note.attrib["place"]
    else:
        note.set("place", "end" if "end" in place.split() else "margin")


def _holds_more(listing: Node) -> bool:
    return any(name_of(child) not in ("label", "item", "") for child in listing)


def _rename_quoted(node: Node, name: str) -> None:
    parent = node.getparent()
    if _SPEAKS & set(node.attrib):
        if set(node.attrib) <= _GLOBAL | _SPEAKS:
            node.tag = t("said")
    elif name == "q" and (_is_block(node) or (parent is not None and name_of(parent) in _HOLD_BLOCKS)):
        _rename(node, "quote", name, "type")
    else:
        _rename(node, "seg", name, "type")


def _rename(node: Node, new: str, old: str, reason: str) -> None:
    """Give an element another name, its old one and the reason for it in `rend`.

    One with an attribute that the new one cannot have stays as it is.
    """
    if set(node.attrib) <= _GLOBAL | {reason}:
        words = (old, node.attrib.pop(reason, ""), node.get("rend", ""))
        node.tag = t(new)
        node.set("rend", " ".join(word.strip() for word in words if word.strip()))


def _is_block(node: Node) -> bool:
    return any(name_of(child) in _BLOCKS for child in node)


def _has_marks(node: Node) -> bool:
    """Whether quotation marks stand at either edge of an element, inside or outside."""
    if _edge(node, False) in _OPENING or _edge(node, True) in _CLOSING - _APOSTROPHES:
        return True
    return _char_before(node) in _OPENING or (node.tail or "")[:1] in _CLOSING


def _edge(node: Node, last: bool) -> str:
    """The first or the last character of an element that is no white space; empty for none."""
    waiting: list[Node | str] = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            if part.strip():
                return part.strip()[-1 if last else 0]
            continue
        parts: list[Node | str] = [part.text or ""] if isinstance(part.tag, str) else []
        for child in part:
            parts += (child, child.tail or "")
        waiting += parts if last else reversed(parts)
    return ""


def _char_before(node: Node) -> str:
    above, parent = node.getprevious(), node.getparent()
    text = above.tail if above is not None else parent.text if parent is not None else ""
    return (text or "").rstrip(" \u00a0\u202f")[-1:]


def _counts(root: Node) -> Counter[tuple[str, bool]]:
    return Counter((name_of(node), XML_ID in node.attrib) for node in _in_texts(root))


def _recount(root: Node, before: Counter[tuple[str, bool]]) -> None:
    """Bring `tagUsage` up to date for the elements whose number has changed."""
    after = _counts(root)
    changed = {
        name for name, _ in {*before, *after} if any(before[name, w] != after[name, w] for w in (True, False))
    }
    for space in root.iter(t("namespace")):
        if space.get("name") != TEI or not changed:
            continue
        known = {node.get("gi", ""): node for node in space.iterchildren(t("tagUsage"))}
        for name in sorted(changed):
            with_id, without = after[name, True], after[name, False]
            node = known.get(name)
            if node is None and known:
                place = sum(1 for gi in known if gi < name)
                node = add(space, "tagUsage", {"gi": name}, place)
            if node is not None:
                if with_id + without == 0:
                    take_out(node)
                    continue
                node.set("occurs", str(with_id + without))
                node.set("withId", str(with_id))
