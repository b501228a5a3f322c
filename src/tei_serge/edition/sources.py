"""What a text was made from: each description in `sourceDesc`, and how they follow each other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from tei_serge.edition.agents import agents_of, responsibilities_of
from tei_serge.edition.elements import local_name
from tei_serge.edition.header_model import Agent, Source, When
from tei_serge.edition.header_words import (
    LANGUAGE,
    children,
    descendants,
    house_words,
    id_of,
    said,
    when_of,
    words_of,
)
from tei_serge.edition.scopes import scopes_of
from tei_serge.edition.titles import titles_of
from tei_serge.xmlfile import Node

__all__ = ["read_sources"]

_BIBLIOGRAPHIC = frozenset(("bibl", "biblStruct", "biblFull", "msDesc"))
_SPOKEN = frozenset(("recording", "scriptStmt"))
_PROSE = frozenset(("p", "ab"))
# Descriptions of what the text mentions, not of where it comes from.
_REGISTERS = frozenset(
    (
        *("listPerson", "listPlace", "listOrg", "listEvent", "listNym", "listObject", "listRelation"),
        *("listWit", "taxonomy", "listApp", "particDesc"),
    )
)
# Where the parts of a description stand that are not those of its series.
_TEXT = ("analytic", "monogr", "")
_WEB = ("http://", "https://")
_ADDRESSES = frozenset(("url", "uri", "urn", "purl", "handle", "permalink", "web"))


@dataclass(slots=True)
class _Parts:
    """The elements of a description, by what they are of: the part, the whole, its series, or all."""

    of: dict[str, list[Node]] = field(default_factory=dict)

    def get(self, name: str, *places: str) -> list[Node]:
        return [one for place in places for one in self.of.get(f"{place}/{name}", ())]

    def any(self, name: str) -> list[Node]:
        return self.get(name, "analytic", "monogr", "", "series")


def read_sources(description: Sequence[Node]) -> tuple[Source, ...]:
    """The sources that elements `sourceDesc` describe, in their order; a nested one after the one it is in.

    A related item is `earlier` for the source that names it. What has no id and is pointed to by another
    gets one that is free.
    """
    taken = {id_of(one) for node in description for one in node.iter(etree.Element)}
    found: list[Source] = []
    # Descriptions wait with the place in `found` of the one that names them, and the relation.
    for node in description:
        for top in _tops(node):
            waiting: list[tuple[Node, int, str]] = [(top, -1, "")]
            while waiting:
                one, parent, relation = waiting.pop()
                source = _read(one)
                if parent >= 0 and not source.id:
                    number = len(found) + 1
                    while f"source-{number}" in taken:
                        number += 1
                    taken.add(f"source-{number}")
                    source = replace(source, id=f"source-{number}")
                if parent >= 0 and not found[parent].earlier:
                    found[parent] = replace(found[parent], relation=relation, earlier=source.id)
                found.append(source)
                place = len(found) - 1
                waiting.extend((inner, place, kind) for inner, kind in reversed(list(_inner(one))))
    known = {source.id for source in found}
    kept = (source if source.earlier in known else replace(source, earlier="") for source in found)
    return tuple(source for source in kept if source.words or source.url or source.earlier)


def _tops(description: Node) -> Iterator[Node]:
    """The descriptions in a `sourceDesc` that stand in no other; prose only where it holds none."""
    waiting = list(reversed(list(description.iterchildren(etree.Element))))
    while waiting:
        node = waiting.pop()
        name = local_name(node)
        if name in _REGISTERS:
            continue
        if name in _BIBLIOGRAPHIC or name in _SPOKEN:
            yield node
        elif name in _PROSE:
            inner = [one for one in descendants(node, *_BIBLIOGRAPHIC) if _outermost(one, node)]
            yield from inner or (node,)
        else:
            waiting.extend(reversed(list(node.iterchildren(etree.Element))))


def _outermost(node: Node, top: Node) -> bool:
    parent = node.getparent()
    while parent is not None and parent is not top:
        if local_name(parent) in _BIBLIOGRAPHIC:
            return False
        parent = parent.getparent()
    return True


def _inner(node: Node) -> Iterator[tuple[Node, str]]:
    """The descriptions of other publications in a description, with their relation to it."""
    for one in children(node, "relatedItem"):
        for inner in children(one, *_BIBLIOGRAPHIC):
            yield inner, said(one, "type")
    if local_name(node) in ("bibl", "biblFull"):
        for inner in children(node, "bibl", "biblStruct"):
            yield inner, said(inner, "type")
        for described in children(node, "sourceDesc"):
            for inner in children(described, *_BIBLIOGRAPHIC):
                yield inner, said(inner, "type")


def _collect(node: Node) -> _Parts:
    """The elements of a description but for those of others that stand in it, and of notes."""
    parts = _Parts()
    places = {"analytic": "analytic", "monogr": "monogr", "series": "series", "seriesStmt": "series"}
    closed = frozenset(
        (
            *("title", "author", "editor", "respStmt", "publisher", "pubPlace", "date", "biblScope", "idno"),
            *("ref", "ptr", "edition", "extent", "note", "textLang", "citedRange", "orgName", "origDate"),
            *(
                "origPlace",
                "repository",
                "settlement",
                "distributor",
                "authority",
                "availability",
                "persName",
            ),
        )
    )
    waiting = [(one, "") for one in reversed(list(node.iterchildren(etree.Element)))]
    while waiting:
        one, place = waiting.pop()
        name = local_name(one)
        if name == "relatedItem" or name in _BIBLIOGRAPHIC or name == "sourceDesc":
            continue
        if name in closed:
            parts.of.setdefault(f"{place}/{name}", []).append(one)
        else:
            inner = places.get(name, place)
            waiting.extend((below, inner) for below in reversed(list(one.iterchildren(etree.Element))))
    return parts


def _read(node: Node) -> Source:
    parts = _collect(node)
    source = _titled(node, parts)
    scopes = scopes_of([*parts.get("biblScope", *_TEXT), *parts.any("citedRange"), *_volumes(parts)])
    part_authors = _agents(parts.get("author", "analytic", ""))
    whole_authors = _agents(parts.get("author", "monogr"))
    pointers = [said(one, "target") for name in ("ref", "ptr") for one in parts.any(name)]
    identifiers = tuple((said(one, "type"), words_of(one)) for one in parts.any("idno"))
    addresses = [value for kind, value in identifiers if kind.lower() in _ADDRESSES or value.startswith(_WEB)]
    related = next(children(node, "relatedItem"), None)
    target = said(related, "target")
    return replace(
        source,
        id=id_of(node),
        type=said(node, "type") or ("manuscript" if local_name(node) == "msDesc" else _spoken(node)),
        series_number=next(iter(_numbers(parts)), ""),
        authors=part_authors or whole_authors,
        container_authors=tuple(one for one in whole_authors if part_authors and one not in part_authors),
        editors=tuple(_with_role(parts, "editor")),
        translators=tuple(_with_role(parts, "translator")),
        language=_language(node, parts),
        volume=scopes.get("volume", ""),
        issue=scopes.get("issue", ""),
        pages=scopes.get("page", ""),
        edition=next(iter(_words(parts.any("edition"))), ""),
        publisher="; ".join(dict.fromkeys(filter(None, map(house_words, _houses(node, parts))))),
        places=tuple(dict.fromkeys(filter(None, map(house_words, _places(parts))))),
        dates=tuple(_dates(parts)),
        url=next((one for one in [*pointers, *addresses] if one.startswith(_WEB)), ""),
        identifiers=tuple(one for one in identifiers if one[1]),
        relation=said(related, "type"),
        earlier=target.removeprefix("#") if target.startswith("#") else "",
        words=words_of(node),
    )


def _spoken(node: Node) -> str:
    return local_name(node) if local_name(node) in _SPOKEN else ""


def _titled(node: Node, parts: _Parts) -> Source:
    """A source with its titles: that of the part, and what the part stands in."""
    loose = parts.get("title", "")
    analytic = parts.get("title", "analytic") + [one for one in loose if said(one, "level") == "a"]
    whole = parts.get("title", "monogr") + [one for one in loose if said(one, "level") not in ("a", "s")]
    series = parts.get("title", "series") + [one for one in loose if said(one, "level") == "s"]
    hosted = [one for one in series if said(one, "level") == "j"]
    if hosted and not analytic:
        analytic, whole, series = whole, hosted, [one for one in series if one not in hosted]
    level = next((said(one, "level") for one in whole if said(one, "level")), "")
    part = bool(analytic) or next(children(node, "analytic"), None) is not None or level in ("j", "s")
    own, holder = (analytic, whole) if part else (whole, [])
    titles, container = titles_of(own), titles_of(holder)
    supplied = any(said(one, "type") == "supplied" for one in whole)
    return Source(
        title=titles.main,
        subtitle=titles.sub,
        level="a" if part else level,
        container=f"{container.main}: {container.sub}" if container.sub else container.main,
        container_level=level if part else "",
        supplied=supplied,
        series=titles_of(series).main,
    )


def _volumes(parts: _Parts) -> list[Node]:
    """Titles that are the number of a volume."""
    return [one for one in parts.get("title", *_TEXT) if said(one, "type").lower() == "volume"]


def _numbers(parts: _Parts) -> Iterator[str]:
    """The numbers that a source has in its series, whatever their unit is called."""
    for one in parts.get("biblScope", "series"):
        yield from filter(None, (said(one, "n") or next(iter(scopes_of([one]).values()), words_of(one)),))


def _agents(nodes: Iterable[Node]) -> tuple[Agent, ...]:
    return tuple(dict.fromkeys(agent for node in nodes for agent in agents_of(node)))


def _with_role(parts: _Parts, role: str) -> Iterator[Agent]:
    """Those of a role, each once; an editor without a role edited."""
    seen: set[str] = set()
    for place in ("analytic", "", "monogr", "series"):
        for holder in {id(one.getparent()): one.getparent() for one in _credited(parts, place)}.values():
            for one in responsibilities_of(holder):
                if one.role == role and one.agent.name not in seen:
                    seen.add(one.agent.name)
                    yield one.agent


def _credited(parts: _Parts, place: str) -> Iterator[Node]:
    for name in ("author", "editor", "respStmt"):
        yield from parts.get(name, place)


def _language(node: Node, parts: _Parts) -> str:
    own = next((said(one, "mainLang") for one in parts.any("textLang") if said(one, "mainLang")), "")
    titles = (said(one, LANGUAGE) for one in parts.get("title", "analytic", "monogr", ""))
    return own or next((code for code in titles if code), "") or said(node, LANGUAGE)


def _houses(node: Node, parts: _Parts) -> list[Node]:
    found = parts.any("publisher") or parts.any("distributor") or parts.any("authority")
    kept = parts.any("repository") or (parts.any("orgName") if said(node, "type") == "document" else [])
    return found or kept


def _places(parts: _Parts) -> list[Node]:
    return parts.any("pubPlace") or parts.any("settlement") or parts.any("origPlace")


def _words(nodes: Iterable[Node]) -> Iterator[str]:
    return (words for words in map(words_of, nodes) if words)


def _dates(parts: _Parts) -> Iterator[When]:
    for node in parts.any("date"):
        when = when_of(node, "publication")
        if when.words or any(when.dates):
            yield when
    yield from (when_of(node, "composition") for node in parts.any("origDate"))
