"""The network of persons and bodies as GEXF 1.3: linked by the events and the paragraphs that they share.

GEXF 1.3: https://gexf.net. Gephi, Gephi Lite and networkx read it. Nodes and edges are counted in a database
on the disk; of a text no more than its own pairs are in memory.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import combinations
from xml.sax.saxutils import escape, quoteattr

from tei_serge.authority.folding import tidy
from tei_serge.characters import XML_FORBIDDEN
from tei_serge.chronicle.days import civil
from tei_serge.chronicle.model import Told
from tei_serge.edition.model import Begin, Edition, End, Entity, Kind, Layer, Part
from tei_serge.export.entry_keys import entry_key
from tei_serge.export.iris import entity_iri
from tei_serge.export.named import NamedEntities
from tei_serge.export.registry import Wishes

__all__ = ["MOST", "write"]

MOST = 100
"""The most persons and bodies of one event or paragraph that are linked with each other; a list of more links
nobody, which the description of the file says."""

_KINDS = frozenset((Layer.PERSON, Layer.ORGANISATION))
# What is about the text and its edition, and not of it: the names in it link nobody.
_ABOUT_TAGS = frozenset(
    (
        *("titlePage", "docTitle", "docAuthor", "docDate", "docImprint", "docEdition", "imprimatur"),
        *("byline", "fw"),
    )
)
_ABOUT_TYPES = {
    Kind.DIVISION: frozenset(
        (
            *("publication-info", "colophon", "navigation", "imprint", "copyright", "contents", "toc"),
            *("title-page", "title_page", "titlepage", "half-title", "halftitle"),
        )
    ),
    Kind.NOTE: frozenset(("editorial", "editor", "transcriber", "translator")),
}
_FORBIDDEN = re.compile(f"[{XML_FORBIDDEN}]")
_NODE = (("kind", "string"), ("mentions", "integer"), ("texts", "integer"), ("birth", "string"))
_NODE_ATTRIBUTES = (*_NODE, ("death", "string"), ("known", "boolean"), ("iri", "string"))
_EDGE_ATTRIBUTES = tuple((name, "integer") for name in ("events", "paragraphs", "texts", "first", "last"))
_TABLES = """
CREATE TABLE node (key TEXT PRIMARY KEY, label TEXT, kind TEXT, mentions INT, texts INT, birth TEXT,
  death TEXT, known INT, iri TEXT) WITHOUT ROWID;
CREATE TABLE edge (one TEXT, other TEXT, events INT, paragraphs INT, texts INT, first INT, last INT,
  PRIMARY KEY (one, other)) WITHOUT ROWID;
"""
_PUT_NODE = """
INSERT INTO node VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
  mentions = mentions + excluded.mentions, texts = texts + 1, known = max(known, excluded.known),
  birth = CASE birth WHEN '' THEN excluded.birth ELSE birth END,
  death = CASE death WHEN '' THEN excluded.death ELSE death END
"""
_PUT_EDGE = """
INSERT INTO edge VALUES (?, ?, ?, ?, 1, ?, ?) ON CONFLICT DO UPDATE SET
  events = events + excluded.events, paragraphs = paragraphs + excluded.paragraphs, texts = texts + 1,
  first = min(ifnull(first, excluded.first), ifnull(excluded.first, first)),
  last = max(ifnull(last, excluded.last), ifnull(excluded.last, last))
