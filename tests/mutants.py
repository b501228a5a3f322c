"""Mutants of XML files: seeded changes to the serialised text, so that lines and columns keep their meaning."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from random import Random
from typing import NamedTuple
from xml.parsers import expat

from lxml import etree

RNG = "{http://relaxng.org/ns/structure/1.0}"
_ATTRIBUTE = re.compile(r"""(\s+)([^\s=<>/"']+)\s*=\s*("[^"]*"|'[^']*')""")
_ENCODING = re.compile(r"<\?xml [^>]*?encoding\s*=\s*[\"']([^\"']+)")
TOKEN = re.compile(
    r"""<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<!DOCTYPE[^\[>]*(?:\[.*?\])?\s*>"""
    r"""|</(?P<end>[^\s>]+)\s*>"""
    r"""|<(?P<start>[^\s<>/!?]+)(?P<attributes>(?:\s+[^\s=<>/"']+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(?P<empty>/?)>""",
    re.DOTALL,
)


class Edit(NamedTuple):
    """What stands between two offsets becomes something else."""

    start: int
    end: int
    new: str


class Attribute(NamedTuple):
    """An attribute of a start tag: offsets of the space before it, its name, its value within the quotes."""

    start: int
    name_start: int
    name: str
    value_start: int
    value_end: int

    @property
    def end(self) -> int:
        return self.value_end + 1


@dataclass(slots=True)
class Element:
    """An element by offsets; `open_end == close_start == end` where it has no end tag."""

    name: str
    start: int
    open_end: int
    attributes: tuple[Attribute, ...]
    parent: "Element | None"
    close_start: int = 0
    end: int = 0
    children: list["Element"] = field(default_factory=list)
    texts: list[tuple[int, int]] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return self.open_end == self.end

    @property
    def name_end(self) -> int:
        return self.start + 1 + len(self.name)


@dataclass
class Document:
    """A well-formed file in tokens: its elements in order, and where its tags are."""

    text: str

    @cached_property
    def elements(self) -> Sequence[Element]:
        return tuple(self._read())

    @cached_property
    def root(self) -> Element:
        return self.elements[0]

    @cached_property
    def by_name(self) -> dict[str, list[Element]]:
        found: dict[str, list[Element]] = {}
        for element in self.elements:
            found.setdefault(element.name, []).append(element)
        return found

    def _read(self) -> Iterator[Element]:
        inner: Element | None = None
        last = 0
        for token in TOKEN.finditer(self.text):
            if inner is not None and token.start() > last:
                inner.texts.append((last, token.start()))
            last = token.end()
            if token["start"]:
                element = Element(token["start"], token.start(), last, _attributes(token), inner, last, last)
                if inner is not None:
                    inner.children.append(element)
                inner = inner if token["empty"] else element
                yield element
            elif token["end"] and inner is not None:
                inner.close_start, inner.end = token.start(), last
                inner = inner.parent


class Vocabulary(NamedTuple):
    """The words of a schema: names of elements and attributes, and closed values."""

    elements: tuple[str, ...]
    attributes: tuple[str, ...]
    values: tuple[str, ...]


class Mutant(NamedTuple):
    """A changed file and how it was changed."""

    kind: str
    what: str
    text: str


Mutation = Callable[[Document, Element, Random, Vocabulary], Sequence[Edit]]


def vocabulary(schema: Path) -> Vocabulary:
    """The words of a RELAX NG schema in XML syntax."""
    root = etree.parse(schema).getroot()

    def found(tag: str, key: str | None) -> tuple[str, ...]:
        words = {node.get(key) if key else node.text for node in root.iter(f"{RNG}{tag}")}
        return tuple(sorted(word for word in words if word))

    return Vocabulary(found("element", "name"), found("attribute", "name"), found("value", None))


def encoded(text: str) -> bytes:
    """The bytes of a file: in the encoding that its declaration names, else in UTF-8."""
    declared = _ENCODING.match(text)
    return text.encode(declared[1] if declared else "utf-8", "xmlcharrefreplace")


def well_formed(text: str) -> bool:
    """Whether a file is XML with namespaces, by expat."""
    parser = expat.ParserCreate(None, " ")
    try:
        parser.Parse(encoded(text), True)
    except expat.ExpatError:
        return False
    return True


def edited(text: str, edits: Sequence[Edit]) -> str:
    """The text after the edits, which must not overlap; those of one place come in the order given."""
    parts, last = [], 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        assert start >= last, "edits overlap"
        parts += [text[last:start], new]
        last = end
    return "".join([*parts, text[last:]])


def mutants(
    documents: Sequence[Document],
    words: Vocabulary,
    seed: int,
    count: int,
    kinds: dict[str, Mutation],
    sound: bool = True,
) -> Iterator[Mutant]:
    """So many mutants, kind by kind in turn, each of some document at some place; all well-formed, or none."""
    names = list(kinds)
    for number in range(count):
        kind = names[number % len(names)]
        random = Random(f"{seed} {number} {kind}")
        for _ in range(50):
            mutant = mutate(random.choice(documents), words, random, kind, kinds[kind])
            if mutant and well_formed(mutant.text) == sound:
                if sound and random.random() < 0.2:
                    mutant = _again(mutant, words, random, kinds)
                yield mutant
                break


def _again(mutant: Mutant, words: Vocabulary, random: Random, kinds: dict[str, Mutation]) -> Mutant:
    """The mutant with one more change, where that leaves it well-formed."""
    kind = random.choice(list(kinds))
    second = mutate(Document(mutant.text), words, random, kind, kinds[kind])
    if second is None or not well_formed(second.text):
        return mutant
    return Mutant(f"{mutant.kind} + {kind}", f"{mutant.what}; {second.what}", second.text)


def mutate(
    document: Document, words: Vocabulary, random: Random, kind: str, mutation: Mutation
) -> Mutant | None:
    """One mutant of one kind at a random element, rare names as often as frequent ones; None if it is none."""
    at = random.choice(document.by_name[random.choice(list(document.by_name))])
    edits = mutation(document, at, random, words)
    text = edited(document.text, edits)
    if text == document.text:
        return None
    what = "; ".join(
        f"{document.text[e.start : e.end][:60]!r} -> {e.new[:100]!r} in line {_line(document.text, e.start)}"
        for e in edits[:4]
    )
    return Mutant(kind, f"{kind} at <{at.name}>: {what}", text)


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _attributes(token: re.Match[str]) -> tuple[Attribute, ...]:
    base = token.start("attributes")
    return tuple(
        Attribute(base + m.start(), base + m.start(2), m[2], base + m.start(3) + 1, base + m.end(3) - 1)
        for m in _ATTRIBUTE.finditer(token["attributes"])
    )
