"""Bodies by the form of their names: a row of capitals that ends in a noun of the table, with its “of …”."""

import re

from tei_serge.authority.model import Kind
from tei_serge.diagnostics import Span
from tei_serge.names.model import Mention, Sequence, Word
from tei_serge.names.places import gazetteer
from tei_serge.names.words import is_common, name_words

_SPACE = r"[ \u00a0\n]"
_LINKED = re.compile(rf"{_SPACE}(?:(?:and|&){_SPACE}|(?:of|for){_SPACE}(?:the{_SPACE})?)$")
_ACRONYM = re.compile(r"[A-Z]{2,7}|(?:[A-Z]\.){3,7}|[A-Z]{2,4}\([a-z]\)")
_ARTICLE = re.compile(r"\b(?:[Tt]he|[Aa]n?)[ \u00a0\n]$")
_INITIAL = re.compile(r"[A-Z]\.")
_ROMAN = re.compile(r"[IVXLC]+")
_NUMBERED = re.compile(r"(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|[IVX]+)$")


def find_bodies(text: str, sequences: list[Sequence]) -> list[Mention]:
    """The bodies among the rows of capitals."""
    found: list[Mention] = []
    for number, row in enumerate(sequences):
        words = _without_openers(row)
        end = _head(words)
        if end is None:
            found += _opening(text, sequences, number, words)
            continue
        first, last = words[0], words[end]
        if not _is_name(words[: end + 1]) or _INITIAL.fullmatch(words[end - 1].text):
            continue  # Jane M. House
        stop = last.end
        if end == len(words) - 1:
            stop = _of(text, sequences, number, stop)
        span = Span(first.start, stop)
        reason = f"a noun of bodies, “{last.text}”, closes a row of capitals"
        found.append(Mention(span, Kind.ORGANISATION, "medium", "rN5", reason, span))
    return found


def _opening(text: str, sequences: list[Sequence], number: int, words: tuple[Word, ...]) -> list[Mention]:
    """A body whose noun stands first, behind an article: the Ministry of Posts, the League of Nations."""
    table = name_words()
    if len(words) != 1 or words[0].text not in table.body_heads - table.weak_heads - table.no_openings:
        return []
    stop = _of(text, sequences, number, words[0].end)
    if stop == words[0].end or not _ARTICLE.search(text, max(0, words[0].start - 5), words[0].start):
        return []
    span = Span(words[0].start, stop)
    reason = f"a noun of bodies, “{words[0].text}”, opens the name"
    return [Mention(span, Kind.ORGANISATION, "medium", "rN5", reason, span)]


def find_periodicals(sequences: list[Sequence]) -> list[Mention]:
    """Periodicals by the form of their names: an article, a word with a capital, a noun of periodicals."""
    table = name_words()
    found = []
    for row in sequences:
        words = row.words
        if row.before != "the" and words[0].text == "The":
            start, words = 1, words[1:]
        else:
            start = 0 if row.before == "the" else -1
        if start < 0 or len(words) < 2 or words[-1].text not in table.periodicals:
            continue
        span = Span(words[0].start, words[-1].end)
        reason = f"a noun of periodicals, “{words[-1].text}”, closes a row of capitals"
        found.append(Mention(span, Kind.WORK, "medium", "rN6", reason, span, level="j"))
    return found


def _without_openers(row: Sequence) -> tuple[Word, ...]:
    """The words without what only opens the sentence."""
    words = row.words
    table = name_words()
    while words and words[0].text.lower() in table.openers:
        words = words[1:]
    return words


def _head(words: tuple[Word, ...]) -> int | None:
    """The place of the last noun of bodies in the row; a single word is no name by itself."""
    heads = name_words().body_heads
    return next((place for place in range(len(words) - 1, 0, -1) if words[place].text in heads), None)


