"""The text of a TEI file as plain text: UTF-8, LF, one blank line between blocks.

What this program encoded has a canonical layout: encoding that again gives the same `text` element, and white
space aside its characters are those of the source, in their order. TEI of others is laid out as a reader
sees it: notes stand behind their block, and between what stands side by side there is white space.
"""

from collections.abc import Iterator

from lxml import etree

from tei_serge.chronicle.entries import is_ours
from tei_serge.edition.model import Edition
from tei_serge.export.registry import Wishes
from tei_serge.namespaces import TEI, XML_ID

_INDENT = "  "
# Elements that hold blocks and no characters of their own.
_CONTAINERS = frozenset(
    (
        "argument",
        "back",
        "body",
        "div",
        "docTitle",
        "figure",
        "floatingText",
        "group",
        "note",
        "postscript",
        "quote",
        "text",
        "titlePage",
        "trailer",
    )
)
# Containers whose parts stand as neighbouring lines.
_TOGETHER = frozenset(("closer", "epigraph", "opener"))


def write(edition: Edition, wishes: Wishes) -> bytes:
    """The text of an edition in UTF-8; nothing where it is empty."""
    return plain_text(edition).encode("utf-8", "surrogatepass")


def plain_text(edition: Edition) -> str:
    """The text of an edition: in the canonical layout if we encoded it, else as a reader sees it."""
    if is_ours(edition.root):
        return export_text(edition.root.getroottree())
    return f"{edition.plain}\n" if edition.plain else ""


def export_text(tree: etree._ElementTree) -> str:
    """Write the characters of `TEI/text` back as plain text, one blank line between blocks.

    Of a corpus all texts are written, one after the other.
    """
    root = tree.getroot()
    characters = frozenset(element.get(XML_ID, "") for element in root.iter(f"{{{TEI}}}char"))
    blocks = [block for text in find_texts(tree) for block in _blocks(text, characters) if block.strip()]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def find_texts(tree: etree._ElementTree) -> list[etree._Element]:
    """The elements `text` of a file that stand in no other `text`."""
    texts = tree.getroot().iter(f"{{{TEI}}}text")
    return [text for text in texts if next(text.iterancestors(f"{{{TEI}}}text"), None) is None]


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _blocks(element: etree._Element, characters: frozenset[str]) -> Iterator[str]:
    """The blocks of an element in order; an explicit stack, so that depth is free."""
    waiting = [element]
    while waiting:
        current = waiting.pop()
        name = _name(current)
        if name == "div" and current.get("type") == "publication-info":
            yield "\n".join(_flat(item, characters) for item in current.iter(f"{{{TEI}}}item"))
        elif name == "list":
            yield "\n".join(_list_lines(current, characters))
        elif name in ("lg", "address"):
            yield "\n".join(_flat(child, characters) for child in current if _name(child))
        elif name == "sp":
            yield from _speech(current, characters)
        elif name == "table":
            yield "\n".join(_row(row, characters) for row in current if _name(row))
        elif name in _TOGETHER and not _has_text(current):
            yield from _together(current, characters)
        elif name == "div" and current.get("type") == "navigation":
            yield "\n".join(_flat(line, characters) for line in current if _name(line))
        elif name == "front" and not _has_text(current):
            yield from _front(current, characters)
        elif name in _CONTAINERS and not _has_text(current):
            waiting.extend(child for child in reversed(current) if _name(child))
        elif (
            name == "dateline" and len(current) and _name(current[0]) == "address" and not _has_text(current)
        ):
            waiting.append(current[0])
        elif name:
            yield _flat(current, characters)


def _row(row: etree._Element, characters: frozenset[str]) -> str:
    """The line of a row, its cells parted by tabs; a heading of the table is a line of its own."""
    if _name(row) != "row":
        return _flat(row, characters)
    return "\t".join(_flat(cell, characters) for cell in row if _name(cell))


