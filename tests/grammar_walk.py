"""Random documents from a RELAX NG grammar: every choice is made by a seeded generator, rarest first."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from random import Random

from lxml import etree

RNG = "{http://relaxng.org/ns/structure/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"
WORDS = ("a", "Łódź", "1917", "“so”", "…", "x & y <z>", "\n  ", "𝔸", "о", "]]>", "e\u0301")

# Values for every data type of the grammar, by type and pattern; an unknown one fails loudly.
SAMPLES: dict[tuple[str, str], tuple[str, ...]] = {
    ("string", ""): ("", "two words", "№ 7 ", "\t"),
    ("string", ".+"): (".", " "),
    ("token", ""): ("one", " two  words "),
    ("token", r"[^\p{C}\p{Z}]+"): ("word", "слово", "47-48", "&#x41;"),
    ("token", "P[0-9.,DHMSTWY]+"): ("P2W", "PT1.5H"),
    ("token", r"[a-z][a-z0-9\+\.\-]*"): ("wd", "x+y.z-1"),
    ("token", r"[0-9]+(\.[0-9]+){0,3}"): ("1", "0.1.0", "10.20.30.40"),
    ("anyURI", r"\S+"): ("#here", "https://example.org/a?b=c#d", "wd:Q1", "file.xml#x", "ключ"),
    ("language", ""): ("fr", "ru-Latn", "x-own"),
    ("boolean", ""): ("true", "false", "1", "0"),
    ("decimal", ""): ("16000", "-3.5", "+0.25"),
    ("nonNegativeInteger", ""): ("0", "12"),
    ("Name", ""): ("div", "xml:id", "_a.b-c"),
    ("NCName", ""): ("Entity", "_x"),
    ("date", ""): ("1936-08-25", "-0044-03-15", "2000-02-29Z"),
    ("gYear", ""): ("1921", "-0490"),
    ("gYearMonth", ""): ("1936-08", "1917-10+02:00"),
    ("gMonthDay", ""): ("--08-25", "--02-29"),
    ("gMonth", ""): ("--08",),
    ("gDay", ""): ("---25",),
    ("dateTime", ""): ("1936-08-25T17:00:00", "1936-08-25T17:00:00.5Z"),
    ("time", ""): ("17:00:00", "00:00:00+01:00"),
    ("duration", ""): ("P10Y", "-P1M", "PT16H", "P1DT2H"),
}

MOST_ATTRIBUTES = 8

Node = etree._Element


@dataclass
class Grammar:
    """The defines of a grammar, and what each element may contain."""

    path: Path
    defines: dict[str, Node] = field(init=False)
    start: Node = field(init=False)

    def __post_init__(self) -> None:
        root = etree.parse(self.path, etree.XMLParser(remove_comments=True)).getroot()
        self.namespace = root.get("ns", "")
        self.defines = {str(node.get("name")): node for node in root.iter(f"{RNG}define")}
        self.start = root.find(f"{RNG}start")
        self._reach: dict[Node, frozenset[str]] = {}
        self.elements = {
            name: node[0] for name, node in self.defines.items() if node[0].tag == f"{RNG}element"
        }

    def reach(self, node: Node) -> frozenset[str]:
        """The elements that a pattern can produce as its own children."""
        if node not in self._reach:
            self._reach[node] = frozenset(self._find(node))
        return self._reach[node]

    def _find(self, node: Node) -> Iterator[str]:
        if node.tag == f"{RNG}attribute":
            return
        if node.tag == f"{RNG}ref":
            name = str(node.get("name"))
            if name in self.elements:
                yield name
            else:
                yield from self.reach(self.defines[name])
        for child in patterns(node):
            yield from self.reach(child)

    def edges(self) -> set[tuple[str, str]]:
        """Every pair of an element and a child that it may have."""
        return {(name, child) for name, node in self.elements.items() for child in self.reach(node)}

    def attributes(self) -> set[tuple[str, str]]:
        """Every pair of an element and an attribute that it may have."""
        return {(name, str(a.get("name"))) for name, node in self.elements.items() for a in self.inside(node)}

    def inside(self, node: Node) -> Iterator[Node]:
        """The attribute patterns of an element."""
        if node.tag == f"{RNG}attribute":
            yield node
        elif node.tag == f"{RNG}ref":
            if node.get("name") not in self.elements:
                yield from self.inside(self.defines[str(node.get("name"))])
        else:
            for child in patterns(node):
                yield from self.inside(child)

    def paths(self) -> dict[str, tuple[str, ...]]:
        """The shortest way from the root to each element that can be reached."""
        found = {name: (name,) for name in self.reach(self.start)}
        queue = list(found)
        for name in queue:
            for child in sorted(self.reach(self.elements[name])):
                if child not in found:
                    found[child] = (*found[name], child)
                    queue.append(child)
        return found

    def heights(self) -> dict[str, int]:
        """How deep the shallowest valid tree under each element is."""
        known: dict[str, int] = {}
        while len(known) < len(self.elements):
            new = {
                name: 1 + height
                for name, node in self.elements.items()
                if name not in known and (height := self.height(node, known)) is not None
            }
            if not new:
                raise AssertionError(f"no finite tree for {sorted(self.elements.keys() - known)}")
            known |= new
        return known

    def height(self, node: Node, known: dict[str, int]) -> int | None:
        """The least height of a pattern, None where an element in it is not known yet."""
        kind = node.tag.removeprefix(RNG)
        if kind == "ref":
            name = str(node.get("name"))
            return known.get(name) if name in self.elements else self.height(self.defines[name], known)
        if kind in ("optional", "zeroOrMore", "attribute", "text", "empty", "data", "value", "list"):
            return 0
        found = [self.height(child, known) for child in patterns(node)]
        if kind == "choice":
            return min((height for height in found if height is not None), default=None)
        heights = [height for height in found if height is not None]
        return max(heights, default=0) if len(heights) == len(found) else None


@cache
def patterns(node: Node) -> tuple[Node, ...]:
    """The child patterns, without annotations."""
    return tuple(child for child in node if isinstance(child.tag, str) and child.tag.startswith(RNG))


def local_name(node: Node) -> str:
    """The name of an element without its namespace."""
    return str(node.tag).rpartition("}")[2]


@dataclass
class Walker:
    """Makes documents and counts what it has used, so that the rarest comes next."""

    grammar: Grammar
    random: Random
    used: Counter[object] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.known = self.grammar.heights()
        self.ids = count(1)
        self.left = 0
        self.measured: dict[Node, int] = {}

    def document(self, path: tuple[str, ...], size: int = 80) -> Node:
        """A document that has the given path of elements in it, and about so many elements."""
        self.left = size
        depth = 12
        return self._element(path[0], path[1:], depth)

    def _element(self, name: str, path: tuple[str, ...], depth: int) -> Node:
        pattern = self.grammar.elements[name]
        node = etree.Element(f"{{{self.grammar.namespace}}}{pattern.get('name')}")
        self.used[name] += 1
        self.left -= 1
        depth = depth - 1 if self.left > 0 else 0
        for child in patterns(pattern):
            self._fill(child, node, path, depth)
        return node

    def _fill(self, pattern: Node, node: Node, path: tuple[str, ...], depth: int) -> None:
        """Add to the element what one pattern asks for; the path, if any, must lead through it."""
        if path and path[0] not in self.grammar.reach(pattern) and self._holds(node, path[0]):
            path = ()
        kind = pattern.tag.removeprefix(RNG)
        getattr(self, f"_{kind}")(pattern, node, path, depth)

    def _holds(self, node: Node, name: str) -> bool:
        return any(local_name(child) == name for child in node)

    def _text(self, _pattern: Node, node: Node, _path: tuple[str, ...], _depth: int) -> None:
        say(node, self.random.choice(WORDS))

    def _empty(self, *_: object) -> None:
        pass

    def _data(self, pattern: Node, node: Node, _path: tuple[str, ...], _depth: int) -> None:
        say(node, self._value(pattern))

    def _attribute(self, pattern: Node, node: Node, _path: tuple[str, ...], _depth: int) -> None:
        name = str(pattern.get("name")).replace("xml:", XML)
        self.used[(local_name(node), pattern.get("name"))] += 1
        node.set(name, " ".join(self._value(child) for child in patterns(pattern)))

    def _ref(self, pattern: Node, node: Node, path: tuple[str, ...], depth: int) -> None:
        name = str(pattern.get("name"))
        if name not in self.grammar.elements:
            for child in patterns(self.grammar.defines[name]):
                self._fill(child, node, path, depth)
            return
        self.used[(local_name(node), "child", name)] += 1
        node.append(self._element(name, path[1:] if path[:1] == (name,) else (), depth))

    def _group(self, pattern: Node, node: Node, path: tuple[str, ...], depth: int) -> None:
        ways = [child for child in patterns(pattern) if path and path[0] in self.grammar.reach(child)]
        chosen = self.random.choice(ways) if ways else None
        for child in patterns(pattern):
            self._fill(child, node, path if child is chosen else (), depth)

    def _choice(self, pattern: Node, node: Node, path: tuple[str, ...], depth: int) -> None:
        arms = list(patterns(pattern))
        if path:
            arms = [arm for arm in arms if path[0] in self.grammar.reach(arm)] or arms
        if depth <= 0:
            least = min(map(self._height, arms))
            arms = [arm for arm in arms if self._height(arm) == least]
        name = local_name(node)
        chosen = self._rarest(arms, lambda arm: self._use(name, arm))
        self.used[(name, chosen)] += 1
        self._fill(chosen, node, path, depth)

    def _height(self, pattern: Node) -> int:
        if pattern not in self.measured:
            self.measured[pattern] = self.grammar.height(pattern, self.known) or 0
        return self.measured[pattern]

    def _use(self, parent: str, arm: Node) -> int:
        """How often an arm was taken under this parent; for an arm of many elements, its rarest one."""
        children = self.grammar.reach(arm)
        if children:
            return min(self.used[(parent, "child", child)] for child in children)
        return self.used[(parent, arm)]

    def _rarest(self, arms: Sequence[Node], use: Callable[[Node], int]) -> Node:
        return min(arms, key=lambda arm: (use(arm), self.random.random()))

    def _optional(self, pattern: Node, node: Node, path: tuple[str, ...], depth: int) -> None:
        inner = patterns(pattern)[0]
        if inner.tag == f"{RNG}attribute":
            new = not self.used[(local_name(node), inner.get("name"))]
            # libxml2 needs twice the time for each optional attribute that an element has.
            wanted = len(node.attrib) < MOST_ATTRIBUTES and (new or self.random.random() < 0.05)
        else:
            wanted = bool(path) or (depth > 0 and self.random.random() < 0.5)
        if wanted:
            self._fill(inner, node, path, depth)

    def _zeroOrMore(self, pattern: Node, node: Node, path: tuple[str, ...], depth: int) -> None:
        self._repeat(pattern, node, path, depth, 0)

    def _oneOrMore(self, pattern: Node, node: Node, path: tuple[str, ...], depth: int) -> None:
        self._repeat(pattern, node, path, depth, 1)

    def _repeat(self, pattern: Node, node: Node, path: tuple[str, ...], depth: int, low: int) -> None:
        low = max(low, 1 if path else 0)
        turns = max(low, self.random.randint(0, 3) if depth > 0 else 0)
        chosen = self.random.randrange(turns) if turns else 0
        for turn in range(turns):
            for child in patterns(pattern):
                self._fill(child, node, path if turn == chosen else (), depth)

    def _value(self, pattern: Node) -> str:
        """A value of a data pattern."""
        kind = pattern.tag.removeprefix(RNG)
        inner = patterns(pattern)
        if kind == "value":
            return str(pattern.text)
        if kind == "data":
            restriction = "".join(str(child.text) for child in inner)
            if pattern.get("type") == "ID":
                return f"id{next(self.ids)}"
            return self.random.choice(SAMPLES[str(pattern.get("type")), restriction])
        if kind == "ref":
            return self._value(self.grammar.defines[str(pattern.get("name"))][0])
        if kind == "text":
            return self.random.choice(WORDS)
        if kind == "choice":
            chosen = self._rarest(inner, lambda arm: self.used[arm])
            self.used[chosen] += 1
            return self._value(chosen)
        if kind == "oneOrMore":
            return " ".join(self._value(inner[0]) for _ in range(self.random.randint(1, 3)))
        if kind == "list":
            return self._value(inner[0])
        raise AssertionError(f"no values for {kind}")


def say(node: Node, text: str) -> None:
    """Add text at the end of an element's content."""
    if len(node):
        node[-1].tail = (node[-1].tail or "") + text
    else:
        node.text = (node.text or "") + text


def documents(grammar: Grammar, seed: int, at_least: int) -> tuple[list[Node], Walker]:
    """Documents that together use every element, every attribute and every parent with every child."""
    walker = Walker(grammar, Random(seed))
    paths = grammar.paths()
    made = [walker.document(path) for path in paths.values()]
    for parent, child in sorted(grammar.edges()):
        if not walker.used[(parent, "child", child)]:
            made.append(walker.document((*paths[parent], child), 30))
    for name, attribute in sorted(grammar.attributes()):
        for _ in range(20):
            if walker.used[(name, attribute)]:
                break
            made.append(walker.document(paths[name], 10))
    names = sorted(paths)
    while len(made) < at_least:
        made.append(walker.document(paths[walker.random.choice(names)], 200))
    return made, walker
