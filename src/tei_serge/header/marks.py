"""Annotations over the front text: what the header read, said of the words that it was read from."""

from collections.abc import Iterable, Iterator, Sequence

from tei_serge.diagnostics import Span
from tei_serge.header.model import Attributes, Credit, DateStatement, Name, Publication
from tei_serge.model import Annotation, Decision, Mark

__all__ = [
    "mark_author",
    "mark_credits",
    "mark_date",
    "mark_name",
    "mark_place",
    "mark_publication",
    "nested",
]

RULE_DATE = Decision("rD1", "the words give the value in full")
_STATEMENT = Decision("rH7", "read as the description of a publication")
_CREDIT = Decision("rH8", "a name in a line of credits")


def mark_name(name: Name, role: str = "", decision: Decision | None = None) -> Iterator[Annotation]:
    """A person or a body, with the role where there is one."""
    if name.span:
        attributes: Attributes = (("role", role),) if role and name.person else ()
        yield Annotation(name.span, Mark.PERSON if name.person else Mark.ORGANISATION, attributes, decision)


def mark_author(
    name: Name, mark: Mark = Mark.AUTHOR, decision: Decision | None = None
) -> Iterator[Annotation]:
    """An author: of the text (`DOCUMENT_AUTHOR`) or of a publication, with the name inside."""
    if name.span:
        yield Annotation(name.span, mark, (), decision)
        yield from mark_name(name)


def mark_date(date: DateStatement, decision: Decision = RULE_DATE) -> Iterator[Annotation]:
    """A date with its value; one without a value (a day that does not exist) is marked all the same."""
    if date.span:
        kind: Attributes = (("type", date.type),) if date.type else ()
        yield Annotation(date.span, Mark.DATE, (*kind, *date.attributes), decision)


def mark_place(name: Name) -> Iterator[Annotation]:
    """A place."""
    if name.span:
        yield Annotation(name.span, Mark.PLACE)


def mark_credits(credits: Sequence[Credit], bodies: Sequence[Name]) -> Iterator[Annotation]:
    """The names of a line of credits, each once, and the bodies that it was done for."""
    seen: set[Span | None] = set()
    for credit in credits:
        if credit.name.span not in seen:
            seen.add(credit.name.span)
            yield from mark_name(credit.name, credit.role, _CREDIT)
    for body in bodies:
        yield from mark_name(body)


def mark_publication(publication: Publication) -> Iterator[Annotation]:
    """A statement of publication as `BIBLIOGRAPHY` with its parts."""
    if publication.span is None:
        return
    pointer: Attributes = (("corresp", f"#{publication.id}"),) if publication.id else ()
    yield Annotation(publication.span, Mark.BIBLIOGRAPHY, pointer, _STATEMENT)
    for title in (*publication.analytic, *publication.titles):
        if title.span:
            language: Attributes = (("xml:lang", title.language),) if title.language not in ("", "en") else ()
            yield Annotation(title.span, Mark.TITLE, (("level", title.level), *language))
    for name in publication.authors:
        yield from mark_author(name)
    for name in publication.editors:
        yield from mark_author(name, Mark.EDITOR)
    for name in publication.publishers:
        if name.span:
            yield Annotation(name.span, Mark.PUBLISHER)
            yield from mark_name(name)
    for name in publication.places:
        if name.span:
            yield Annotation(name.span, Mark.PUBLICATION_PLACE)
            yield from mark_place(name)
    for name in publication.repositories:
        yield from mark_name(name)
    for scope in publication.scopes:
        yield Annotation(scope.span, Mark.SCOPE, (("unit", scope.unit), *scope.attributes))
    for identifier in publication.identifiers:
        kind = identifier.type if identifier.type == "ISBN" else "local"
        yield Annotation(identifier.span, Mark.IDENTIFIER, (("type", kind),))
    for date in publication.dates:
        yield from mark_date(date)


# What stands directly in a description of a publication, and nowhere else.
_BIBLIOGRAPHIC = frozenset(
    {
        Mark.AUTHOR,
        Mark.EDITOR,
        Mark.SCOPE,
        Mark.PUBLISHER,
        Mark.PUBLICATION_PLACE,
        Mark.IDENTIFIER,
    }
)
_PLAIN = frozenset({Mark.IDENTIFIER, Mark.LABEL})  # marks that hold nothing but characters


def nested(annotations: Iterable[Annotation]) -> tuple[Annotation, ...]:
    """Sort annotations and keep what nests: one that crosses or repeats another is left out.

    So is one that stands where its element cannot, such as a place of publication inside a title.

    Annotations over the same span keep their order, the first outermost.
    """
    kept: list[Annotation] = []
    around: list[Annotation] = []
    seen: set[tuple[Span, Mark]] = set()
    for annotation in sorted(annotations, key=lambda item: (item.span.start, -item.span.end)):
        span = annotation.span
        while around and around[-1].span.end <= span.start:
            around.pop()
        if span.start >= span.end or (span, annotation.mark) in seen or not _fits(annotation, around):
            continue
        seen.add((span, annotation.mark))
        around.append(annotation)
        kept.append(annotation)
    return tuple(kept)


def _fits(annotation: Annotation, around: Sequence[Annotation]) -> bool:
    """Whether an annotation may stand inside the innermost one around it."""
    parent = around[-1] if around else None
    if parent and (annotation.span.end > parent.span.end or parent.mark in _PLAIN):
        return False
    alone = annotation.mark in _BIBLIOGRAPHIC
    return not alone or (parent is not None and parent.mark is Mark.BIBLIOGRAPHY)