def _together(element: etree._Element, characters: frozenset[str]) -> Iterator[str]:
    """The parts of an opener, a closer or an epigraph as neighbouring lines.

    Two of a kind need a blank line between them, and so does an address in a closer, unless the signature
    above it ends with a comma: then the two belong together, and the blank line stands above them.
    """
    lines: list[str] = []
    last = ""
    for child in element:
        name = _name(child)
        if not name:
            continue
        apart = name == last or (_name(element) == "closer" and "address" in (name, last))
        if lines and apart:
            goes_on = name == "address" and last == "signed" and lines[-1].endswith(",")
            above, lines = (lines[:-1], lines[-1:]) if goes_on else (lines, [])
            yield "\n".join(above)
        whole = [line for line in child if _name(line)] if name in ("lg", "address") else [child]
        lines += [_flat(line, characters) for line in whole]
        last = name
    yield "\n".join(lines)


def _front(element: etree._Element, characters: frozenset[str]) -> Iterator[str]:
    """The blocks of the front; the address of a writer stands directly above its date."""
    above = ""
    for child in element:
        if not _name(child):
            continue
        parts = list(_blocks(child, characters))
        if above:
            parts[0] = f"{above}\n{parts[0]}"
        above = ""
        if _name(child) == "dateline" and len(child) and _name(child[0]) == "address":
            above = parts.pop()
        yield from parts
    if above:
        yield above


def _has_text(element: etree._Element) -> bool:
    """Whether the element holds characters beside its children."""
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)


def _flat(element: etree._Element, characters: frozenset[str]) -> str:
    """The characters of an element: `lb` as a line end, `g` as the character that it stands for."""
    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start":
            if _name(node) == "lb" and not "".join(parts[-2:]).endswith("\n"):
                parts.append("\n")
            reference = (node.get("ref") or "").removeprefix("#") if _name(node) == "g" else ""
            if reference in characters and reference[:1] == "u":
                parts.append(chr(int(reference[1:], 16)))
            parts.append(node.text or "")
        elif node is not element:
            parts.append(node.tail or "")
    return "".join(parts).strip(" \t\n\r")


def _speech(element: etree._Element, characters: frozenset[str]) -> Iterator[str]:
    children = [child for child in element if _name(child)]
    texts = [_flat(child, characters) for child in children]
    if len(children) > 1 and _name(children[0]) == "speaker":
        yield f"{texts[0]} {texts[1]}"
        texts = texts[2:]
    yield from texts


def _list_lines(element: etree._Element, characters: frozenset[str]) -> list[str]:
    """The lines of a list: each item behind its label, two spaces deeper for each list around it."""
    lines: list[str] = []
    waiting: list[tuple[etree._Element, int, str]] = [(element, 1, "")]
    while waiting:
        current, depth, label = waiting.pop()
        name = _name(current)
        if name == "list":
            entries: list[tuple[etree._Element, int, str]] = []
            pending = ""
            for child in current:
                if _name(child) == "label":
                    pending = _flat(child, characters)
                elif _name(child):
                    entries.append((child, depth, pending))
                    pending = ""
            waiting.extend(reversed(entries))
        elif name == "item":
            inner = [child for child in current if _name(child)]
            if _has_text(current) or not inner:
                lines.append(f"{_INDENT * depth}{label} {_flat(current, characters)}")
                continue
            later: list[tuple[etree._Element, int, str]] = []
            for position, child in enumerate(inner):
                if _name(child) == "list":
                    later.append((child, depth + 1, ""))
                elif position == 0:
                    lines.append(f"{_INDENT * depth}{label} {_flat(child, characters)}")
                else:
                    later.append((child, depth, "\0"))
            waiting.extend(reversed(later))
        elif label == "\0":  # a further paragraph of an item
            lines.append(f"{_INDENT * depth}   {_flat(current, characters)}")
        else:
            lines.append(f"{_INDENT * depth}{_flat(current, characters)}")
    return lines
