"""Events by the form of their names: `the Harrow trial`, `the trial of Harrow and Lund`; then `the trial`."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from tei_serge.diagnostics import Span
from tei_serge.model import Cert, Mark
from tei_serge.references.model import Names, Phrase
from tei_serge.references.records import Records
from tei_serge.references.words import reference_words

_SPACE = r"[ \u00a0\n]"
_THE = re.compile(rf"\b[Tt]he{_SPACE}\Z")
_AND = re.compile(rf",{_SPACE}(?:and{_SPACE})?|{_SPACE}and{_SPACE}")
_OTHERS = re.compile(rf",?{_SPACE}and{_SPACE}others\b")
_HEAD = re.compile(rf"{_SPACE}(?P<head>[A-Za-z]{{4,13}})\b(?!['’-]\w|{_SPACE}of\b)")


@cache
def _of() -> "re.Pattern[str]":
    return re.compile(
        rf"\b[Tt]he{_SPACE}(?P<head>{'|'.join(reference_words().of)}){_SPACE}of{_SPACE}(?:the{_SPACE})?\Z"
    )


def events(text: str, names: Names, known: Sequence[Phrase], records: Records) -> Iterator[Phrase]:
    """The events that names and nouns tell; `known` are those of the authority files."""
    found = list(known)
    starts = {one.span.start for one in known}
    for name in names:
        if name.mark not in (Mark.PERSON, Mark.PLACE):
            continue
        phrase = _named(text, names, name.start, name.end, records)
        if phrase is not None and phrase.span.start not in starts:
            starts.add(phrase.span.start)
            found.append(phrase)
            yield phrase
    yield from _again(text, sorted(found, key=lambda one: one.span))


def _named(text: str, names: Names, start: int, end: int, records: Records) -> Phrase | None:
    table = reference_words()
    before = text[max(0, start - 4) : start]
    head = _HEAD.match(text, end) if before[-4:-1].lower() == "the" else None
    noun = head["head"].lower() if head else ""
    if head and noun in table.heads and _THE.search(text, max(0, start - 5), start):
        span, reason = Span(start - 4, head.end()), f"a name before “{noun}”"
    elif before[1:-1] in ("of", "he"):
        of = _of().search(text, max(0, start - 30), start)
        if of is None:
            return None
        noun = of["head"]
        span, reason = Span(of.start(), _list_end(text, names, end)), f"“{noun} of” before a name"
    else:
        return None
    who = text[start:end]
    key = f"{noun.rstrip('s')} {who.split()[-1].lower()}"
    record = records.record("event", text[span.start : span.end], key, type=table.heads.get(noun, "other"))
    return Phrase(span, "event", (record,), "rN7", reason, Cert.MEDIUM)


def _list_end(text: str, names: Names, end: int) -> int:
    """The end of a list of names: `of Harrow, Lund and others`."""
    while True:
        others = _OTHERS.match(text, end)
        if others:
            return others.end()
        joined = _AND.match(text, end)
        following = names.first(joined.end(), joined.end() + 1) if joined else None
        if following is None or following.mark is not Mark.PERSON:
            return end
        end = following.end


def _again(text: str, found: Sequence[Phrase]) -> Iterator[Phrase]:
    """`The trial`, `the Revolution`, where the text has named one event with this noun, and no other."""
    if not found:
        return
    named: dict[str, list[Phrase]] = {}
    for phrase in found:
        for word in re.findall(r"\w+", text[phrase.span.start : phrase.span.end]):
            named.setdefault(word, []).append(phrase)
    for noun in reference_words().again:
        own = named.get(noun, []) + (named.get(noun.capitalize(), []) if noun.islower() else [])
        if not own or len({one.id for one in own}) > 1:
            continue
        first = min(one.span.end for one in own)
        pattern = re.compile(rf"\b[Tt]he{_SPACE}{noun}\b(?!['’-]\w|{_SPACE}of\b)")
        for match in pattern.finditer(text, first):
            span = Span(*match.span())
            yield Phrase(
                span, "event", (own[0].id,), "rN7", f"the {noun} that the text has named", Cert.MEDIUM
            )
