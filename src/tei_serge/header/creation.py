"""When a text was written: the evidence in its order, and what speaks against it."""

from collections.abc import Sequence
from typing import NamedTuple

from tei_serge.dates import bounds, same_time
from tei_serge.header.model import Attributes, CreationDate, DateStatement, Publication

__all__ = ["Evidence", "decide_creation"]


class Evidence(NamedTuple):
    """All dates that bear on the creation of a text, by where they stand."""

    stated: Sequence[tuple[str, DateStatement]]  # label as in the source, date
    dateline: DateStatement | None
    masthead: DateStatement | None
    publications: Sequence[Publication]
    undated: bool = False


def decide_creation(evidence: Evidence) -> tuple[CreationDate, ...]:
    """Take the best date of creation and keep the others beside it; empty if there is no date at all.

    Order: line "Written" or "Delivered", dateline that stands alone, day under the title, first publication,
    masthead. A masthead year before the year of publication opens a span instead.
    """
    masthead = evidence.masthead
    printed = _first_printed(evidence.publications)
    taken = _taken(evidence, printed)
    if taken is None:
        return ()
    others: list[CreationDate] = []
    known = masthead and masthead.attributes and masthead.type == "masthead"
    if masthead and known and taken.type != "masthead" and "masthead" not in taken.reason:
        others.append(_beside("masthead", masthead, taken, printed))
    if printed and printed.attributes and taken.type != "publication" and "not after" not in taken.reason:
        others.append(_beside("publication", printed, taken))
    return (taken, *others)


def _beside(
    kind: str, date: DateStatement, taken: CreationDate, printed: DateStatement | None = None
) -> CreationDate:
    """A date that was not taken, with what it has to say; `printed` is the date of the first publication."""
    if same_time(date.attributes, taken.attributes):
        return CreationDate(kind, date.text, date.attributes, "internal", "agrees")
    if kind == "publication":
        rule = "rH6" if _before(date, taken) else "rH9"
        return CreationDate(
            kind, date.text, date.attributes, "internal", "date of the first publication", rule
        )
    if printed and printed.attributes and same_time(date.attributes, printed.attributes):
        return CreationDate(kind, date.text, date.attributes, "internal", "is that of the first publication")
    attributes = (*(pair for pair in date.attributes if pair[0] != "cert"), ("cert", "low"))
    return CreationDate(
        kind, date.text, attributes, "internal", "contradicts this and is not followed", "rH6"
    )


def _taken(evidence: Evidence, printed: DateStatement | None) -> CreationDate | None:
    for label, date in evidence.stated:
        if date.attributes:
            kind = "delivery" if label.lower().startswith("delivered") else "composition"
            return CreationDate(kind, date.text, date.attributes, "internal", f"from the line “{label}”")
    if evidence.dateline and evidence.dateline.attributes:
        date = evidence.dateline
        return CreationDate("composition", date.text, date.attributes, "internal", "from the dateline")
    masthead = evidence.masthead if evidence.masthead and evidence.masthead.attributes else None
    if masthead and _is_day(masthead):
        if printed and _is_day(printed) and same_time(printed.attributes, masthead.attributes):
            return _published(printed)
        return CreationDate(
            "composition",
            masthead.text,
            masthead.attributes,
            "internal",
            "the day that stands under the title",
        )
    if printed and masthead and _before(masthead, printed):
        return _between(masthead, printed)
    if printed and evidence.undated:
        return _not_after(printed)
    if printed:
        return _published(printed)
    if masthead:
        attributes = _with_cert(masthead.attributes, "medium")
        return CreationDate(
            "masthead", masthead.text, attributes, "internal", "from the masthead; the text has no other date"
        )
    return None


def _published(printed: DateStatement) -> CreationDate:
    return CreationDate(
        "publication",
        printed.text,
        _with_cert(printed.attributes, "medium"),
        "internal",
        "date of publication; no earlier date is stated",
    )


def _between(masthead: DateStatement, printed: DateStatement) -> CreationDate:
    """A masthead year before the first publication: written then or later, not after it was printed."""
    low, high = _value(masthead.attributes), _last(printed.attributes)
    return CreationDate(
        "composition",
        f"between {masthead.text} and {printed.text}",
        (("notBefore", low), ("notAfter", high), ("cert", "medium")),
        "internal",
        "not before the date of the masthead and not after the first publication",
    )


def _not_after(printed: DateStatement) -> CreationDate:
    """A text that its source calls undated: it is only not later than its publication."""
    return CreationDate(
        "composition",
        printed.text,
        (("notAfter", _last(printed.attributes)), ("cert", "low")),
        "internal",
        "the source calls the text undated; it is not after its publication",
    )


def _with_cert(attributes: Attributes, cert: str) -> Attributes:
    names = [name for name, _ in attributes]
    return attributes if "cert" in names else (*attributes, ("cert", cert))


def _value(attributes: Attributes) -> str:
    return next((value for name, value in attributes if name != "cert"), "")


def _last(attributes: Attributes) -> str:
    values = dict(attributes)
    return values.get("to") or values.get("notAfter") or values.get("when") or ""


def _is_day(date: DateStatement) -> bool:
    return len(_value(date.attributes).lstrip("-")) == 10


def _before(one: DateStatement, other: DateStatement | CreationDate) -> bool:
    first, second = bounds(one.attributes), bounds(other.attributes)
    return bool(first and second and first.last < second.first)


def _first_printed(publications: Sequence[Publication]) -> DateStatement | None:
    """The date of the publication that is taken for the original."""
    for publication in publications:
        if publication.type == "original-publication" and publication.id == "src-original":
            dates = [date for date in publication.dates if date.attributes]
            if dates:
                return (
                    dates[-1]
                    if len(dates) == 1
                    else max(dates, key=lambda date: len(_value(date.attributes)))
                )
    return None
