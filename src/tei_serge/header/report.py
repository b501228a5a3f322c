"""What the header reports beside contradictions: absences, unread lines, impossible days."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tei_serge.diagnostics import Diagnostic, diagnostic
from tei_serge.header.fields import Fields
from tei_serge.header.marks import RULE_DATE
from tei_serge.header.masthead import Masthead
from tei_serge.header.model import CreationDate, Header, Remark
from tei_serge.model import Annotation, Cert, Mark

__all__ = ["absences", "impossible_days", "masthead_marks", "unread_lines"]


def masthead_marks(above: Masthead, creation: Sequence[CreationDate]) -> Iterator[Annotation]:
    """The marks of the masthead; a date that other evidence contradicts has low certainty."""
    wrong = any(date.type == "masthead" and date.rule == "rH6" for date in creation)
    for mark in above.marks:
        if wrong and above.date and mark.span == above.date.span:
            kept = tuple(pair for pair in mark.attributes if pair[0] != "cert")
            decision = RULE_DATE._replace(
                rule="rH6", reason="contradicted by better evidence of the date", cert=Cert.LOW
            )
            yield replace(mark, attributes=(*kept, ("cert", "low")), decision=decision)
        else:
            yield mark


def unread_lines(text: str, fields: Fields) -> Iterator[Remark]:
    """The lines of the front block that no rule reads, verbatim."""
    for span in fields.unread:
        yield Remark("statement", "unread", " ".join(text[span.start : span.end].split()), span, "rH3")


def absences(above: Masthead, header: Header, several: bool) -> Iterator[Diagnostic]:
    """What the header should have and the text does not say."""
    if not header.titles:
        yield diagnostic("HDR-007")
    if not header.authors:
        yield diagnostic("HDR-008")
    if not header.creation:
        yield diagnostic("HDR-009")
    if above.undated:
        yield diagnostic("HDR-010")
    if several and not any(date.reason.startswith("from the line") for date in header.creation):
        yield diagnostic("HDR-011")
    if header.licence and not header.licence.target and header.licence.status == "free":
        yield diagnostic("HDR-012", wording=header.licence.wording[:80])


def impossible_days(annotations: Sequence[Annotation], text: str) -> Iterator[Diagnostic]:
    """The dates without a value: days that the calendar does not have."""
    for annotation in annotations:
        names = {name for name, _ in annotation.attributes}
        if annotation.mark is Mark.DATE and not names - {"type"}:
            yield diagnostic(
                "HDR-013", annotation.span, words=text[annotation.span.start : annotation.span.end]
            )
