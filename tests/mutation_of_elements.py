"""Changes of elements; one that finds nothing to change gives no edits, and all may be careless of the result."""

from itertools import pairwise
from random import Random

from mutants import Document, Edit, Element, Vocabulary
from mutation_places import Edits, gaps_in, inside_text, misspelt, named
from mutation_words import EXAMPLE, EXAMPLES, FOREIGN, LITTLE, TEI


def delete(_d: Document, at: Element, _r: Random, _w: Vocabulary) -> Edits:
    return [] if at.parent is None else [Edit(at.start, at.end, "")]


def unwrap(_d: Document, at: Element, _r: Random, _w: Vocabulary) -> Edits:
    if at.parent is None or at.empty:
        return []
    return [Edit(at.start, at.open_end, ""), Edit(at.close_start, at.end, "")]


def duplicate(document: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
    between = random.choice(("", "\n", " x "))
    return [] if at.parent is None else [Edit(at.end, at.end, between + document.text[at.start : at.end])]


def swap(document: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
    pairs = list(pairwise(at.children))
    if not pairs:
        return []
    one, other = random.choice(pairs)
    text = document.text
    return [
        Edit(one.start, one.end, text[other.start : other.end]),
        Edit(other.start, other.end, text[one.start : one.end]),
    ]


def move(document: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
    target = random.choice(document.elements)
    gaps = [gap for gap in gaps_in(target) if not at.start <= gap <= at.end]
    if at.parent is None or not gaps:
        return []
    gap = random.choice(gaps)
    return [Edit(at.start, at.end, ""), Edit(gap, gap, document.text[at.start : at.end])]


def nest(document: Document, at: Element, _r: Random, _w: Vocabulary) -> Edits:
    if at.empty:
        return [Edit(at.start, at.end, f"<{at.name}>{document.text[at.start : at.end]}</{at.name}>")]
    tag = document.text[at.start : at.open_end]
    return [Edit(at.open_end, at.open_end, tag), Edit(at.close_start, at.close_start, f"</{at.name}>")]


def wrap(_d: Document, at: Element, random: Random, words: Vocabulary) -> Edits:
    name = random.choice(words.elements)
    if at.parent is None:
        return []
    return [Edit(at.start, at.start, f"<{name}>"), Edit(at.end, at.end, f"</{name}>")]


def hollow(_d: Document, at: Element, _r: Random, _w: Vocabulary) -> Edits:
    return [Edit(at.open_end, at.close_start, "")]


def rename_known(_d: Document, at: Element, random: Random, words: Vocabulary) -> Edits:
    return named(at, random.choice(words.elements))


def rename_sibling(document: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
    return named(at, random.choice(list(document.by_name)))


def rename_misspelt(_d: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
    return named(at, misspelt(at.name, random))


def rename_unknown(_d: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
    return named(at, random.choice(("unknown", "ключ", "a.b-c", "_", "xmlfoo")))


def other_namespace(_d: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
    return named(at, at.name, f' xmlns="{random.choice((FOREIGN, EXAMPLE, TEI + "/", TEI))}"')


def other_prefix(_d: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
    return named(at, f"x:{at.name}", f' xmlns:x="{random.choice((FOREIGN, TEI, EXAMPLE))}"')


def no_namespace(_d: Document, at: Element, _r: Random, _w: Vocabulary) -> Edits:
    return named(at, at.name, ' xmlns=""')


def change_root(document: Document, at: Element, random: Random, words: Vocabulary) -> Edits:
    root, text = document.root, document.text
    more = f' xmlns="{TEI}"' if "xmlns=" in text[root.start : root.open_end] else ""
    part = text[at.start : at.name_end] + more + text[at.name_end : at.end]
    choices = [named(root, random.choice(words.elements)), [Edit(root.start, root.end, part)]]
    return choices[at.parent is not None and random.random() < 0.6]


def insert(document: Document, at: Element, random: Random, words: Vocabulary) -> Edits:
    gaps = gaps_in(at)
    new = random.choice((*LITTLE, f"<{random.choice(words.elements)}/>"))
    place = inside_text(document, at, random) if random.random() < 0.5 else None
    if place is None and gaps:
        place = random.choice(gaps)
    return [] if place is None else [Edit(place, place, new)]


def insert_known(_d: Document, at: Element, random: Random, words: Vocabulary) -> Edits:
    gaps = gaps_in(at)
    return [Edit(gap := random.choice(gaps), gap, f"<{random.choice(words.elements)}/>")] if gaps else []


def example(document: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
    place = inside_text(document, at, random)
    new = f'<egXML xmlns="{EXAMPLE}">{random.choice(EXAMPLES)}</egXML>'
    return [] if place is None else [Edit(place, place, new)]
