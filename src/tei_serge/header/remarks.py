"""Where the source contradicts itself or has lost words: remarks for `notesStmt`, and diagnostics."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import regex

from tei_serge.dates import bounds
from tei_serge.diagnostics import Diagnostic, Span, diagnostic
from tei_serge.header.chain import order_breaks
from tei_serge.header.fields import Fields
from tei_serge.header.model import CreationDate, DateStatement, Licence, Publication, Remark
from tei_serge.header.tables import imprint

__all__ = ["Finding", "conflicts", "defects"]


class Finding(NamedTuple):
    """A remark and the diagnostic that reports it."""

    remark: Remark
    diagnostic: Diagnostic


def conflicts(
    creation: Sequence[CreationDate],
    masthead: DateStatement | None,
    publications: Sequence[Publication],
    fields: Fields,
    licence: Licence | None,
) -> Iterator[Finding]:
    """The statements of the header that cannot all be right."""
    taken = creation[0] if creation else None
    if taken and masthead and any(date.rule == "rH6" and date.type == "masthead" for date in creation):
        yield _conflict(
            "date",
            masthead.span,
            f"The masthead gives “{masthead.text}”, but the date taken as that of creation is “{taken.text}”"
            f" ({taken.reason}). Both are kept; the masthead has low certainty. See creation.",
            "HDR-002",
            one=masthead.text,
            other=taken.text,
        )
    if taken and taken.type in ("composition", "delivery"):
        yield from _written_after_print(taken, publications)
    for later, earlier in order_breaks(publications):
        one, other = _dated(later), _dated(earlier)
        yield _conflict(
            "order",
            later.span,
            f"A later publication ({one}) is dated before the first one ({other}). Both dates are kept;"
            " the two are not chained.",
            "HDR-003",
            one=one,
            other=other,
        )
    yield from _translation_year(fields, licence)


def _conflict(n: str, span: Span | None, text: str, code: str, **values: str) -> Finding:
    return Finding(Remark("conflict", n, text, span, "rH6"), diagnostic(code, span, **values))


def _dated(publication: Publication) -> str:
    title = publication.titles[0].text if publication.titles else publication.type
    return ", ".join([title, *(date.text for date in publication.dates)])


def _written_after_print(taken: CreationDate, publications: Sequence[Publication]) -> Iterator[Finding]:
    written = bounds(taken.attributes)
    for publication in publications:
        if publication.id != "src-original":
            continue
        printed = [limits for date in publication.dates if (limits := bounds(date.attributes))]
        if written and printed and all(limits.last < written.first for limits in printed):
            yield _conflict(
                "publication",
                publication.span,
                f"The text is dated “{taken.text}” ({taken.reason}), but was published before that"
                f" ({_dated(publication)}). Both dates are kept.",
                "HDR-004",
                one=taken.text,
                other=_dated(publication),
            )


def _translation_year(fields: Fields, licence: Licence | None) -> Iterator[Finding]:
    years = [
        (date.text, value[:4])
        for date in fields.credits.dates
        if date.type == "translation"
        for name, value in date.attributes
        if name != "cert"
    ]
    if licence and licence.when and years and licence.name != "public domain":
        text, year = years[0]
        if year > licence.when:
            yield _conflict(
                "translation-year",
                None,
                f"The source says that it was translated in {text} but bears a licence statement of"
                f" {licence.when}. Both are kept; the translation is dated {text}, the licence statement"
                f" {licence.when}.",
                "HDR-005",
                one=text,
                other=licence.when,
            )


@cache
def _patterns() -> tuple[tuple[regex.Pattern[str], dict[str, Any]], ...]:
    return tuple((regex.compile(row["pattern"]), row) for row in imprint()["defects"])


def defects(text: str, fields: Fields) -> Iterator[Finding]:
    """Words lost from the formulae of the front block."""
    for keys, label, span in fields.lines:
        words = text[span.start : span.end]
        for pattern, row in _patterns():
            match = pattern.search(words) if set(keys) & set(row["keys"]) else None
            if match:
                at = Span(span.start + match.start(), span.start + match.end())
                quoted = " ".join(match["words"].split())
                name = label or "front block"
                if match.start() <= len(label) + 3:
                    wording = row["text"].replace("{label}: … {words}", "{label}: {words}")
                else:
                    wording = row["text"]
                yield Finding(
                    Remark("source-defect", row["n"], wording.format(label=name, words=quoted), at, "rH10"),
                    diagnostic("HDR-006", at, words=f"{name}: … {quoted}" if label else quoted),
                )
