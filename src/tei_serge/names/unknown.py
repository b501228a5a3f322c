"""Names that no file knows: what is left of the rows of capitals, told by evidence in and around it."""

import re
from collections.abc import Iterable, Mapping
from collections.abc import Sequence as Sequences
from itertools import groupby

from tei_serge.authority.model import Kind
from tei_serge.authority.register import Register
from tei_serge.diagnostics import Span
from tei_serge.names.found import Found
from tei_serge.names.judge import Stretch, judge
from tei_serge.names.model import Mention, Sequence, Word
from tei_serge.names.words import could_be_surname, is_people, name_words

PROVED = "the surname of a person whom the text names in full"
_NUMBER = re.compile(r"\.?[ \u00a0]*\d")


def _known_halves(words: tuple[Word, ...], register: Register) -> list[Mention]:
    """Two persons with a hyphen between them whose surnames the authority files know: Marx-Engels."""
    word = words[-1]
    halves = word.text.split("-")
    if len(words) > 2 or len(halves) != 2 or not all(register.by_surname(half) for half in halves):
        return []
    made = []
    at = word.start
    for half in halves:
        own = register.by_surname(half)
        span = Span(at, at + len(half))
        made.append(
            Mention(span, Kind.PERSON, "medium", "rN1", "one of two surnames with a hyphen between", span,
                    own[0], own, own[0].forename, own[0].surname)
        )  # fmt: skip
        at += len(half) + 1
    return made


def unknown_names(
    text: str,
    row: Sequence,
    found: Found,
    register: Register,
    small: frozenset[str],
    often: Mapping[str, int],
) -> Iterable[Mention]:
    """The names in a row of capitals that nothing has explained yet.

    `small` are the words that the text writes small, `often` counts capitals inside sentences.
    """
    for _, group in groupby(row.words, lambda word: found.free(word.start, word.end)):
        words = tuple(group)
        if not found.free(words[0].start, words[0].end):
            continue
        joined = _known_halves(words, register)
        if joined:
            yield from joined
            continue
        opens = row.opens and words[0] is row.words[0]
        first = words[0].text.lower()
        words, opens = _trimmed(text, words, opens, small)
        if words:
            before = row
            if first == "the":
                before = row._replace(before="the")
            elif first in name_words().unknown_where and first != words[0].text.lower():
                before = row._replace(before=first)  # In Harrow, …
            listed = found.before(words[0].start)
            mention = judge(Stretch(text, before, words, opens, listed, small, often, register))
            if mention is not None:
                yield mention


def _trimmed(
    text: str, words: tuple[Word, ...], opens: bool, small: frozenset[str]
) -> tuple[tuple[Word, ...], bool]:
    """The words without those at either end that are no part of a name; whether the rest opens a sentence."""
    table = name_words()
    while words and opens and _opens_only(words, small, table.openers):
        words, opens = words[1:], False
    while words and (words[0].text.lower() in table.openers and words[0].text not in table.given):
        words = words[1:]
    while len(words) > 1 and _is_adjective(words[0].text):
        words = words[1:]
    while words and (words[-1].text[0].islower() or (len(words) > 1 and words[-1].text == "I")):
        words = words[:-1]
    if words and words[-1].text.lower() in table.labels and _NUMBER.match(text, words[-1].end):
        words = words[:-1]  # Bill No. 2
    return words, opens


def _is_adjective(word: str) -> bool:
    """Whether a word before a name only says of which people or doctrine it is: the German Bauer."""
    table = name_words()
    return (is_people(word) and word not in table.given) or word.endswith(("ite", "ist"))


def proved_surnames(
    rows: Iterable[Sequence], mentions: Iterable[Mention], small: frozenset[str]
) -> Iterable[Mention]:
    """Surnames that stand alone, of persons whom the text names with a title or a given name elsewhere."""
    proved = {
        one.surname
        for one in mentions
        if one.kind is Kind.PERSON and one.rule == "rN3" and one.cert in ("high", "medium")
    }
    for row in rows:
        last = row.words[-1]
        if last.text not in proved or last.text.lower() in small or not could_be_surname(last.text):
            continue
        if len(row.words) > 1 and row.words[-2].text.lower() not in name_words().openers:
            continue
        span = Span(last.start, last.end)
        yield Mention(span, Kind.PERSON, "medium", "rN3", PROVED, span, surname=last.text)


def _opens_only(words: tuple[Word, ...], small: frozenset[str], openers: frozenset[str]) -> bool:
    """Whether the first word has its capital only from the sentence."""
    first = words[0].text
    if first.lower() in openers:
        return True
    return first.lower() in small and first not in name_words().given


_AND = re.compile(r",?[ \u00a0\n]and[ \u00a0\n]")
_COMMA = re.compile(r",[ \u00a0\n]")


def listed_before(
    text: str, rows: Sequences[Sequence], mentions: Sequences[Mention], small: frozenset[str]
) -> Iterable[Mention]:
    """Single surnames before a person in a list: `Harrow, Lund and Delft were hanged`."""
    starts = {one.span.start for one in mentions if one.kind is Kind.PERSON}
    taken = {one.span.start for one in mentions}
    joined: set[int] = set()
    for row in reversed(rows):
        (word, *others) = row.words
        if others or word.start in taken or row.owner or row.before in name_words().unknown_where:
            continue
        if row.before == "the" or word.text.lower() in small or not could_be_surname(word.text):
            continue
        behind = _AND.match(text, word.end)
        comma = _COMMA.match(text, word.end)
        last = behind is not None and behind.end() in starts
        if last or (comma is not None and comma.end() in joined):
            joined.add(word.start)
            starts.add(word.start)
            span = Span(word.start, word.end)
            yield Mention(
                span, Kind.PERSON, "low", "rN3", "a name in a list of names", span, surname=word.text
            )
