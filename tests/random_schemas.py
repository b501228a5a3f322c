"""Small random RELAX NG schemas, mostly correct, and random documents for them, mostly nearly valid.

A schema keeps the restrictions of section 7 of the specification by the way it is made: names are divided among
the branches of an interleave, attributes stand apart from content, data stand alone. `_SLIPS` is how often it
does not, schema by schema, so that incorrect schemas come, too.
"""

from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

from lxml import etree

from mutants import Document, Vocabulary, mutants, well_formed
from mutations import KINDS
from random_samples import Sampler

NAMESPACE = "http://relaxng.org/ns/structure/1.0"
DATATYPES = "http://www.w3.org/2001/XMLSchema-datatypes"
RNG = f"{{{NAMESPACE}}}"
NAMES = ("a", "b", "c", "d", "e")
SPACES = ("", "", "", "urn:x", "urn:y")
_SLIPS = (0.0, 0.0, 0.003, 0.02)
_DOCUMENTS = 24

TYPES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("string", ()), ("token", ()), ("integer", ()), ("decimal", ()), ("boolean", ()), ("date", ()), ("NCName", ()),
    ("anyURI", ()), ("dateTime", ()), ("double", ()), ("float", ()), ("language", ()), ("NMTOKEN", ()), ("Name", ()),
    ("gYear", ()), ("gMonthDay", ()), ("duration", ()), ("time", ()), ("nonNegativeInteger", ()), ("short", ()),
    ("positiveInteger", ()), ("unsignedByte", ()), ("normalizedString", ()), ("hexBinary", ()), ("base64Binary", ()),
    ("gYearMonth", ()), ("gMonth", ()), ("gDay", ()),
    ("string", (("maxLength", "3"),)), ("token", (("minLength", "2"), ("maxLength", "4"))), ("string", (("length", "1"),)),
    ("integer", (("minInclusive", "0"), ("maxExclusive", "12"))), ("decimal", (("fractionDigits", "1"),)),
    ("decimal", (("totalDigits", "3"),)), ("double", (("maxInclusive", "1.5"),)), ("date", (("minInclusive", "1917-01-01"),)),
    ("token", (("pattern", "[a-c]+"),)), ("token", (("pattern", r"\S+"),)), ("token", (("pattern", r"\i\c*|[0-9-[5]]+"),)),
    ("string", (("pattern", r"\s*(x|a b)?\s*"),)), ("token", (("pattern", r"[\p{L}\p{N}]{1,3}"),)),
)  # fmt: skip
WORDS = (
    "", " ", "a", "b", "x", "ab", "a b", " a ", "0", "1", "-1", "+7", "12", "1.5", "1.25", "true", "false", "1917",
    "1917-10-25", "1917-02-29", "--02-29", "12:00:00", "P1D", "en", "urn:x", "a:b", "é", "1e3", "INF", "0A", "YWI=",
    "1917-10", "--10", "---25", "1917-10-25T12:00:00Z", "256", "32768", "\n", "abcd", "a  b",
)  # fmt: skip

Node = etree._Element


class Made(NamedTuple):
    """A schema in XML syntax and documents to judge by it."""

    schema: str
    documents: tuple[str, ...]


