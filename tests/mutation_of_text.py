"""Changes of text, markup between elements, and the whole file; what finds nothing to change gives no edits."""

import re
from collections.abc import Sequence
from random import Random
from xml.sax.saxutils import unescape

from mutants import Document, Edit, Element, Mutation, Vocabulary
from mutation_places import Edits, gaps_in, inside_text
from mutation_words import (
    DATES,
    NUMBERS,
    POINTERS,
    PROLOGUES,
    VALUES,
)


def at_gap(choices: Sequence[str]) -> Mutation:
    """Put something at a place between children."""

    def put(_d: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
        gaps = gaps_in(at)
        return [Edit(gap := random.choice(gaps), gap, random.choice(choices))] if gaps else []

    return put


def in_text(choices: Sequence[str]) -> Mutation:
    """Put something at a place in the text."""

    def put(document: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
        place = inside_text(document, at, random)
        return [] if place is None else [Edit(place, place, random.choice(choices))]

    return put


def delete_text(_d: Document, at: Element, _r: Random, _w: Vocabulary) -> Edits:
    return [Edit(start, end, "") for start, end in at.texts]


def blank_text(_d: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
    return [Edit(start, end, random.choice((" ", "\n", "\t\n"))) for start, end in at.texts]


def as_cdata(document: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
    if not at.texts:
        return []
    start, end = random.choice(at.texts)
    return [Edit(start, end, f"<![CDATA[{unescape(document.text[start:end])}]]>")]


def code_text(document: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
    place = inside_text(document, at, random)
    if place is None or place >= len(document.text) or document.text[place] in "<&":
        return []
    return [
        Edit(
            place,
            place + 1,
            random.choice((f"&#{ord(document.text[place])};", f"&#x{ord(document.text[place]):X};")),
        )
    ]


def text_as_value(_d: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
    if at.children or at.empty:
        return []
    return [
        Edit(
            at.open_end,
            at.close_start,
            random.choice((*VALUES, *DATES, *NUMBERS, *POINTERS)).replace("<", ""),
        )
    ]


# The whole file


def prologue(document: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
    """A DOCTYPE with an entity that is used once."""
    start = document.root.start
    edits = [Edit(start, start, f"{random.choice(PROLOGUES)}\n")]
    place = inside_text(document, at, random)
    return edits if place is None else [*edits, Edit(place, place, "&e;")]


def around(document: Document, _at: Element, random: Random, _w: Vocabulary) -> Edits:
    place = random.choice((document.root.start, document.root.end))
    return [Edit(place, place, random.choice(("<!-- c -->", "<?pi?>", "\n\n", "\n<!--\n-->\n")))]


def line_ends(document: Document, _at: Element, random: Random, _w: Vocabulary) -> Edits:
    return [Edit(0, len(document.text), document.text.replace("\n", random.choice(("\r\n", "\r"))))]


def encoding(document: Document, _at: Element, random: Random, _w: Vocabulary) -> Edits:
    """The same text in other bytes, declared."""
    if document.text.startswith("\ufeff"):
        return []
    declared = re.match(r"<\?xml [^>]*>", document.text)
    name = random.choice(("UTF-16", "ISO-8859-1", "windows-1252", "KOI8-R", "US-ASCII", "utf-8"))
    return [Edit(0, declared.end() if declared else 0, f'<?xml version="1.0" encoding="{name}"?>')]


def byte_order_mark(document: Document, _at: Element, _r: Random, _w: Vocabulary) -> Edits:
    """The mark of UTF-8; where another encoding is declared it would be a contradiction."""
    other = re.match(r"<\?xml [^>]*encoding=.(?!utf-8)", document.text, re.IGNORECASE)
    return [] if other or document.text.startswith("\ufeff") else [Edit(0, 0, "\ufeff")]
