"""Fronts that nobody has seen: never an exception, always valid, marks that nest, nothing left"
" pointing nowhere."""

import random
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from tei_serge.config import Config
from tei_serge.model import Source
from tei_serge.pipeline import encode_source
from tei_serge.tei import to_bytes

SCHEMA = Path(__file__).parent.parent / "schemas" / "tei_serge.rng"
LABELS = [
    "Source:",
    "First Published:",
    "Published:",
    "Re-Published:",
    "This Version:",
    "Written:",
    "Delivered:",
    "Translated:",
    "Transcription/HTML Markup:",
    "Proofread:",
    "CopyLeft:",
    "Public Domain:",
    "Copyright:",
    "Online Version:",
    "Note:",
    "Author:",
    "Publisher:",
    "From",
    "Translated by",
    "Marked up by",
    "Thanks to",
    "First published in",
    "Keywords:",
    "Written/First Published:",
]
WORDS = [
    "The Loom",
    "La Wallonie",
    "Pravda",
    "Jane Doe",
    "J. Roe",
    "and",
    "&",
    ",",
    ".",
    ";",
    ":",
    "(",
    ")",
    "[",
    "]",
    "©",
    "No. 3",
    "#4-5",
    "Vol. IX",
    "pp. 3–9",
    "4th yr",
    "1921",
    "May 1921",
    "31 April 1921",
    "3/4/21",
    "December 14(27), 1917",
    "1920-1928",
    "ISBN 0-9633828-1-0",
    "Paris",
    "New York",
    "Maspero",
    "Loom Press",
    "(ed.)",
    "edited by",
    "for by",
    "for 2005 by",
    "by",
    "in",
    "the",
    "Archive",
    "Internet Archive",
    "National Archives",
    "HO 144/17487",
    "Creative Commons (Attribute & ShareAlike)",
    "marxists.org",
    "“",
    "”",
    "\u00a0",
    "\x01",
    "—",
    "newspaper",
    "Note:",
    "[1]",
    "unpublished",
    "770",
    "Ünïcode",
    "😀",
    "late",
    "ca.",
    "Box 12 G.P.O. New York",
]
HEADS = [["Jane Doe 1921"], ["Jane Doe"], ["On Looms"], ["(May 1920)"], ["(Undated)"], ["By J. Roe"], []]


@cache
def schema():
    return etree.RelaxNG(etree.parse(SCHEMA))


def random_front(rng):
    head = [line for part in rng.sample(HEADS, rng.randrange(1, 5)) for line in (*part, "")]
    fields = [
        " ".join([rng.choice(LABELS), *(rng.choice(WORDS) for _ in range(rng.randrange(14)))])
        for _ in range(rng.randrange(1, 8))
    ]
    body = "The looms stood still that winter, and the whole valley heard it.\n\nNobody went home."
    return "\n".join(
        [*head, *fields, "", body, "", rng.choice(["", "London, May 3, 1922", "Last updated on 1.2.2003"])]
    )


@pytest.mark.parametrize("seed", range(150))
def test_any_front(seed):
    text = random_front(random.Random(seed))
    document = encode_source(Source("law.txt", text, "0" * 64), Config())
    data = to_bytes(document, Config())
    assert data == to_bytes(encode_source(Source("law.txt", text, "0" * 64), Config()), Config())
    root = etree.fromstring(data)
    assert schema().validate(root), schema().error_log
    identifiers = {node.get("{http://www.w3.org/XML/1998/namespace}id") for node in root.iter()}
    for node in root.iter():
        for name in ("target", "corresp", "source", "ana", "who", "resp", "ref"):
            for token in (node.get(name) or "").split():
                assert not token.startswith("#") or token[1:] in identifiers
    ends = []
    for mark in document.annotations:
        while ends and ends[-1] <= mark.span.start:
            ends.pop()
        assert not ends or mark.span.end <= ends[-1]
        ends.append(mark.span.end)
    for finding in document.diagnostics:
        assert finding.message