"""
_Pair = tuple[str, str]


@dataclass(slots=True)
class _Network:
    """What one text adds: how often each is mentioned, what pairs share, and which crowds link nobody."""

    nodes: dict[str, Entity] = field(default_factory=dict)
    mentions: Counter[str] = field(default_factory=Counter)
    events: Counter[_Pair] = field(default_factory=Counter)
    paragraphs: Counter[_Pair] = field(default_factory=Counter)
    years: dict[_Pair, tuple[int, int]] = field(default_factory=dict)
    crowds: int = 0


def write(editions: Iterable[Edition], wishes: Wishes) -> Iterator[bytes]:
    """The network, a node and an edge a line, each in the order of their ids."""
    # SQLite keeps a database without a name in a temporary file, and only if it outgrows the cache.
    with closing(sqlite3.connect("")) as connection:
        connection.executescript(_TABLES)
        crowds = 0
        for edition in editions:
            network = _network(edition)
            if network.crowds:
                wishes.left_out(edition.path, f"the links of {_crowds(network.crowds)}")
            crowds += network.crowds
            _put(connection, network, wishes.base)
        yield from _document(connection, crowds, wishes)


def _network(edition: Edition) -> _Network:
    network = _Network()
    in_block: dict[str, dict[str, None]] = {}
    about = _about(edition)
    for entity in edition.entities.values():
        if entity.kind in _KINDS:
            network.nodes.setdefault(entry_key(entity), entity)
    for mention in edition.mentions:
        keys = [
            key for name in mention.entities if (key := entry_key(edition.entities[name])) in network.nodes
        ]
        network.mentions.update(keys)
        if mention.block not in about:
            in_block.setdefault(mention.block, {}).update(dict.fromkeys(keys))
    for together in in_block.values():
        network.paragraphs.update(_pairs(network, together))
    named = NamedEntities(edition)
    for told in edition.events:
        _add_event(network, told, named)
    return network


def _about(edition: Edition) -> set[str]:
    """The ids of the blocks that are about the text: title page, publication, colophon, notes of editors."""
    ids: set[str] = set()
    depth = 0
    for step in edition.content:
        if isinstance(step, Begin) and (depth or _is_about(step.part)):
            depth += 1
            ids.add(step.part.id)
        elif isinstance(step, End) and depth:
            depth -= 1
    return ids - {""}


def _is_about(part: Part) -> bool:
    words = part.said.get("type", "").casefold().split()
    return part.tag in _ABOUT_TAGS or not _ABOUT_TYPES.get(part.kind, frozenset()).isdisjoint(words)


def _add_event(network: _Network, told: Told, named: NamedEntities) -> None:
    people = (named.find(one.named) for one in told.participants if one.named)
    keys = {entry_key(entity): entity for entity in people if entity.kind in _KINDS}
    for key, entity in keys.items():
        network.nodes.setdefault(key, entity)
    years = [_year(day) for day in (told.begin, told.end) if day is not None]
    for pair in _pairs(network, keys):
        network.events[pair] += 1
        if years:
            known = (*years, *network.years.get(pair, ()))
            network.years[pair] = min(known), max(known)


def _pairs(network: _Network, keys: Iterable[str]) -> Iterator[_Pair]:
    """All pairs, the ids of each in order; none of a crowd."""
    ordered = sorted(keys)
    if len(ordered) > MOST:
        network.crowds += 1
        return
    yield from combinations(ordered, 2)


def _year(day: int) -> int:
    """The year of a day as TEI counts: -44 is 44 BC, and there is no year 0."""
    year = civil(day)[0]
    return year if year > 0 else year - 1


def _crowds(count: int) -> str:
    plural = "s" if count > 1 else ""
    return f"{count:,} event{plural} or paragraph{plural} of more than {MOST} persons and bodies"


def _put(connection: sqlite3.Connection, network: _Network, base: str) -> None:
    """Add what a text has."""
    connection.executemany(_PUT_NODE, _node_rows(network, base))
    connection.executemany(_PUT_EDGE, _edge_rows(network))


def _node_rows(network: _Network, base: str) -> Iterator[tuple[object, ...]]:
    for key, one in network.nodes.items():
        iri = entity_iri(base, one) if base else ""
        yield key, one.name, str(one.kind), network.mentions[key], one.birth, one.death, one.known, iri


def _edge_rows(network: _Network) -> Iterator[tuple[object, ...]]:
    for pair in {**network.events, **network.paragraphs}:
        years = network.years.get(pair, (None, None))
        yield *pair, network.events[pair], network.paragraphs[pair], *years


def _document(connection: sqlite3.Connection, crowds: int, wishes: Wishes) -> Iterator[bytes]:
    left = f" Left out: the links of {_crowds(crowds)}." if crowds else ""
    title = f"{tidy(wishes.title)}: " if wishes.title else ""
    about = f"{title}persons and bodies, linked by the events and paragraphs that they share.{left}"
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
        f"<meta>\n<creator>tei_serge</creator>\n<description>{escape(_legal(about))}</description>\n</meta>\n"
        '<graph defaultedgetype="undirected" idtype="string">\n'
        f"{_declared('node', _NODE_ATTRIBUTES)}{_declared('edge', _EDGE_ATTRIBUTES)}<nodes>\n"
    ).encode()
    names = ", ".join(name for name, _ in _NODE_ATTRIBUTES)
    for key, label, *values in connection.execute(f"SELECT key, label, {names} FROM node ORDER BY key"):
        names_it = f"{_attribute('id', key)}{_attribute('label', label)}"
        yield f"<node{names_it}>{_values(_NODE_ATTRIBUTES, values)}</node>\n".encode()
    yield b"</nodes>\n<edges>\n"
    names = ", ".join(name for name, _ in _EDGE_ATTRIBUTES)
    rows = connection.execute(f"SELECT one, other, {names} FROM edge ORDER BY one, other")
    for number, (one, other, *values) in enumerate(rows):
        ends = f"{_attribute('source', one)}{_attribute('target', other)}"
        shown = f'{ends} weight="{values[0] + values[1]}">{_values(_EDGE_ATTRIBUTES, values)}'
        yield f'<edge id="{number}"{shown}</edge>\n'.encode()
    yield b"</edges>\n</graph>\n</gexf>\n"


def _declared(what: str, attributes: Iterable[tuple[str, str]]) -> str:
    lines = "".join(f'<attribute id="{name}" title="{name}" type="{type}"/>\n' for name, type in attributes)
    return f'<attributes class="{what}">\n{lines}</attributes>\n'


def _values(attributes: Iterable[tuple[str, str]], values: Iterable[object]) -> str:
    said = ""
    for (name, type), value in zip(attributes, values, strict=True):
        if value not in (None, ""):
            shown = ("false", "true")[bool(value)] if type == "boolean" else str(value)
            said += f'<attvalue for="{name}"{_attribute("value", shown)}/>'
    return f"<attvalues>{said}</attvalues>"


def _attribute(name: str, value: str) -> str:
    return f" {name}={quoteattr(_legal(tidy(value)))}"


def _legal(text: str) -> str:
    """The text without what XML 1.0 forbids."""
    return _FORBIDDEN.sub("\ufffd", text)
