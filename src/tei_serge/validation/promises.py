"""What the encoder promises beyond any schema: the rules that it names, and the text of the source."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from tei_serge.diagnostics import TeiSergeError, diagnostic
from tei_serge.findings import line_starts, place
from tei_serge.model import Source
from tei_serge.namespaces import TEI, XML_ID
from tei_serge.reader import read_file
from tei_serge.xmlfile import Fault, Node

_NAMES = {"t": TEI}
_RULES = etree.XPath(
    "//t:classDecl/t:taxonomy[@xml:id='rules']//t:category[not(t:category)]/@xml:id", namespaces=_NAMES
)
_ANA = etree.XPath("//@ana")
_TEXTS = etree.XPath("/t:TEI/t:text", namespaces=_NAMES)
_REGISTER = etree.XPath("boolean(/t:TEI[not(t:text)]/t:standOff)", namespaces=_NAMES)
_RAW = "//t:sourceDesc/t:bibl[@xml:id='src-raw']/t:idno[@type='%s']/text()"
_SHA256 = etree.XPath(_RAW % "sha256", namespaces=_NAMES)
_FILENAME = etree.XPath(_RAW % "filename", namespaces=_NAMES)
_CHARS = etree.XPath("//t:charDecl/t:char[@xml:id] | //t:charDecl/t:glyph[@xml:id]", namespaces=_NAMES)
_CODE_POINT = re.compile(r"\bU\+((?:10|[0-9A-Fa-f])?[0-9A-Fa-f]{4})\b")
_NAMED = re.compile(r"u((?:10|[0-9a-f])?[0-9a-f]{4})")
_INK = re.compile(r"\S+")
_SPACES = re.compile(r"\s+")
_SHOWN = 30


def check_rules_used(root: Node) -> Iterator[Fault]:
    """Rules that the taxonomy declares and nothing in the document names."""
    used = {token for value in _ANA(root) for token in str(value).split()}
    idle = [value for value in _RULES(root) if f"#{value}" not in used]
    if idle:
        yield Fault(diagnostic("REF-003", names=", ".join(map(str, idle))), idle[0].getparent(), XML_ID)


def find_source(root: Node, path: Path, told: Path | None) -> Path | None:
    """The raw text of an encoding: the file told, or one of the recorded name in the folders to look in.

    Without a word from the user, the folder of the encoding and a folder `raw` beside it are looked into.
    """
    if told is not None and told.is_file():
        return told
    names = source_names(root, path)
    here = path.parent
    folders = [here, here / "raw", here.parent / "raw"] if told is None else [told]
    for folder in folders:
        for name in names:
            if (folder / name).is_file():
                return folder / name
    if told is None:
        return None
    return next((found for name in names for found in sorted(told.rglob(name)) if found.is_file()), None)


def source_names(root: Node, path: Path) -> list[str]:
    """The names that the raw text of an encoding may have: the recorded one, then its own."""
    recorded = [str(name).strip() for name in _FILENAME(root)]
    own = [f"{path.stem}.txt"] if path.stem not in ("", "-") else []
    names = [name for name in (*recorded, *own) if name and "/" not in name and "\\" not in name]
    return list(dict.fromkeys(names))


def is_register(root: Node) -> bool:
    """Whether a file is a register alone, without a text that could have a source."""
    return bool(_REGISTER(root))


def not_compared(root: Node, path: Path) -> Iterator[Fault]:
    """Say that a text could not be compared, where there is one that has a source."""
    if _TEXTS(root) and (_SHA256(root) or _FILENAME(root)):
        yield Fault(diagnostic("TXT-005", names=" or ".join(source_names(root, path)) or "it"))


def check_source(root: Node, path: Path, encoding: str | None = None) -> Iterator[Fault]:
    """Compare the text of an encoding with its source, and the recorded SHA-256 with that of the file."""
    try:
        source = read_file(path, encoding)
    except TeiSergeError as error:
        yield Fault(error.finding)
        return
    recorded = [str(value).strip() for value in _SHA256(root)]
    if not recorded:
        yield Fault(diagnostic("TXT-004"))
    elif source.sha256 not in recorded:
        yield Fault(diagnostic("TXT-002", source=path), _SHA256(root)[0].getparent())
    for text in _TEXTS(root)[:1]:
        fault = compare_text(root, text, source, path)
        if fault:
            yield fault


def compare_text(root: Node, text: Node, source: Source, path: Path) -> Fault | None:
    """The first place where the characters of `text`, white space aside, are not those of the source."""
    pieces = list(_pieces(text, _declared_characters(root)))
    whole = "".join(piece for _, piece in pieces)
    found, expected = _without_space(whole), _without_space(source.text)
    if found == expected:
        return None
    at = _first_difference(found, expected)
    start = _offset(source.text, at)
    line, column = place(line_starts(source.text), start)
    node = _node_at(pieces, at) if at < len(found) else text
    return Fault(
        diagnostic(
            "TXT-001",
            source=path,
            line=line,
            column=column,
            expected=_shown(source.text, start),
            found=_shown(whole, _offset(whole, at)),
        ),
        node,
    )


def _pieces(text: Node, characters: dict[str, str]) -> Iterator[tuple[Node, str]]:
    """The characters below an element in order, each run with the element that holds it."""
    skipped: Node | None = None
    for event, node in etree.iterwalk(text, events=("start", "end", "comment", "pi")):
        if event == "start" and skipped is None:
            character = characters.get(str(node.get("ref", ""))) if node.tag == f"{{{TEI}}}g" else None
            if character is not None:
                # What a g holds is only a substitute for the character that it stands for.
                skipped = node
                yield node, character
            elif node.text:
                yield node, node.text
        elif event != "start":
            if node is skipped:
                skipped = None
            parent = node.getparent()
            if skipped is None and node is not text and node.tail and parent is not None:
                yield parent, node.tail


def _declared_characters(root: Node) -> dict[str, str]:
    """What each `g` stands for, by the pointer to its declaration."""
    characters = {}
    for char in _CHARS(root):
        name = str(char.get(XML_ID))
        values = [str(value) for value in char.xpath(".//text() | .//@value")]
        code = _CODE_POINT.search(" ".join(values)) or _NAMED.fullmatch(name)
        if code:
            characters[f"#{name}"] = chr(int(code[1], 16))
    return characters


def _without_space(text: str) -> str:
    """The text without white space as Python sees it, which includes a few control characters."""
    return "".join(text.split())


def _shown(text: str, start: int) -> str:
    return _SPACES.sub(" ", text[start : start + _SHOWN]).strip(" ") or "nothing more"


def _first_difference(one: str, other: str) -> int:
    """How long the common beginning is, by halving."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _offset(text: str, inked: int) -> int:
    """The offset of the character that has so many visible ones before it."""
    for run in _INK.finditer(text):
        if inked < len(run[0]):
            return run.start() + inked
        inked -= len(run[0])
    return len(text)


def _node_at(pieces: list[tuple[Node, str]], inked: int) -> Node:
    for node, piece in pieces:
        inked -= len(_without_space(piece))
        if inked < 0:
            return node
    return pieces[-1][0]
