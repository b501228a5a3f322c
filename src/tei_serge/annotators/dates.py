"""The dates of the running text: found, resolved by the zones of the document, said as annotations."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from tei_serge.annotators.running import FRONT, Taken, filled_leaves, parted
from tei_serge.annotators.zones import document_zones
from tei_serge.config import Config
from tei_serge.diagnostics import Diagnostic, Span, diagnostic
from tei_serge.model import Annotation, Block, Cert, Decision, Document, Kind, Mark
from tei_serge.temporal.compose import Dating, compose
from tei_serge.temporal.context import Resolved
from tei_serge.temporal.dates import is_tagged
from tei_serge.temporal.events import find_event_dates
from tei_serge.temporal.finder import find_expressions
from tei_serge.temporal.resolver import resolve

_TITLES = frozenset({Kind.TITLE, Kind.SUBTITLE})
# The rule that a date names in the taxonomy, by the way in which it was resolved.
_RULES = {
    "explicit": "rD1", "reference": "rD2", "list": "rD3", "deictic": "rD5", "same": "rD8", "anaphor": "rD8",
    "vague": "rD10", "duration": "rD11", "focus": "rD12", "named": "rD13", "calendar": "rD14",
    "short": "rD15", "open": "rD16",
}  # fmt: skip
_TYPES = {"deictic": "deictic", "anaphor": "anaphoric", "same": "anaphoric", "duration": "duration"}


def annotate_dates(document: Document, _: Config) -> Iterator[Annotation | Diagnostic]:
    """Dates, periods and lengths of time in the blocks of a text, with values where there is evidence."""
    blocks = filled_leaves(document)
    text = parted(document.source.text, blocks)
    expressions = find_expressions(text)
    starts = [block.span.start for block in blocks]
    aside = frozenset(
        one.start for one in expressions if blocks and _block_at(blocks, starts, one.start).kind in FRONT
    )
    taken = Taken(document.annotations)
    zones = document_zones(document, text, expressions, aside)
    resolved = resolve(text, expressions, zones, aside)
    events = [
        one
        for one in find_event_dates(text, resolved, zones[0].reference)
        if _block_at(blocks, starts, one.start).kind not in FRONT
        and one.end <= _block_at(blocks, starts, one.start).span.end
        and not taken.excludes(one.start, one.end)
    ]
    inside = [one.start for one in events]
    for dating in compose(text, resolved):
        block = _block_at(blocks, starts, dating.start)
        if not is_tagged(dating) or dating.end > block.span.end or dating.start < block.span.start:
            continue
        if block.kind in FRONT and not (block.kind in _TITLES and dating.members[0].how == "explicit"):
            continue
        around = events[max(0, bisect_right(inside, dating.start) - 1) : bisect_right(inside, dating.end - 1)]
        if taken.excludes(dating.start, dating.end) or any(one.end > dating.start for one in around):
            continue
        yield _annotation(dating)
        yield from _diagnostics(text, dating)
    for event in events:
        attributes = (("type", "event-relative"), *event.attributes.items())
        decision = Decision("rD9", event.reason, Cert(event.attributes["cert"]))
        yield Annotation(Span(event.start, event.end), Mark.DATE, attributes, decision)


def _block_at(blocks: Sequence[Block], starts: Sequence[int], offset: int) -> Block:
    return blocks[max(0, bisect_right(starts, offset) - 1)]


def _annotation(dating: Dating) -> Annotation:
    member = dating.members[0]
    kind = _TYPES.get(member.how, "")
    attributes = [("type", kind)] if kind else []
    attributes += dating.attributes.items()
    inferred = member.how not in ("explicit", "duration", "open") or dating.cert
    if dating.attributes and inferred:
        attributes += [("cert", dating.cert)] if dating.cert else []
        attributes.append(("evidence", "internal"))
    cert = Cert(dating.cert) if dating.cert and dating.attributes else None
    return Annotation(
        Span(dating.start, dating.end),
        Mark.DATE,
        tuple(attributes),
        Decision(_rule(dating, member), _reason(dating), cert),
    )


def _rule(dating: Dating, member: Resolved) -> str:
    if member.how in ("explicit", "reference", "focus"):
        if set(dating.attributes) & {"from", "to"}:
            return "rD7"
        if member.temporal.part:
            return "rD6"
    if member.how == "list" and dating.cert == "medium":
        return "rD4"
    return _RULES[member.how]


def _reason(dating: Dating) -> str:
    """Why the date has its value, in words: the rule of the finder, and how each part was resolved."""
    reasons = dict.fromkeys(member.reason for member in dating.members)
    return f"{dating.members[0].expression.rule}: {'; '.join(reasons)}"


def _diagnostics(text: str, dating: Dating) -> Iterator[Diagnostic]:
    span = Span(dating.start, dating.end)
    words = " ".join(text[dating.start : dating.end].split())
    for member in dating.members:
        if member.problem == "impossible":
            yield diagnostic("DAT-001", span, words=words)
        elif member.problem == "weekday":
            yield diagnostic("DAT-002", span, words=words)
    if dating.members[0].how == "open" and not dating.attributes.get("when"):
        yield diagnostic("DAT-003", span, words=words, reason=dating.members[0].reason)