def _is_name(words: tuple[Word, ...]) -> bool:
    """Whether what stands before the noun makes it a name: more than a people or a rank for weak nouns."""
    table = name_words()
    before = [word.text for word in words[:-1]]
    if words[-1].text in table.weak_heads:
        return any(word not in table.peoples and word not in table.nouns for word in before)
    return not all(word.lower() in table.honorifics for word in before)


def _of(text: str, sequences: list[Sequence], number: int, stop: int) -> int:
    """The end of the name with what belongs to it behind “of”: Committee of the Third International."""
    while number + 1 < len(sequences):
        following = sequences[number + 1]
        gap = text[stop : following.words[0].start]
        if len(gap) > 9 or not _LINKED.fullmatch(gap):
            break
        if " and" in gap or "&" in gap:
            if following.words[-1].text not in name_words().body_heads:
                break
        elif _is_person(following) or _is_attribute(text, following):
            break
        stop = following.words[-1].end
        noun = _SMALL_HEAD.match(text, stop)
        if noun and noun[1] in name_words().small_heads:
            return noun.end()  # of the Harbour party
        number += 1
        if sequences[number].owner:
            break
    return stop


def _is_person(row: Sequence) -> bool:
    return len(row.words) > 1 and row.words[0].text in name_words().given


def _is_attribute(text: str, row: Sequence) -> bool:
    """Whether a row is the adjective of a people before a small noun: the Union of the American miners."""
    return row.words[-1].text in name_words().peoples and bool(_SMALL_NOUN.match(text, row.words[-1].end))


def find_small_bodies(text: str, sequences: list[Sequence]) -> list[Mention]:
    """Bodies whose noun is written small behind an adjective with a capital: the Bolshevik party."""
    table = name_words()
    found = []
    for row in sequences:
        last = row.words[-1]
        following = _SMALL_HEAD.match(text, last.end)
        if following is None or following[1] not in table.small_heads or row.owner:
            continue
        known = last.text in table.peoples or last.text in table.nouns
        adjective = known or (len(row.words) == 1 and not row.opens)
        if adjective and last.text.lower() not in table.openers:
            span = Span(last.start, following.end())
            reason = f"an adjective with a capital before “{following[1]}”"
            found.append(Mention(span, Kind.ORGANISATION, "medium", "rN5", reason, span))
    return found


_LINE_BREAK = re.compile(r"[\n\r\x1e]")
_SMALL_NOUN = re.compile(
    r"[ \u00a0\n](?!(?:and|or|in|at|on|of|to|for|by|with|from|as|is|was|were|are|had|has|have)\b)[a-z]+"
)
_SMALL_HEAD = re.compile(r"[ \u00a0]([a-z]+)\b")


def _in_capitals(text: str, word: Word) -> bool:
    """Whether the words of the same line near this one are written in capitals, too."""
    before: str = _LINE_BREAK.split(text[max(0, word.start - 30) : word.start])[-1]
    behind: str = _LINE_BREAK.split(text[word.end : word.end + 30])[0]
    letters = [char for char in before + word.text + behind if char.isalpha()]
    return sum(char.isupper() for char in letters) > 0.5 * len(letters)


def find_acronyms(text: str, sequences: list[Sequence], small: frozenset[str]) -> list[Mention]:
    """Abbreviations in capitals inside a sentence that is not written in capitals itself.

    A word that the text writes small as well counts only behind the article or in brackets: the IS.
    """
    found = []
    for row in sequences:
        for word in row.words:
            plain = word.text.replace(".", "")
            if not _ACRONYM.fullmatch(word.text) or _ROMAN.fullmatch(plain) or len(row.words) > 3:
                continue
            if word.text in gazetteer().states or word.text in gazetteer().great:
                continue
            if plain in name_words().no_bodies or _in_capitals(text, word):
                continue
            common = is_common(plain, small) or plain.lower() in name_words().openers
            if common and row.before != "the" and text[word.start - 1 : word.start] != "(":
                continue
            span = Span(word.start, word.end)
            found.append(Mention(span, Kind.ORGANISATION, "low", "rN5", "an abbreviation in capitals", span))
    return found
