"""Read the header of a TEI text, of our own encodings and of any other project's."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from lxml import etree

from tei_serge.edition.agents import agent_of, agents_of, responsibilities_of
from tei_serge.edition.elements import local_name
from tei_serge.edition.header_model import Agent, Header, Letter, Principle, When
from tei_serge.edition.header_words import (
    LANGUAGE,
    child,
    children,
    dates_of,
    descendants,
    house_words,
    id_of,
    paragraphs,
    said,
    when_of,
    words_of,
)
from tei_serge.edition.licence import read_licence
from tei_serge.edition.sources import read_sources
from tei_serge.edition.titles import titles_of
from tei_serge.tables import read_table
from tei_serge.xmlfile import Node

__all__ = ["read_header"]

# What the header of a corpus says of each of its texts.
_INHERITED = (
    *("title", "authors", "responsibilities", "edition", "series", "publisher", "publication_place"),
    *("published", "licence", "sources", "languages", "principles", "encoder"),
)


def read_header(tei: Node) -> Header:
    """The header of a `TEI` element; what it does not say stays empty, whatever it looks like.

    In a `teiCorpus` the headers around it fill in what its own lacks, the nearest first, and the title of
    the corpus is its series. Raises nothing: an element of the wrong kind has no words.
    """
    header = _read(tei)
    for corpus in tei.iterancestors():
        if local_name(corpus) in ("teiCorpus", "TEI"):
            header = _filled(header, _read(corpus))
    return header


def _filled(header: Header, corpus: Header) -> Header:
    """A header with what that of its corpus says."""
    around: dict[str, Any] = {name: getattr(corpus, name) for name in _INHERITED}
    around["series"] = corpus.title if header.title else corpus.series
    missing = {name: value for name, value in around.items() if not any((getattr(header, name),))}
    if not header.licence.words and not header.licence.target:
        missing["licence"] = corpus.licence
    return replace(header, **missing)


def _read(tei: Node) -> Header:
    head = child(tei, "teiHeader")
    file, profile, encoding = child(head, "fileDesc"), child(head, "profileDesc"), child(head, "encodingDesc")
    statement, publication = child(file, "titleStmt"), child(file, "publicationStmt")
    titles = titles_of(children(statement, "title"))
    languages = tuple(_languages(profile))
    return Header(
        title=titles.main,
        subtitle=titles.sub,
        other_titles=titles.others,
        authors=tuple(_authors(statement)),
        responsibilities=tuple(dict.fromkeys(responsibilities_of(statement))),
        edition=" ".join(map(words_of, children(child(file, "editionStmt"), "edition", "p"))).strip(),
        series=_series(file),
        publisher=_said_by(publication, "publisher", "authority", "distributor"),
        publication_place=_said_by(publication, "pubPlace", between=", "),
        published=_published(file),
        identifiers=tuple(_identifiers(publication)),
        licence=read_licence(publication),
        sources=read_sources(list(children(file, "sourceDesc"))),
        created=tuple(_created(profile)),
        language=_language(tei, languages),
        languages=languages,
        genres=tuple(dict.fromkeys(_genres(tei, profile))),
        keywords=tuple(dict.fromkeys(_keywords(profile))),
        abstract=tuple(words for one in children(profile, "abstract") for words in paragraphs(one)),
        notes=tuple(_notes(file)),
        extent=tuple(_extent(file)),
        letter=tuple(_letter(profile)),
        principles=tuple(_principles(encoding)),
        encoder=_encoder(encoding),
        changes=tuple(_changes(child(head, "revisionDesc"))),
    )


def _said_by(node: Node | None, *names: str, between: str = "; ") -> str:
    """Who published, or where: the elements of the first of these names that have words."""
    for name in names:
        if found := dict.fromkeys(filter(None, map(house_words, descendants(node, name)))):
            return between.join(found)
    return ""


def _authors(statement: Node | None) -> Iterator[Agent]:
    seen: set[str] = set()
    credited = {one.agent.name for one in responsibilities_of(statement) if one.words and one.role}
    for node in children(statement, "author"):
        for agent in agents_of(node):
            if agent.name not in seen and not (said(node, "role") and agent.name in credited):
                seen.add(agent.name)
                yield agent


def _series(file: Node | None) -> str:
    statement = child(file, "seriesStmt")
    return titles_of(children(statement, "title")).main or words_of(child(statement, "p"))


def _published(file: Node | None) -> When | None:
    dates = [
        *children(child(file, "publicationStmt"), "date"),
        *descendants(child(file, "editionStmt"), "date"),
    ]
    stated = (when_of(one, "publication") for one in dates)
    return next((when for when in stated if when.words or any(when.dates)), None)


def _identifiers(publication: Node | None) -> Iterator[tuple[str, str]]:
    for node in descendants(publication, "idno"):
        if next(children(node, "idno"), None) is None and (words := words_of(node)):
            yield said(node, "type"), words


def _languages(profile: Node | None) -> Iterator[tuple[str, str]]:
    for node in descendants(child(profile, "langUsage"), "language"):
        if said(node, "ident") or words_of(node):
            yield said(node, "ident"), words_of(node)


def _language(tei: Node, languages: Sequence[tuple[str, str]]) -> str:
    """The language of the text: what the text says, else the whole, else the one used most."""
    own = (
        said(child(tei, "text"), LANGUAGE)
        or said(child(tei, "text", "body"), LANGUAGE)
        or said(tei, LANGUAGE)
    )
    if own:
        return own
    usage = child(tei, "teiHeader", "profileDesc", "langUsage")
    shares = [(_number(said(one, "usage")), said(one, "ident")) for one in descendants(usage, "language")]
    most = max((share for share, ident in shares if ident), default=0)
    return next((ident for share, ident in shares if ident and share == most), "")


def _number(value: str) -> int:
    digits = value.strip(" %").partition(".")[0]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 4 else 0


def _genres(tei: Node, profile: Node | None) -> Iterator[str]:
    """The categories that `catRef` points to, in the words of their taxonomy, and the class codes."""
    categories = _categories(tei)
    for node in descendants(child(profile, "textClass"), "catRef", "classCode"):
        if local_name(node) == "classCode":
            yield from filter(None, (words_of(node),))
        for pointer in said(node, "target").split():
            yield from filter(None, (categories.get(pointer.removeprefix("#"), ""),))
    for node in descendants(child(profile, "textClass"), "term"):
        if _of_genre(node):
            yield from filter(None, (words_of(node),))


def _categories(tei: Node) -> dict[str, str]:
    """The words of each category that the headers of a text declare, its own before those around it."""
    found: dict[str, str] = {}
    for holder in (tei, *tei.iterancestors()):
        declared = child(holder, "teiHeader", "encodingDesc", "classDecl")
        for node in descendants(declared, "category"):
            described = next(children(node, "catDesc", "gloss", "label", "desc"), None)
            term = words_of(child(described, "term")) if described is not None else ""
            found.setdefault(id_of(node), term or words_of(described) or said(node, "n"))
    return found


def _of_genre(term: Node) -> bool:
    around = [term, *term.iterancestors(f"{{{etree.QName(term).namespace}}}keywords")]
    return any("genre" in f"{said(one, 'type')} {said(one, 'scheme')}".lower() for one in around)


def _keywords(profile: Node | None) -> Iterator[str]:
    for node in descendants(child(profile, "textClass"), "keywords"):
        terms = list(descendants(node, "term")) or list(descendants(node, "item"))
        yield from (words for one in terms if not _of_genre(one) and (words := words_of(one)))


def _created(profile: Node | None) -> Iterator[When]:
    """The dates of `creation`; its own attributes or words where it has no `date`."""
    for node in children(profile, "creation"):
        for one in list(descendants(node, "date", "origDate")) or [node]:
            when = when_of(one, "composition")
            if any(when.dates) or (when.words and one is not node):
                yield when


def _notes(file: Node | None) -> Iterator[tuple[str, str]]:
    for node in children(child(file, "notesStmt"), "note"):
        if words := words_of(node):
            yield said(node, "type"), words


def _extent(file: Node | None) -> Iterator[tuple[str, str, str]]:
    node = child(file, "extent")
    measures = list(descendants(node, "measure", "num"))
    for one in measures:
        words = words_of(one)
        bare = words.replace(",", "").replace(" ", "")
        quantity = said(one, "quantity", "value") or (bare if bare.isascii() and bare.isdigit() else "")
        if words or quantity:
            yield said(one, "unit", "type"), quantity, words
    if not measures and (words := words_of(node)):
        yield "", "", words


def _letter(profile: Node | None) -> Iterator[Letter]:
    for node in descendants(profile, "correspAction"):
        places = (
            words_of(one) for one in children(node, "placeName", "settlement", "name") if _is_place(one)
        )
        agents = [one for one in children(node, "persName", "orgName", "name", "rs") if not _is_place(one)]
        yield Letter(
            said(node, "type"),
            tuple(agent for agent in map(agent_of, agents) if agent.name),
            tuple(place for place in places if place),
            dates_of(child(node, "date")),
        )


def _is_place(node: Node) -> bool:
    return local_name(node) in ("placeName", "settlement") or said(node, "type") == "place"


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = read_table("edition/header")["principles"]
    return names


def _principles(encoding: Node | None) -> Iterator[Principle]:
    """What the header says of how the text was encoded, part by part."""
    names = _names()
    for node in children(encoding, *names, "p"):
        parts = [one for one in node.iterchildren(etree.Element) if local_name(one) in names]
        own = [words_of(one) for one in children(node, "p", "ab")] if parts else paragraphs(node)
        stated = [(local_name(node), tuple(filter(None, own)))]
        stated += [(local_name(one), paragraphs(one)) for one in parts]
        for name, words in stated:
            if words:
                yield Principle(names.get(name, names["encodingDesc"]), words)


def _encoder(encoding: Node | None) -> str:
    for node in descendants(encoding, "application"):
        name = words_of(child(node, "label")) or said(node, "ident")
        version = said(node, "version")
        if name:
            return name if not version or version in name else f"{name} {version}"
    return ""


def _changes(revision: Node | None) -> Iterator[tuple[str, str]]:
    """Each change; the items of a list only where it is a list of changes, not of what one change did."""
    changes = list(descendants(revision, "change")) or list(descendants(revision, "item"))
    for node in changes:
        if next(descendants(node, "change"), None) is not None:
            continue
        date = child(node, "date")
        when = said(node, "when", "when-iso", "from", "notBefore", "to", "notAfter") or said(date, "when")
        if words := words_of(node, notes=True):
            yield when, words