def make(seed: int) -> Made:
    """The schema and the documents of a seed."""
    random = Random(f"schema {seed}")
    schema = _Maker(random).grammar()
    text = etree.tostring(schema, encoding="unicode", pretty_print=True)
    sampler = Sampler(schema, random, NAMES, WORDS)
    sound = [one for one in (sampler.document() for _ in range(_DOCUMENTS // 2)) if well_formed(one)]
    words = Vocabulary(NAMES, (*NAMES, "xml:lang"), WORDS)
    bases = [Document(one) for one in sound]
    kinds = {kind: KINDS[kind] for kind in random.sample(sorted(KINDS), len(KINDS))}
    changed = mutants(bases, words, seed, _DOCUMENTS - len(sound), kinds)
    return Made(text, (*sound, *(one.text for one in changed)))


class _Maker:
    """Makes one grammar."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.slip = random.choice(_SLIPS)
        self.elements: list[tuple[str, str]] = []
        self.parts: list[tuple[str, frozenset[str], bool]] = []

    def grammar(self) -> Node:
        """A grammar of a few elements, each a define of its own, and a start."""
        random = self.random
        root = etree.Element(f"{RNG}grammar", nsmap={None: NAMESPACE})
        root.set("datatypeLibrary", DATATYPES)
        if space := random.choice(SPACES):
            root.set("ns", space)
        self.elements = [(f"e{number}", random.choice(NAMES)) for number in range(random.randint(2, 5))]
        for number in range(random.choice((0, 0, 1, 2))):
            names = frozenset(name for name in NAMES if random.random() < 0.6)
            text = random.random() < 0.5
            define = etree.SubElement(root, f"{RNG}define", name=f"p{number}")
            self._content(define, 2, set(names), text)
            self.parts.append((f"p{number}", names, text))
        start = etree.SubElement(root, f"{RNG}start")
        first = random.sample(self.elements, random.randint(1, 2))
        place = etree.SubElement(start, f"{RNG}choice") if len(first) > 1 else start
        for name, _ in first:
            etree.SubElement(place, f"{RNG}ref", name=name)
        for name, element in self.elements:
            define = etree.SubElement(root, f"{RNG}define", name=name)
            self._element(define, element, 3)
            if random.random() < 0.1:
                self._combined(root, define)
        return root

    def _combined(self, root: Node, define: Node) -> None:
        how = "choice" if self.random.random() < 0.9 else "interleave"
        define.set("combine", how)
        other = etree.SubElement(root, f"{RNG}define", name=str(define.get("name")))
        if not self._slips(10):
            other.set("combine", how if not self._slips(5) else "choice")
        elif self.random.random() < 0.5:
            del define.attrib["combine"]
        self._element(other, self.random.choice(NAMES), 1)

    def _slips(self, times: float = 1) -> bool:
        """Whether to do now what is incorrect; never in a schema without slips."""
        return self.random.random() < self.slip * times

    def _element(self, parent: Node, name: str, depth: int) -> None:
        random = self.random
        node = etree.SubElement(parent, f"{RNG}element")
        if random.random() < 0.85:
            node.set("name", name)
            if random.random() < 0.1:
                node.set("ns", random.choice(SPACES))
        else:
            self._name_class(node, name)
        self._attributes(node)
        content = random.random()
        if content < 0.25:
            self._data(node, 2)
        elif content < 0.35:
            etree.SubElement(node, f"{RNG}{random.choice(('text', 'empty', 'empty'))}")
        else:
            self._content(node, depth, set(NAMES), True)

    def _name_class(self, node: Node, name: str) -> None:
        """A class of names, the first pattern of an element."""
        kind = self.random.choice(("anyName", "nsName", "choice", "except", "name"))
        if kind == "choice":
            choice = etree.SubElement(node, f"{RNG}choice")
            for one in (name, self.random.choice(NAMES)):
                etree.SubElement(choice, f"{RNG}name").text = one
            return
        if kind == "name":
            etree.SubElement(node, f"{RNG}name", ns=self.random.choice(SPACES)).text = name
            return
        wide = etree.SubElement(node, f"{RNG}{'nsName' if kind == 'nsName' else 'anyName'}")
        if kind == "nsName":
            wide.set("ns", self.random.choice(SPACES))
        if kind == "except" or self._slips(5):
            unless = etree.SubElement(wide, f"{RNG}except")
            etree.SubElement(unless, f"{RNG}name").text = self.random.choice(NAMES)
            if kind == "except" and self.random.random() < 0.4:
                etree.SubElement(unless, f"{RNG}{'anyName' if self._slips() else 'nsName'}").set(
                    "ns", "urn:x"
                )

    def _attributes(self, node: Node) -> None:
        random = self.random
        names = random.sample((*NAMES, "xml:lang"), random.choice((0, 0, 1, 1, 2, 3)))
        if names and self._slips():
            names.append(names[0])
        for name in names:
            how = random.random()
            place = etree.SubElement(node, f"{RNG}optional") if how < 0.5 else node
            if 0.5 <= how < 0.6 and len(names) == 1:
                self._wide_attribute(node)
            elif 0.6 <= how < 0.7:
                both = etree.SubElement(node, f"{RNG}choice")
                self._attribute(both, name)
                etree.SubElement(both, f"{RNG}{random.choice(('empty', 'text', 'notAllowed'))}")
            else:
                self._attribute(place, name)

    def _attribute(self, place: Node, name: str) -> None:
        attribute = etree.SubElement(place, f"{RNG}attribute", name=name)
        chance = self.random.random()
        if chance < 0.05:
            etree.SubElement(attribute, f"{RNG}data", type=self.random.choice(("ID", "IDREF", "IDREFS")))
        elif chance < 0.7:
            self._data(attribute, 2)

    def _wide_attribute(self, node: Node) -> None:
        """Any attribute, as often as may be; without the repetition it is incorrect."""
        place = node if self._slips(5) else etree.SubElement(node, f"{RNG}zeroOrMore")
        attribute = etree.SubElement(place, f"{RNG}attribute")
        self._name_class(attribute, self.random.choice(NAMES))
        etree.SubElement(attribute, f"{RNG}text")

    def _data(self, parent: Node, depth: int, in_list: bool = False) -> None:
        """Data, a value, a list, or a choice of them."""
        random = self.random
        kind = random.choice(("data", "data", "value", "value", "list", "choice", "except"))
        if depth <= 0 or (in_list and kind in ("list", "except")):
            kind = random.choice(("data", "value"))
        if kind == "value":
            value = etree.SubElement(parent, f"{RNG}value")
            value.text = random.choice(WORDS[2:8])
            if random.random() < 0.5:
                value.set("type", random.choice(("string", "token", "NCName")))
                value.text = random.choice(("a", "b", "x"))
            elif random.random() < 0.3:
                value.set("type", "integer")
                value.text = random.choice(("1", "01", "+7"))
        elif kind in ("data", "except"):
            name, parameters = random.choice(TYPES)
            data = etree.SubElement(parent, f"{RNG}data", type=name)
            for parameter, limit in parameters:
                etree.SubElement(data, f"{RNG}param", name=parameter).text = limit
            if kind == "except":
                etree.SubElement(etree.SubElement(data, f"{RNG}except"), f"{RNG}value").text = random.choice(
                    WORDS
                )
        elif kind == "choice":
            both = etree.SubElement(parent, f"{RNG}choice")
            for _ in range(2):
                self._data(both, depth - 1, in_list)
        else:
            words = etree.SubElement(parent, f"{RNG}list")
            for _ in range(random.randint(1, 3)):
                how = random.choice(("oneOrMore", "optional", "zeroOrMore", "group", ""))
                self._data(etree.SubElement(words, f"{RNG}{how}") if how else words, depth - 1, True)

    def _content(self, parent: Node, depth: int, names: set[str], text: bool) -> None:
        """Elements and text; only these names, and no text unless it may be."""
        random = self.random
        kinds = [
            "group",
            "choice",
            "optional",
            "zeroOrMore",
            "oneOrMore",
            "interleave",
            "mixed",
            "one",
            "one",
        ]
        kind = random.choice(kinds) if depth > 0 else "one"
        if self._slips():
            stray: Sequence[Callable[[], object]] = (
                lambda: self._data(parent, 1),
                lambda: self._attribute(parent, random.choice(NAMES)),
                lambda: etree.SubElement(
                    parent, f"{RNG}ref", name=random.choice(("nowhere", "e0", "e1", "p0"))
                ),
                lambda: etree.SubElement(
                    parent, f"{RNG}{random.choice(('wrong', 'name', 'choice', 'list'))}"
                ),
                lambda: etree.SubElement(
                    parent, f"{RNG}data", type=random.choice(("ID", "IDREF", "nonsense"))
                ),
                lambda: etree.SubElement(parent, f"{RNG}text").set("wrong", "x"),
                lambda: etree.SubElement(parent, "{urn:foreign}note", about="nothing"),
                lambda: self._content(parent, 1, set(NAMES), True),
            )
            random.choice(stray)()
        elif kind == "one":
            self._one(parent, depth, names, text)
        elif kind == "interleave" or (kind == "mixed" and text):
            node = etree.SubElement(parent, f"{RNG}{kind}")
            part = {name for name in sorted(names) if random.random() < 0.5}
            self._content(node, depth - 1, part, text and kind == "interleave")
            if kind == "interleave":
                self._content(node, depth - 1, names - part, False)
        else:
            node = etree.SubElement(parent, f"{RNG}{kind if kind != 'mixed' else 'optional'}")
            for _ in range(random.randint(2, 3) if kind in ("group", "choice") else random.choice((1, 1, 2))):
                self._content(node, depth - 1, names, text)

    def _one(self, parent: Node, depth: int, names: set[str], text: bool) -> None:
        known = [define for define, name in self.elements if name in names]
        parts = [define for define, used, says in self.parts if used <= names and says <= text]
        chance = self.random.random()
        if text and chance < 0.15:
            etree.SubElement(parent, f"{RNG}text")
        elif chance < 0.2:
            etree.SubElement(parent, f"{RNG}{self.random.choice(('empty', 'empty', 'notAllowed'))}")
        elif parts and chance < 0.4:
            etree.SubElement(parent, f"{RNG}ref", name=self.random.choice(parts))
        elif known and chance < 0.7:
            etree.SubElement(parent, f"{RNG}ref", name=self.random.choice(known))
        elif names and depth > 0:
            self._element(parent, self.random.choice(sorted(names)), depth - 1)
        else:
            etree.SubElement(parent, f"{RNG}empty")
