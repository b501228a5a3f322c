"""The extent of a publication, and moving all its spans together."""

from collections.abc import Sequence
from dataclasses import replace

from tei_serge.diagnostics import Span
from tei_serge.header.model import Identifier, Name, Publication, Scope, Title

__all__ = ["shifted", "spanned"]


def shifted(publication: Publication, offset: int) -> Publication:
    """The same publication with all its spans moved."""

    def moved(span: Span | None) -> Span | None:
        return Span(span.start + offset, span.end + offset) if span else None

    def names(group: Sequence[Name]) -> tuple[Name, ...]:
        return tuple(replace(name, span=moved(name.span)) for name in group)

    def titles(group: Sequence[Title]) -> tuple[Title, ...]:
        return tuple(replace(title, span=moved(title.span)) for title in group)

    return replace(
        publication,
        span=moved(publication.span),
        titles=titles(publication.titles),
        analytic=titles(publication.analytic),
        authors=names(publication.authors),
        editors=names(publication.editors),
        publishers=names(publication.publishers),
        places=names(publication.places),
        repositories=names(publication.repositories),
        scopes=tuple(
            Scope(s.unit, s.text, s.attributes, Span(s.span.start + offset, s.span.end + offset))
            for s in publication.scopes
        ),
        identifiers=tuple(
            Identifier(i.type, i.text, Span(i.span.start + offset, i.span.end + offset))
            for i in publication.identifiers
        ),
        dates=tuple(replace(date, span=moved(date.span)) for date in publication.dates),
    )


def spanned(publication: Publication, text: str, offset: int) -> Publication | None:
    """Give the publication its extent; None if nothing was found in the statement."""
    spans = [publication.span] if publication.span else []
    spans += [
        item.span
        for group in (
            publication.titles,
            publication.analytic,
            publication.authors,
            publication.editors,
            publication.publishers,
            publication.places,
            publication.scopes,
            publication.dates,
            publication.identifiers,
            publication.repositories,
        )
        for item in group
        if item.span
    ]
    if not spans:
        return None
    low, high = min(span.start for span in spans), max(span.end for span in spans)
    inside = text[low - offset : high - offset]
    for opened, closed in ("()", "[]"):
        if (
            inside.count(opened) == inside.count(closed) + 1
            and text[high - offset : high - offset + 1] == closed
        ):
            high += 1
    return replace(publication, span=Span(low, high))
