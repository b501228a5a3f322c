"""Texts, entries and events as Turtle: the prefixes once, then the statements of each text.

rdflib writes them (https://www.w3.org/TR/turtle/), a text at a time, so that memory does not grow with them.
"""

from collections.abc import Iterable, Iterator
from itertools import dropwhile

from tei_serge.edition.model import Edition
from tei_serge.export.extras import require
from tei_serge.export.graphs.text import collection_triples, text_triples
from tei_serge.export.graphs.triples import PREFIXES, Iri, Literal, Term, Triple, expand
from tei_serge.export.registry import Wishes

__all__ = ["write"]

_PREFIX = "@prefix "


def write(editions: Iterable[Edition], wishes: Wishes) -> Iterator[bytes]:
    """The graph; only the statements of one text are in memory. Raises TeiSergeError `EXP-008`."""
    require("rdflib", "graphs", "turtle")
    yield "".join(f"{_PREFIX}{name}: <{address}> .\n" for name, address in PREFIXES.items()).encode()
    yield _serialized(collection_triples(wishes))
    for edition in editions:
        yield _serialized(text_triples(edition, wishes))


def _serialized(triples: Iterable[Triple]) -> bytes:
    """The statements as Turtle, without the prefixes."""
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    for name, address in PREFIXES.items():
        graph.bind(name, address)
    for subject, predicate, value in triples:
        match value:
            case Iri(address):
                node: rdflib.URIRef | rdflib.Literal = rdflib.URIRef(address)
            case Term(name):
                node = rdflib.URIRef(expand(name))
            case Literal(text, language, datatype):
                kind = rdflib.URIRef(expand(datatype)) if datatype and not language else None
                # As it stands: to normalise is to parse, which Python's dates cannot for years before Christ.
                node = rdflib.Literal(text, lang=language or None, datatype=kind, normalize=False)
        graph.add((rdflib.URIRef(subject), rdflib.URIRef(expand(predicate)), node))
    if not len(graph):
        return b""
    # Only the lines at the head: a line of somebody's words may begin in the same way.
    lines = graph.serialize(format="turtle").split("\n")
    text = "\n".join(dropwhile(lambda line: line.startswith(_PREFIX), lines))
    return f"\n{text.strip()}\n".encode("utf-8", "replace")
