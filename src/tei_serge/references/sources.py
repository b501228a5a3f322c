"""In which work the words of a quotation stand: one named beside it, or the writing of its speaker."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tei_serge.diagnostics import Span
from tei_serge.model import Cert, Mark
from tei_serge.references.model import Phrase
from tei_serge.references.setting import Quoted, Setting, sentence_end, sentence_start
from tei_serge.references.words import reference_words

_DETERMINED = r"(?:(?:the|his|her|its|their)\s(?:[\w-]+\s)?)?[“\"‘«]?\Z"
_IN = re.compile(rf"\b(?:in|from|by|according to)\s{_DETERMINED}", re.IGNORECASE)
_OF = re.compile(rf"\b(?P<noun>[\w-]+)\sof\s{_DETERMINED}", re.IGNORECASE)
_NEAR = 30  # characters between a work and the colon behind it: The Ostrey Herald writes as follows:
_CLOSING = re.compile(r"[)\]]")
_BRACKET = re.compile(r"[”\"’»]?[.,;]?[”\"’»]?\s*[(\[]")


class Work(NamedTuple):
    """A written work without a title that the text tells of: its words, its noun, who wrote it."""

    span: Span
    noun: str
    author: str


def source_of(setting: Setting, one: Quoted) -> tuple[str, str]:
    """The id of the work or periodical that a quotation stands in, by the words around it, and the reason."""
    text = setting.text
    start = sentence_start(text, one.span.start - 1)
    for begin, end, id in reversed(_works(setting, start, one.span.start)):
        if _says(setting, one, begin, end):
            return id, "the work or periodical that says it"
        if _leads(text, start, begin):
            return id, "the work or periodical named before it"
    bracket = _BRACKET.match(text, one.span.end)
    closed = _CLOSING.search(text, bracket.end(), bracket.end() + 160) if bracket else None
    if bracket and closed:
        for _, _, id in _works(setting, bracket.end(), closed.start()):
            return id, "the source in brackets behind it"
    stop = sentence_end(text, one.span.end + 2)
    for begin, end, id in _works(setting, one.span.end, stop):
        if setting.marked.holds(begin):
            break
        if _says(setting, one, begin, end):
            return id, "the work or periodical that says it"
        if one.speaker and one.span.end < one.speaker.start < begin and _leads(text, one.span.end, begin):
            return id, "the work or periodical named behind it"
    if text[one.span.start - 2 : one.span.start - 1] in ("", "\x1e"):
        return lead_source(setting, one.span.start - 1)
    return "", ""


def lead_source(setting: Setting, start: int) -> tuple[str, str]:
    """The id of the work that the block before names where it leads to a quotation that opens a block."""
    end = start
    while end > 0 and (setting.text[end - 1].isspace() or setting.text[end - 1] == "\x1e"):
        end -= 1
    if setting.text[end - 1 : end] != ":":
        return "", ""
    begin = sentence_start(setting.text, end - 1)
    for place, stop, id in reversed(_works(setting, begin, end)):
        if _leads(setting.text, begin, place) or end - stop < _NEAR:
            return id, "the work or periodical that the block before leads from"
    return "", ""


def _says(setting: Setting, one: Quoted, begin: int, end: int) -> bool:
    """Whether a work stands in the words of the speaker, and nobody before it: not Lund in The Bell."""
    if one.speaker is None or begin >= one.speaker.end or one.speaker.start >= end:
        return False
    persons = (name.mark is Mark.PERSON for name in setting.names.within(one.speaker.start, begin))
    of = _OF.search(setting.text, one.speaker.start, begin)
    return not any(persons) and (of is None or of["noun"].lower() in reference_words().parts)


def _leads(text: str, start: int, begin: int) -> bool:
    """Whether the words before a work make it the place of the quotation: in, from, the columns of."""
    start = max(start, begin - 50)
    if _IN.search(text, start, begin):
        return True
    of = _OF.search(text, start, begin)
    return of is not None and of["noun"].lower() in reference_words().parts


def _works(setting: Setting, start: int, end: int) -> list[tuple[int, int, str]]:
    """The titles and the references to works that begin in a stretch."""
    found = [
        (name.start, name.end, name.id)
        for name in setting.names.within(start, end)
        if name.mark is Mark.TITLE
    ]
    found += [
        (one.span.start, one.span.end, one.id)
        for one in setting.phrases.within(start, end)
        if one.type in ("work", "periodical")
    ]
    return sorted(found)


def told_works(setting: Setting) -> Mapping[str, Sequence[Work]]:
    """Works without a title that the text brings in, by author: `In a letter Harrow writes …`."""
    table = reference_words()
    nouns = "|".join((*table.articles, *table.books))
    pattern = re.compile(rf"n (?P<work>(?:an?|his|her)\s(?:[a-z-]+\s){{0,2}}?(?:{nouns}))\b(?!['’-]\w)")
    found: dict[str, list[Work]] = {}
    for match in pattern.finditer(setting.text):
        opening = setting.text[max(0, match.start() - 2) : match.start()].lower()
        if not opening.endswith("i") or opening[:-1].isalnum():
            continue
        end = sentence_end(setting.text, match.end(), 160)
        begin = sentence_start(setting.text, match.start())
        persons = [name for name in setting.names.within(match.end(), end) if name.mark is Mark.PERSON]
        earlier = [name for name in setting.names.within(begin, match.start()) if name.mark is Mark.PERSON]
        author = earlier[0] if earlier else persons[0] if persons else None
        if author is not None and not setting.marked.holds(match.start("work")):
            noun = match["work"].split()[-1]
            found.setdefault(author.id, []).append(Work(Span(*match.span("work")), noun, author.id))
    return found


def writing_of(
    setting: Setting, one: Quoted, author: str, told: Mapping[str, Sequence[Work]]
) -> tuple[str, Cert | None, Phrase | None]:
    """The work of an author that has no title: the one the text tells of, else simply what he wrote.

    Gives its id, how sure that is, and the phrase that tells of it.
    """
    label = setting.labels(author)
    if not label:
        return "", None, None
    end = sentence_end(setting.text, one.span.end + 2)
    own = told.get(author, ())
    place = bisect_left(own, end, key=lambda work: work.span.start)
    work = own[place - 1] if place else None
    noun, at = (work.noun, str(work.span.start)) if work else ("writing", "")
    record = setting.records.record(
        "work",
        f"[{noun} of {label}, not named]",
        f"{noun} {author} {at}",
        name=f"{label} {noun}",
        authors=(label,),
    )
    if work is None:
        return record, None, None
    near = sentence_start(setting.text, one.span.start - 1) <= work.span.start
    reason = f"a {noun} without a title, whose words are quoted"
    phrase = Phrase(work.span, "work", (record,), "rN7", reason, Cert.MEDIUM)
    return record, None if near else Cert.MEDIUM, phrase
