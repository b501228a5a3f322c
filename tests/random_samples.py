"""Documents for a small RELAX NG schema: what its patterns ask for, chosen at random, and sometimes something else."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from lxml import etree

RNG = "{http://relaxng.org/ns/structure/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"
_DEPTH = 6
_ELEMENTS = 30
_TYPED = {
    "integer": "0 7 -12 +3",
    "decimal": "0 1.5 -12 10.2",
    "boolean": "true 0",
    "date": "1917-10-25 1921-03-01Z",
    "dateTime": "1917-10-25T12:00:00",
    "double": "1.5 -1e3 INF 0",
    "float": "1.5 NaN 0",
    "gYear": "1917 -0044",
    "gMonthDay": "--02-29",
    "gYearMonth": "1917-10",
    "gMonth": "--10",
    "gDay": "---25",
    "duration": "P1D PT1.5S",
    "time": "12:00:00",
    "nonNegativeInteger": "0 7",
    "positiveInteger": "7",
    "short": "7 -32768",
    "unsignedByte": "255 0",
    "hexBinary": "0A",
    "base64Binary": "YWI=",
    "string": "a x abc b",
    "token": "ab x1 abc b",
    "NCName": "a b",
    "NMTOKEN": "1a b",
    "Name": "a x:b",
    "language": "en x-own",
}
"""Values of data types, valid unless a parameter forbids them."""

Node = etree._Element


@dataclass
class Sample:
    """What an element holds: attributes, and text and elements in order."""

    attributes: dict[str, str] = field(default_factory=dict)
    content: list[str | Node] = field(default_factory=list)

    def add(self, other: "Sample") -> None:
        """The other's after one's own."""
        self.attributes |= other.attributes
        self.content += other.content


class Sampler:
    """Makes documents; where a pattern is incorrect or has no end, it leaves something out."""

    def __init__(self, schema: Node, random: Random, names: Sequence[str], words: Sequence[str]) -> None:
        self.schema = schema
        self.random = random
        self.names = names
        self.words = words
        self.left = 0

    def document(self) -> str:
        """A document as text, over several lines."""
        start = self.schema.find(f"{RNG}start")
        assert start is not None
        self.left = _ELEMENTS
        roots = [one for one in self._all(start, 0).content if not isinstance(one, str)]
        root = roots[0] if roots else etree.Element(self.random.choice(self.names))
        text = etree.tostring(root, encoding="unicode")
        return text.replace("/>", "\n/>") if self.random.random() < 0.3 else text

    def _all(self, node: Node, depth: int) -> Sample:
        found = Sample()
        for child in node:
            found.add(self._sample(child, depth))
        return found

    def _sample(self, node: Node, depth: int) -> Sample:
        kind = str(node.tag).removeprefix(RNG)
        random = self.random
        if kind == "ref":
            defines = [one for one in self.schema.iter(f"{RNG}define") if one.get("name") == node.get("name")]
            return self._all(random.choice(defines), depth) if defines and depth < _DEPTH else Sample()
        if kind == "element":
            return Sample(content=[self._element(node, depth + 1)])
        if kind == "attribute":
            words = self._all(node, depth + 1) if len(node) else Sample(content=[random.choice(self.words)])
            return Sample({self._name(node, True): _text(words)})
        if kind == "choice":
            arms = [one for one in node if depth < _DEPTH or one.tag != f"{RNG}ref"] or list(node)
            return self._sample(random.choice(arms), depth) if arms else Sample()
        if kind in ("optional", "zeroOrMore", "oneOrMore"):
            least, most = {"optional": (0, 1), "zeroOrMore": (0, 3), "oneOrMore": (1, 3)}[kind]
            return self._times(node, depth, random.randint(least, most if depth < _DEPTH else least))
        if kind in ("interleave", "mixed"):
            found = self._all(node, depth)
            random.shuffle(found.content)
            return self._with_text(found) if kind == "mixed" else found
        if kind == "list":
            parts = [
                one for child in node for one in self._sample(child, depth).content if isinstance(one, str)
            ]
            return Sample(content=[random.choice((" ", "  ", "\n")).join(parts)])
        if kind == "value":
            return Sample(content=[node.text or ""])
        if kind == "data" and random.random() < 0.95:
            return Sample(content=[random.choice(_TYPED.get(str(node.get("type")), "a b").split())])
        if kind in ("data", "text"):
            return Sample(content=[random.choice(self.words)])
        return self._all(node, depth) if kind == "group" else Sample()

    def _times(self, node: Node, depth: int, times: int) -> Sample:
        found = Sample()
        for _ in range(times):
            found.add(self._all(node, depth))
        return found

    def _with_text(self, sample: Sample) -> Sample:
        place = self.random.randint(0, len(sample.content))
        sample.content.insert(place, self.random.choice(self.words))
        return sample

    def _element(self, pattern: Node, depth: int) -> Node:
        made = etree.Element(self._name(pattern, False))
        self.left -= 1
        depth = depth if self.left > 0 else _DEPTH
        children = list(pattern) if pattern.get("name") else list(pattern)[1:]
        found = Sample()
        for child in children:
            found.add(self._sample(child, depth))
        for name, value in found.attributes.items():
            made.set(name, value)
        for item in found.content:
            if not isinstance(item, str):
                item.tail = self.random.choice(("", "", "\n"))
                made.append(item)
            elif len(made):
                made[-1].tail = (made[-1].tail or "") + item
            else:
                made.text = (made.text or "") + item
        return made

    def _name(self, pattern: Node, attribute: bool) -> str:
        """A name that the pattern allows, or nearly."""
        if name := pattern.get("name"):
            if name.startswith("xml:"):
                return XML + name.removeprefix("xml:")
            space = pattern.get("ns", "" if attribute else self.schema.get("ns", ""))
            return f"{{{space}}}{name}" if space else name
        named = [one for one in pattern.iter(f"{RNG}name") if one.text]
        spaces = [one.get("ns") for one in pattern.iter(f"{RNG}nsName") if one.get("ns")]
        chosen = self.random.choice([*spaces, "", "urn:x", None if attribute else self.schema.get("ns")])
        local = self.random.choice([*self.names, *(str(one.text) for one in named)])
        return f"{{{chosen}}}{local}" if chosen else local


def _text(sample: Sample) -> str:
    return "".join(one for one in sample.content if isinstance(one, str))
