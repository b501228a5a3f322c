"""The publications of a text in their order: online edition, reprints, original, each to the next."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from tei_serge.dates import bounds
from tei_serge.header.model import Credit, DateStatement, Publication, Relation, Title

__all__ = ["build_chain", "order_breaks"]


def build_chain(
    publications: Sequence[Publication], online: Publication | None, credits: Sequence[Credit], year: str
) -> tuple[Publication, ...]:
    """Give every publication its id and type, and the relation to the one it derives from.

    `year` is that of the masthead: a lone book of that year is taken for the original. The result runs from
    the online edition to the original; publications outside the chain stand at the end.
    """
    original = _original(publications, year)
    later = [
        p for p in publications if p is not original and p.type != "manuscript" and not _aside(p, original)
    ]
    later.sort(key=_rank)
    chain = [*_reprints(later, original)]
    if original:
        chain.append(replace(original, id="src-original", type="original-publication"))
    if online:
        chain.insert(0, _translation(online, chain, credits))
    linked = [
        replace(p, relation=_relation(p, following, credits)) if following and _in_order(p, following) else p
        for p, following in zip(chain, [*chain[1:], None], strict=False)
    ]
    aside = [p for p in publications if p is not original and (p.type == "manuscript" or _aside(p, original))]
    return (*linked, *_numbered(aside))


def _translation(
    online: Publication, printed: Sequence[Publication], credits: Sequence[Credit]
) -> Publication:
    """The online edition, a translation if there is a translator and its model is in another language."""
    foreign = printed and printed[0].language not in ("", online.language)
    translated = foreign and any(credit.role == "translator" for credit in credits)
    return replace(online, type="online-translation") if translated else online


def _rank(publication: Publication) -> int:
    """How near to the online text: this version, then the source, then other reprints."""
    order = (
        "this-version",
        "source",
        "translation",
        "re-published",
        "published",
        "publisher",
        "first-published",
    )
    return order.index(publication.key) if publication.key in order else len(order)


def _original(publications: Sequence[Publication], year: str) -> Publication | None:
    """First published, else published, else a periodical, or a book of the text's own year."""
    candidates = [p for p in publications if p.type != "manuscript" and not _part_only(p)]
    for key in ("first-published", "published", "publisher"):
        for publication in candidates:
            if publication.key == key:
                return publication
    for publication in candidates:
        if publication.periodical and publication.key != "translation":
            return publication
    books = [p for p in candidates if any(date.attributes and _value(date)[:4] == year for date in p.dates)]
    return books[0] if year and books else None


def _part_only(publication: Publication) -> bool:
    """Whether the statement is about a part of the text ("The Resolution was published in …")."""
    return any(title.span is None for title in publication.analytic)


def _aside(publication: Publication, original: Publication | None) -> bool:
    """Whether a publication is no link of the chain: a part of the text, or printed beside the original."""
    same = original is not None and publication.key == original.key and publication.key != "source"
    return _part_only(publication) or same


def _value(date: DateStatement) -> str:
    return next((value for name, value in date.attributes if name != "cert"), "")


def _reprints(later: Sequence[Publication], original: Publication | None) -> Iterator[Publication]:
    kind = "reprint" if original else "edition"
    for number, publication in enumerate(later, 1):
        suffix = "" if number == 1 else f"-{number}"
        yield replace(publication, id=f"src-{kind}{suffix}", type=kind)


def _numbered(aside: Sequence[Publication]) -> Iterator[Publication]:
    documents = 0
    for number, publication in enumerate(aside, 2):
        if publication.type == "manuscript":
            documents += 1
            yield replace(publication, id=f"src-document{'' if documents == 1 else f'-{documents}'}")
        else:
            yield replace(publication, id=f"src-original-{number}", type="original-publication")


def _relation(publication: Publication, following: Publication, credits: Sequence[Credit]) -> Relation:
    """How a publication derives from the next in the chain."""
    if publication.type == "online-translation":
        return Relation("translated-from", f"#{following.id}")
    if publication.type.startswith("online"):
        return Relation("transcribed-from", f"#{following.id}")
    languages = {publication.language, following.language}
    translated = len(languages) == 2 and "" not in languages
    if translated and any(credit.role == "translator" for credit in credits):
        return Relation("translated-from", f"#{following.id}")
    return Relation("reprint-of", f"#{following.id}")


def _span(publication: Publication) -> tuple[str, str] | None:
    """First and last day of all dates of a publication."""
    found = [limits for date in publication.dates if (limits := bounds(date.attributes))]
    return (min(b.first for b in found), max(b.last for b in found)) if found else None


def _in_order(later: Publication, earlier: Publication) -> bool:
    """Whether a publication can derive from another: it is not dated before it."""
    first, second = _span(later), _span(earlier)
    return not (first and second) or first[1] >= second[0]


def order_breaks(chain: Sequence[Publication]) -> tuple[tuple[Publication, Publication], ...]:
    """The neighbours of the chain whose dates contradict it: a derived text dated before its model."""
    links = [p for p in chain if p.type != "manuscript" and not p.id.startswith("src-original-")]
    return tuple(
        (later, earlier)
        for later, earlier in pairwise(links)
        if not later.type.startswith("online") and not _in_order(later, earlier)
    )


def online_edition(
    titles: Sequence[Title],
    site: Title | None,
    dates: Sequence[DateStatement],
    credits: Sequence[Credit],
    language: str,
    *,
    translated: bool,
) -> Publication | None:
    """The online edition that the text was taken from; None where the text says nothing of one."""
    if site is None and not dates:
        return None
    roles = {credit.role for credit in credits}
    kind = (
        "online-translation"
        if translated
        else "online-transcription"
        if roles & {"transcriber", "markup"}
        else "online-edition"
    )
    return Publication(
        "online-version",
        None,
        id="src-online",
        type=kind,
        analytic=tuple(titles),
        titles=(site,) if site else (),
        dates=tuple(dates),
        language=language,
    )
