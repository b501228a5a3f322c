"""What of a text Voyant counts: one reading of each place, no running heads, white space between words."""

from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

from tei_serge.edition.elements import elements
from tei_serge.edition.model import Kind
from tei_serge.edition.shape import shape_of
from tei_serge.export.tei.tei_copy import name_of, t
from tei_serge.tables import read_table
from tei_serge.xmlfile import Node

__all__ = ["one_reading", "part_words"]

_TABLE = read_table("export/portable")["counted"]
_PREFERRED: tuple[str, ...] = tuple(_TABLE["preferred"].split())
_BREAKS, _HEADS, _READINGS, _ELSEWHERE = (
    frozenset(_TABLE[name].split()) for name in ("breaks", "heads", "readings", "elsewhere")
)
_WITNESSES = frozenset(("wit", "witDetail"))
_WHITE = " \t\r\n"


def one_reading(text: Node) -> Mapping[str, int]:
    """Leave one reading of each place and no running head; tells how many of each were left out.

    Of `choice` and `subst` what is corrected, regularised, expanded or added, of `app` the lemma; where
    there is none, the first. An apparatus that stands apart repeats words of the text, and goes.
    """
    left: Counter[str] = Counter()
    gone: set[Node] = set()
    for node in list(text.iter(etree.Element)):
        name, parent = name_of(node), node.getparent()
        if parent is None or parent in gone:
            gone.add(node)  # it stands in what was left out
        elif name in _HEADS:
            left["running head"] += 1
            _drop(node, gone)
        elif name == "app" and (name_of(parent) == "listApp" or _ELSEWHERE & set(node.attrib)):
            left["entry of an apparatus"] += 1
            _drop(node, gone)
        elif name in ("choice", "subst"):
            parts = [child for child in node if name_of(child)]
            kept = min(parts, key=_rank, default=None)
            left["other reading"] += max(len(parts) - 1, 0)
            for part in parts:
                if part is not kept:
                    _drop(part, gone)
            if kept is not None:
                _unwrap(node, kept, gone)
        elif name == "app":
            readings = list(_readings(node))
            kept = next((one for one in readings if name_of(one) == "lem"), readings[0] if readings else None)
            left["other reading"] += max(len(readings) - 1, 0)
            for part in (*readings, *node.iter(*map(t, _WITNESSES))):
                if part is not kept and part not in gone and _is_of(part, node):
                    _drop(part, gone)
    return left


def _rank(part: Node) -> int:
    name = name_of(part)
    return _PREFERRED.index(name) if name in _PREFERRED else len(_PREFERRED)


def _readings(app: Node) -> Iterator[Node]:
    """The readings of a place, those in groups as well, but not those of places within a reading."""
    for node in app.iter(*map(t, _READINGS)):
        if _is_of(node, app):
            yield node


def _is_of(node: Node, app: Node) -> bool:
    above = node.getparent()
    while above is not None and name_of(above) == "rdgGrp":
        above = above.getparent()
    return above is app


def _drop(node: Node, gone: set[Node]) -> None:
    """Take an element out; the characters behind it stay, white space too."""
    parent, above, tail = node.getparent(), node.getprevious(), node.tail
    gone.add(node)
    if parent is None:
        return
    if tail and above is not None:
        above.tail = (above.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    node.tail = None
    parent.remove(node)


def _unwrap(node: Node, kept: Node, gone: set[Node]) -> None:
    """Put the only part that is left in the place of what held it: by itself TEI allows no choice of one."""
    kept.tail = None
    node.addprevious(kept)
    gone.discard(kept)
    _drop(node, gone)


def part_words(text: Node) -> None:
    """See that white space stands where words end: around blocks and notes, and at breaks that part words.

    `break="no"` says that a word goes on (TEI Guidelines, att.breaking), and takes away the white space.
    """
    shape = shape_of(text)
    alternatives = elements().alternatives
    for node in text.iter(etree.Element):
        if node is text:
            continue
        name, parent = name_of(node), node.getparent()
        if name in _BREAKS:
            if node.get("break") == "no":
                _join(node)
            else:
                _space_behind(node)
        elif node in shape.blocks or shape.kinds[node] is Kind.NOTE:
            _space_before(node)
            _space_behind(node)
        elif (parent is not None and name_of(parent) in alternatives) or _is_word_before_another(node):
            _space_behind(node)


def _is_word_before_another(node: Node) -> bool:
    """Whether a `w` is one, and another follows at once; parts of one word are not two (att.segLike)."""
    following = node.getnext()
    if name_of(node) != "w" or following is None or name_of(following) != "w":
        return False
    goes_on = node.get("part") in ("I", "M", "Y") or following.get("part") in ("M", "F", "Y")
    return not (goes_on or node.get("join") in ("right", "both") or following.get("join") in ("left", "both"))


def _space_before(node: Node) -> None:
    above, parent = node.getprevious(), node.getparent()
    before = above.tail if above is not None else parent.text if parent is not None else None
    if (before or "")[-1:] in _WHITE and before:
        return
    if above is not None:
        above.tail = f"{before or ''}\n"
    elif parent is not None:
        parent.text = f"{before or ''}\n"


def _space_behind(node: Node) -> None:
    if not node.tail or node.tail[0] not in _WHITE:
        node.tail = f"\n{node.tail or ''}"


def _join(node: Node) -> None:
    """Take away the white space around a break in a word; of several breaks beside each other too."""
    above, parent = node.getprevious(), node.getparent()
    if above is not None:
        above.tail = (above.tail or "").rstrip(_WHITE)
    elif parent is not None:
        parent.text = (parent.text or "").rstrip(_WHITE)
    node.tail = (node.tail or "").lstrip(_WHITE)
